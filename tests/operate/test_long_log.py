"""A log of a million answers: looking at its end, counting it, exporting it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyarrow import parquet  # type: ignore[import-untyped] # it has no types

from bot.operate.statistics import of_log
from bot.quiz.labels import Verdict
from bot.settings import DATABASE
from bot.store import logbook
from bot.store.database import Store
from bot.store.filters import EVERYTHING, Filter
from tests.operate.conftest import MILLION

SINCE = datetime.fromisoformat("2026-02-24T00:00+00:00")
LOOKS = [
    EVERYTHING,
    Filter(learner=77),
    Filter(slug="practice"),
    Filter(slug="nowhere"),
    Filter(since=SINCE),
    Filter(until=SINCE),
    Filter(slug="practice", since=SINCE),
    Filter(slug="nowhere", since=SINCE - timedelta(days=100)),
    Filter(verdict=Verdict.UNSURE),
    Filter(verdict=Verdict.LATE),
    Filter(only_open=True),
]
NEWEST = datetime(2026, 2, 24, 12, tzinfo=UTC)
PATIENCE = 60
"""Seconds of computing that even a slow and busy machine needs less than; see the README."""

MEMORY = 300_000
"""KiB that the export may take, pyarrow with it; the rows alone would be gigabytes as objects."""

MEASURED = """
import re, sys
from pathlib import Path
from bot.cli import main
try:
    main()
finally:
    # The peak of this process; what getrusage says may be that of the one it was forked from.
    status = Path("/proc/self/status")  # where there is none, memory is not looked at
    print(*re.findall(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else "0")
"""
STEPS = 1_000
"""Instructions of SQLite's machine between two counts."""


@contextmanager
def counted(db: sqlite3.Connection) -> Iterator[list[int]]:
    """Count what SQLite does, in thousands of instructions."""
    done = [0]

    def step() -> None:
        done[0] += 1

    db.set_progress_handler(step, STEPS)
    yield done
    db.set_progress_handler(None, STEPS)


def scans(db: sqlite3.Connection, chosen: Filter) -> list[str]:
    """Return how SQLite goes over answers that it does not seek, when it looks for the newest."""
    done: list[str] = []
    db.set_trace_callback(done.append)
    logbook.tail(db, 20, chosen)
    db.set_trace_callback(None)
    looked = next(sql for sql in done if sql.startswith("WITH found"))
    plan = [detail for *_, detail in db.execute(f"EXPLAIN QUERY PLAN {looked}")]
    return [detail for detail in plan if detail.startswith("SCAN answers")]


@pytest.mark.parametrize("chosen", LOOKS)
def test_looking_at_the_end_of_a_long_log_reads_little_of_it(million: Path, chosen: Filter) -> None:
    """Twenty rows of a million cost a small part of reading them all, whatever is looked for.

    The plan scans answers only along an index, from whose end it takes what it needs.
    """
    with closing(sqlite3.connect(f"file:{million}?mode=ro", uri=True)) as db:
        with counted(db) as done:
            rows = logbook.tail(db, 20, chosen)
        assert len(rows) in (0, 20)
        assert done[0] < 500, "thousand instructions; reading all takes some ten thousand"
        assert all("INDEX answers_by_time" in scan for scan in scans(db, chosen))


@pytest.mark.parametrize("chosen", LOOKS)
def test_the_plan_needs_no_statistics(tmp_path: Path, chosen: Filter) -> None:
    """A database that was never analyzed, as the bot leaves its own, is looked through likewise."""
    with Store(tmp_path / "fresh.sqlite3") as store:
        assert all("INDEX answers_by_time" in scan for scan in scans(store.reader, chosen))


def test_a_million_answers_are_counted_in_seconds(million: Path) -> None:
    """All figures come from one pass, in little memory, and add up."""
    with closing(sqlite3.connect(f"file:{million}?mode=ro", uri=True)) as db:
        begun = time.process_time()
        found = of_log(db, EVERYTHING, NEWEST)
        assert time.process_time() - begun < PATIENCE
        assert found.answers == MILLION == sum(found.days.values())
        by_ask = {ask: sum(verdicts.values()) for ask, verdicts in found.verdicts.items()}
        assert by_ask == dict(db.execute("SELECT ask, count(*) FROM answers GROUP BY ask"))
        (ever,) = db.execute("SELECT count(DISTINCT learner) FROM answers").fetchone()
        assert found.active.ever == ever
        (unsure,) = db.execute("SELECT count(*) FROM answers WHERE verdict = 'unsure'").fetchone()
        assert found.unsure == unsure
        assert (
            sum(found.disputes.values())
            == db.execute("SELECT count(*) FROM disputes").fetchone()[0]
        )
        assert all(one.low < one.sensitivity < one.high for one in found.discernment.values())


def test_a_million_answers_are_exported_in_little_memory(million: Path, tmp_path: Path) -> None:
    """Every answer is in the file, once and in order, and memory does not grow with the log."""
    (tmp_path / DATABASE).symlink_to(million)
    out = tmp_path / "log.parquet"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", MEASURED, "export", "--to", str(out)],
        env={**os.environ, "WHOSAYS_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == f"{MILLION:,} answers in {out}\n"
    assert int(done.stdout) < MEMORY
    answers = parquet.read_table(out, columns=["answer"])["answer"].to_pylist()
    assert answers == [*range(1, MILLION + 1)]

"""`whosays log`, `stats`, `export` as they are typed: what they print, refuse, how they end."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.settings import DATABASE
from bot.store.database import Store, connect
from bot.store.log import COLUMNS
from bot.teaching.library import Library
from tests.operate.generated import write_log

SIZE = 400


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with some hundred answers, to be copied."""
    path = tmp_path_factory.mktemp("built") / DATABASE
    write_log(path, SIZE)
    return path


@pytest.fixture
def logged(built: Path, folder: Path) -> Path:
    """Return the data folder of a bot with some hundred answers."""
    (folder / "data").mkdir()
    shutil.copy(built, folder / "data")
    return folder / "data"


def whosays(*words: str, status: int = 0) -> Result:
    """Run a command and check how it ends."""
    result = CliRunner().invoke(main, [*words])
    assert result.exit_code == status, result.output
    return result


def rows(*words: str) -> list[dict[str, Any]]:
    """Return what `log --json` prints."""
    return [json.loads(line) for line in whosays("log", "--json", *words).stdout.splitlines()]


def test_a_row_answers_every_question(logged: Path) -> None:
    """Question version, key, answer, machine, grader, what was shown, regrades: all are there."""
    (row,) = rows("--last", "1")
    assert row["version"] == 1
    assert {"expected", "said", "graded_by", "model_label", "model_p", "model_version"} <= {*row}
    assert isinstance(row["regrades"], list)
    with Store(logged / DATABASE) as store:
        asked = Library(store).version(str(row["slug"]), 1).question(str(row["question"]))
    assert row["shown"] == {
        "set": row["slug"],
        "version": 1,
        "target": asked.passage.target,
        "explanation": asked.explain,
    }


def test_a_version_that_is_no_more(logged: Path) -> None:
    """What was shown cannot be told without the version of the set; the rest can."""
    with connect(logged / DATABASE) as db:
        db.execute("UPDATE answers SET version = 9")
    (row,) = rows("--last", "1")
    assert row["shown"] == {
        "set": row["slug"], "version": 9, "target": None, "explanation": None,
    }  # fmt: skip


def test_looking_for_rows(logged: Path) -> None:
    """Set, verdict, learner and time narrow down what is printed, the oldest first."""
    everything = rows("--last", str(SIZE))
    assert len(everything) == SIZE
    assert [row["id"] for row in rows()] == [row["id"] for row in everything[-20:]]
    for words, expected in (
        (("--set", "practice"), [row for row in everything if row["slug"] == "practice"]),
        (("--verdict", "unsure"), [row for row in everything if row["verdict"] == "unsure"]),
        (("--learner", "3"), [row for row in everything if row["learner"] == 3]),
        (("--since", "2025-09-01 00:00Z"), [row for row in everything if row["at"] >= "2025-09"]),
        (("--until", "2025-09-01 00:00Z"), [row for row in everything if row["at"] < "2025-09"]),
    ):
        found = rows("--last", str(SIZE), *words)
        assert found == expected
        assert 0 < len(found) < SIZE


def test_the_table(logged: Path) -> None:
    """A pipe gets one line a row; where that is too narrow a row has a few lines."""
    lines = whosays("log", "--last", "5").stdout.splitlines()
    assert len(lines) == 6
    head = "at learner set question ask said expected verdict graded by machine"
    assert " ".join(lines[0].split()) == head
    assert all(" v1 " in line for line in lines[1:])


# What is typed, the exit status, and what is told.
REFUSED = [
    ("log --set nope", 1, "whosays: there is no set 'nope'; there are: espreso-generals, loyal"),
    ("stats --set nope", 1, "whosays: there is no set 'nope'; there are: espreso-generals"),
    ("export --set nope", 1, "whosays: there is no set 'nope'; there are: espreso-generals"),
    ("log --verdict good", 2, "'good' is not one of 'right', 'partly', 'wrong', 'passed'"),
    ("log --since soon", 2, "'soon' is no time; one is \"2026-03-02\""),
    ("stats --until 2026-02-30", 2, "'2026-02-30' is no time"),
    ("log --follow --until today", 2, "--follow has no end, so it goes without --until"),
    ("export --format xlsx", 2, "'xlsx' is not one of 'csv', 'jsonl', 'parquet'"),
    ("export --to no/such/log.csv", 1, "whosays: cannot write no/such/log.csv: No such file"),
    ("stats --png no/such/log.png", 1, "whosays: cannot write no/such/log.png: No such file"),
]


@pytest.mark.parametrize(("typed", "status", "told"), REFUSED)
def test_what_cannot_be_is_told(logged: Path, typed: str, status: int, told: str) -> None:
    """Each slip is told with what there is, and nothing is printed."""
    result = whosays(*typed.split(), status=status)
    assert told in result.stderr
    assert result.stdout == ""


def test_no_row_is_like_that(logged: Path) -> None:
    """A log with rows is not called empty where none fits."""
    assert whosays("log", "--learner", "99999").stdout == "No row of the score log is like that.\n"
    assert whosays("log", "--learner", "99999", "--json").stdout == ""


def test_statistics(logged: Path) -> None:
    """They are printed as tables, as one object, or drawn."""
    assert f"answers           {SIZE}" in whosays("stats").stdout
    record = json.loads(whosays("stats", "--json", "--set", "practice").stdout)
    assert 0 < record["answers"] < SIZE
    drawn = whosays("stats", "--png", "log.png")
    assert drawn.stdout == ""
    assert Path("log.png").read_bytes().startswith(b"\x89PNG")


def test_an_export_to_a_file(logged: Path) -> None:
    """The ending says which format; a file that is there stays, unless it may be replaced."""
    told = whosays("export", "--to", "log.csv").stderr
    assert told == f"{SIZE} answers in log.csv\n"
    with Path("log.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len([*csv.DictReader(file)]) == SIZE
    assert whosays("export", "--to", "log.csv", status=1).stderr == (
        "whosays: log.csv is there already; --force replaces it\n"
    )
    whosays("export", "--to", "log.csv", "--force", "--format", "jsonl")
    assert len(Path("log.csv").read_text(encoding="utf-8").splitlines()) == SIZE
    whosays("export", "--to", "log.parquet")
    assert Path("log.parquet").read_bytes().startswith(b"PAR1")


def test_an_export_to_standard_output(logged: Path) -> None:
    """Without a file it is CSV unless told otherwise, and nothing else is printed."""
    result = whosays("export")
    assert result.stdout.startswith("answer,at,learner,")
    assert result.stderr == ""
    assert whosays("export", "--format", "parquet").stdout_bytes.startswith(b"PAR1")
    assert whosays("export", "--columns").stdout.startswith("# The exported score log")


@contextmanager
def following(*words: str) -> Iterator[subprocess.Popen[str]]:
    """Run `log --follow` as a process of its own."""
    command = [sys.executable, "-m", "bot", "log", "--follow", *words]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def add_answers(data: Path) -> None:
    """Let one more round be answered as another one was."""
    with connect(data / DATABASE) as db:
        db.execute(
            "INSERT INTO rounds (id, learner, items, started_at)"
            " SELECT 5, learner, items, started_at FROM rounds WHERE id = 1000000000"
        )
        copied = ", ".join(name for name in COLUMNS if name not in ("at", "round"))
        db.execute(
            f"INSERT INTO answers (at, round, {copied})"  # noqa: S608 - constant names
            f" SELECT '2030-01-01T00:00:00.000+00:00', 5, {copied} FROM answers"
            " WHERE round = 1000000000 AND position < 2"
        )


def test_following_the_log_until_it_is_interrupted(logged: Path) -> None:
    """New rows are printed as they come, each once, and Ctrl-C ends it well."""
    with following("--json", "--last", "2") as process:
        assert process.stdout is not None
        seen = [json.loads(process.stdout.readline())["id"] for _ in range(2)]
        add_answers(logged)
        seen += [json.loads(process.stdout.readline())["id"] for _ in range(2)]
        assert seen == [SIZE - 1, SIZE, SIZE + 1, SIZE + 2]
        process.send_signal(signal.SIGINT)
        rest, told = process.communicate(timeout=20)
    assert (process.returncode, rest, told) == (0, "", "")


@pytest.mark.parametrize("new", [False, True], ids=["nothing new", "new rows"])
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["table", "json"])
def test_following_ends_with_its_reader(logged: Path, form: tuple[str, ...], new: bool) -> None:
    """When nobody reads any more it ends well by itself, whether or not there is more to print."""
    with following("--last", "1", *form) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdout.close()
        if new:
            add_answers(logged)
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""

"""Keeping no longer than asked: identities and typed words go, scores stay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operate.retention import count, prune, prune_now
from bot.store import arrivals, inbox, roles
from bot.store.database import Store
from bot.store.retention import Pruned, settled_updates
from bot.store.roles import Role
from tests.operate.generated import TELEGRAM, TYPED, write_log
from tests.quiz.builders import NOW

ANSWERS = 4_000
EVER = NOW + timedelta(days=400)
"""A moment after everything in the log."""

SCORES = "SELECT id, at, learner, round, ask, expected, score, verdict, marks FROM answers"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Make a log with people, classes, typed reasons, stray words and objections."""
    path = tmp_path / "log.sqlite3"
    write_log(path, ANSWERS)
    return path


def dump(path: Path) -> str:
    """Return all that a database file holds, as text."""
    with closing(sqlite3.connect(path)) as db:
        return "\n".join(db.iterdump())


def test_all_that_is_old_goes_but_no_score(log: Path) -> None:
    """Identities, nicknames, typed reasons, strays and objections leave the file; scores stay."""
    with Store(log) as store:
        before = store.reader.execute(SCORES).fetchall()
        found = prune_now(store, EVER)
        assert store.reader.execute(SCORES).fetchall() == before
    assert found.identities == 21
    assert found.texts > ANSWERS / 10
    left = dump(log)
    for gone in (TYPED, "Nick ", str(TELEGRAM)[:6], '"stray"', "I see it otherwise"):
        assert gone not in left
        assert gone.encode() not in log.read_bytes()


def test_what_is_young_stays(log: Path) -> None:
    """Only what is older than the moment goes, of typed words as of people."""
    with Store(log) as store:
        dates = store.reader.execute("SELECT min(at), max(at) FROM answers").fetchone()
        assert prune_now(store, NOW - timedelta(days=3_650)) == Pruned()
        middle = NOW - timedelta(days=150)
        found = prune_now(store, middle)
        young, old = (
            store.reader.execute(
                f"SELECT count(*) FROM answers WHERE said LIKE ? AND at {sign} ?",  # noqa: S608 - two signs
                (f"%{TYPED}%", middle.isoformat()),
            ).fetchone()[0]
            for sign in (">=", "<")
        )
    assert dates[0] < middle.isoformat() < dates[1]
    assert found.identities <= 1  # the rest have answered since
    assert old == 0
    assert young > 0


def test_who_works_is_not_silent(log: Path) -> None:
    """Who teaches or operates keeps the identity, whenever they last answered a question."""
    with Store(log) as store:
        store.write_now(lambda db: roles.grant(db, 3, Role.OPERATOR, None, NOW))
        prune_now(store, EVER)
        left = store.reader.execute("SELECT learner FROM identities").fetchall()
    assert left == [(3,)]


async def test_a_running_bot_prunes_the_same(log: Path) -> None:
    """What would go is counted beforehand without a change; a second time there is nothing."""
    with Store(log) as store:
        expected = count(store, EVER)
        assert count(store, EVER) == expected != Pruned()
        assert await prune(store, EVER) == expected
        assert await prune(store, EVER) == Pruned()


def test_what_was_passed_over_goes(store: Store) -> None:
    """The rows of a flood go as those of other updates do; failures stay to be looked at."""
    batch = [{"update_id": n} for n in range(4)]
    store.write_now(
        lambda db: arrivals.keep(db, batch, NOW, lambda update: update["update_id"] > 1)
    )
    store.write_now(lambda db: inbox.done(db, 3, (), NOW))
    store.write_now(lambda db: inbox.done(db, 4, (), NOW, "ValueError"))
    assert store.write_now(settled_updates(NOW)) == 0
    assert store.write_now(settled_updates(NOW + timedelta(seconds=1))) == 3
    left = store.reader.execute("SELECT number, failure FROM inbox").fetchall()
    assert left == [(4, "ValueError")]

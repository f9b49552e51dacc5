"""What is seen of a bot from its files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.operate.vitals import files, vitals
from bot.store import arrivals, inbox
from bot.store.calls import Call
from bot.store.database import Store
from tests.operate.graded import graded

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with Store(tmp_path / "whosays.sqlite3") as store:
        yield store


def arrived(db: sqlite3.Connection, number: int, hours_ago: float) -> datetime:
    """Keep an update, and return when it came."""
    moment = NOW - timedelta(hours=hours_ago)
    arrivals.keep(db, [{"update_id": number}], moment)
    return moment


def test_updates_are_counted_by_what_became_of_them(store: Store) -> None:
    """Handled ones count by when, failures also where nothing could be read, the rest waits."""

    def unit(db: sqlite3.Connection) -> None:
        inbox.done(db, 1, [], arrived(db, 1, 30))
        inbox.done(db, 2, [], arrived(db, 2, 20))
        inbox.done(db, 3, [Call("sendMessage", {})], arrived(db, 3, 0.5), "LookupError")
        inbox.done(db, 4, [], arrived(db, 4, 0))
        arrived(db, 5, 2)
        inbox.failed(db, 5, "TypeError")
        arrived(db, 6, 40)

    store.write_now(unit)
    seen = vitals(store.path, store.path.parent / "backups", NOW)
    assert (seen.handled_hour, seen.handled_day) == (2, 3)
    assert (seen.failed_hour, seen.failed_day) == (1, 2)
    assert (seen.waiting, seen.unsent) == (1, 1)
    assert inbox.waiting(store.reader) == (1, 1)


def test_counting_what_waits_looks_at_nothing_else(store: Store) -> None:
    """The counts that every scrape asks for come from an index of what is open alone."""
    for condition in ("body IS NOT NULL AND failure IS NULL", "replies IS NOT NULL"):
        query = f"EXPLAIN QUERY PLAN SELECT count(*) FROM inbox WHERE {condition}"  # noqa: S608
        plan = " ".join(str(row) for row in store.reader.execute(query))
        assert "inbox_open" in plan


def test_doubts_are_those_of_the_machine(store: Store) -> None:
    """Only what the machine graded counts, the newest first; passing and being late do not."""
    graded(
        store,
        [
            ("reader", "unsure"),
            ("key", "wrong"),
            ("reader", "right"),
            ("reader", "passed"),
            ("reader", "late"),
            ("reader", "wrong"),
            ("reader", "unsure"),
        ],
    )
    seen = vitals(store.path, store.path.parent, NOW)
    assert seen.doubts == (True, False, False, True)


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    """Looking makes no database, but an error."""
    with pytest.raises(sqlite3.OperationalError):
        vitals(tmp_path / "whosays.sqlite3", tmp_path, NOW)
    assert list(tmp_path.iterdir()) == []


def test_backups_are_told_by_their_names(tmp_path: Path) -> None:
    """The newest is by the moment in its name; copies of other kinds are none."""
    database, backups = tmp_path / "whosays.sqlite3", tmp_path / "elsewhere"
    database.write_bytes(b"x" * 10)
    database.with_name("whosays.sqlite3-wal").write_bytes(b"x" * 5)
    assert files(database, backups).backup is None
    backups.mkdir()
    for name in (
        "whosays-20260301T120000Z.sqlite3",
        "whosays-20260228T120000Z.sqlite3",
        "whosays-20260302T120000Z-before-upgrade.sqlite3",
        "other.sqlite3",
    ):
        (backups / name).write_bytes(b"")
    found = files(database, backups)
    assert found.backup == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert found.database == 15
    assert found.free > 0

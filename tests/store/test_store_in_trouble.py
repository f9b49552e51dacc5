"""The store in trouble: nobody is told that something is kept which is not, and it goes on."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import database
from bot.store.database import Store
from tests.store.writing import enrolled, enrolment, grouped


async def test_a_failing_disk_fails_the_whole_group(store: Store) -> None:
    """When the database itself fails nobody of the group is told it is kept; writing goes on."""

    def disk(db: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    found = await grouped(store, enrolment(1), disk, enrolment(2))
    assert [type(result) for result in found] == [StoreError] * 3
    assert enrolled(store.reader) == []
    assert await store.write(enrolment(3)) == 1


async def test_a_damaged_file_fails_the_whole_group(store: Store) -> None:
    """That SQLite finds the file damaged is nobody's own fault: none is told it is kept."""

    def damaged(db: sqlite3.Connection) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    found = await grouped(store, enrolment(1), damaged)
    assert [type(result) for result in found] == [StoreError] * 2


def leaves_the_last_reference_open(db: sqlite3.Connection) -> None:
    """Leave something that only the commit finds wrong."""
    db.execute("PRAGMA defer_foreign_keys=ON")
    db.execute("INSERT INTO identities (telegram_id, learner) VALUES (13, 99)")


async def test_a_failing_commit_fails_the_whole_group(store: Store) -> None:
    """When the commit itself fails nothing of the group is there, and the writer goes on."""
    found = await grouped(store, enrolment(1), leaves_the_last_reference_open, enrolment(2))
    assert [type(result) for result in found] == [StoreError] * 3
    assert enrolled(store.reader) == []
    assert await store.write(enrolment(3)) > 0


def full(db: sqlite3.Connection) -> None:
    """Leave room for nothing more than is there."""
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count={pages}")


def roomy(db: sqlite3.Connection) -> None:
    """Leave room again."""
    db.execute("PRAGMA max_page_count=1000000")


def large(db: sqlite3.Connection) -> int:
    """Write more than fits the pages that are there; return the bytes that are there then."""
    db.execute("INSERT INTO drafts (learner, made_at, body) VALUES (1, '', ?)", ("x" * 99_999,))
    count: int = db.execute("SELECT sum(length(body)) FROM drafts").fetchone()[0]
    return count


async def test_insisting_until_there_is_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has to be written is tried until it can be, and is then written once."""
    monkeypatch.setattr(database, "WAITS", (0.001, 0.002))
    await store.write(enrolment(1))
    await store.write(full)
    with pytest.raises(StoreError, match="full"):
        await store.write(large)
    insisting = asyncio.create_task(store.insist(large))
    await asyncio.sleep(0.05)
    assert not insisting.done()
    await store.write(roomy)
    assert await asyncio.wait_for(insisting, 5) == 99_999


async def test_insisting_ends_when_it_is_told_to_hurry(store: Store) -> None:
    """At the end of a program nobody waits for room any more."""
    await store.write(enrolment(1))
    await store.write(full)
    insisting = asyncio.create_task(store.insist(large))
    await asyncio.sleep(0.02)
    store.hurry()
    with pytest.raises(StoreError, match="full"):
        await asyncio.wait_for(insisting, 10)
    assert not await store.pause(10)


async def test_what_has_room_again_is_written_at_the_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to hurry in a long wait, whoever insists tries a last time."""
    monkeypatch.setattr(database, "WAITS", (60.0, 60.0))
    await store.write(enrolment(1))
    await store.write(full)
    insisting = asyncio.create_task(store.insist(large))
    await asyncio.sleep(0.02)
    await store.write(roomy)
    store.hurry()
    assert await asyncio.wait_for(insisting, 5) == 99_999


async def test_a_unit_of_its_own_fault_is_not_insisted_on(store: Store) -> None:
    """What is wrong in itself does not get right by trying again."""
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await asyncio.wait_for(store.insist(lambda db: db.execute("SELECT 1 FROM nowhere")), 10)


def test_a_probe_writes(store: Store, path: Path) -> None:
    """Whether the store works is found by writing, so that it leaves something in the log."""
    log = path.with_name(f"{path.name}-wal")
    before = log.stat().st_size
    store.write_now(database.probe)
    assert log.stat().st_size > before


async def test_a_writer_that_ends_by_itself(store: Store) -> None:
    """Whatever ends the writer is told, fails all who wait, and is said to all who come later."""

    def ends(db: sqlite3.Connection) -> None:
        raise SystemExit

    telling = asyncio.create_task(store.broken())
    await asyncio.sleep(0)
    found = await grouped(store, enrolment(1), ends, enrolment(2))
    assert [type(result) for result in found] == [StoreError] * 3
    assert "the writer of the database" in str(await asyncio.wait_for(telling, 10))
    with pytest.raises(StoreError):
        await asyncio.wait_for(store.write(enrolment(3)), 10)
    with pytest.raises(StoreError):
        await asyncio.wait_for(store.insist(enrolment(3)), 10)
    assert enrolled(store.reader) == []

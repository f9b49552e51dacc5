"""The one writer: groups, rollbacks, acknowledgements, other processes and broken files."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import learners
from bot.store.database import GROUP, Store
from tests.quiz.builders import NOW
from tests.store.writing import Gate, enrolled, enrolment, grouped

WRITER = """
import asyncio, itertools, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.store import learners
from bot.store.database import Store

NOW = datetime(2026, 3, 2, tzinfo=UTC)

async def main():
    store = Store(Path(sys.argv[1]))
    numbers = itertools.count(1)
    async def work():
        for number in numbers:
            await store.write(lambda db: learners.enrol(db, number, NOW))
            print(number, flush=True)
    await asyncio.gather(*(work() for _ in range(20)))

asyncio.run(main())
"""
"""Enrols Telegram ids from 1 on, side by side, and prints each that was acknowledged."""

HOLDER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(0.4)
db.execute("INSERT INTO learners (created_at) VALUES ('holder')")
db.execute("COMMIT")
"""
"""Holds the write lock for a while and writes at the end of it."""


def start(script: str, path: Path) -> subprocess.Popen[str]:
    """Start a script of the table above on a database."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own script
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
    )


async def test_concurrent_writes_all_last(store: Store, path: Path) -> None:
    """Writes of many tasks at once each get their own result, and all are in the file."""
    many = GROUP + 100
    found = await asyncio.gather(*(store.write(enrolment(n)) for n in range(many)))
    assert len(set(found)) == many
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT telegram_id, learner FROM identities").fetchall()
    assert dict(rows) == dict(enumerate(found))


async def test_units_run_in_the_order_in_which_they_came(store: Store) -> None:
    """A unit sees what the units before it wrote, in its own group too."""
    found = await grouped(store, *(enrolment(n) for n in range(5)), enrolled)
    assert found == [1, 2, 3, 4, 5, [0, 1, 2, 3, 4]]


async def test_a_unit_that_raises_is_rolled_back_alone(store: Store) -> None:
    """Its caller sees what it raised, nothing of it remains, and its group lives."""

    def broken(db: sqlite3.Connection) -> None:
        learners.enrol(db, 13, NOW)
        raise KeyError("mine")

    def twice(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO identities (telegram_id, learner) VALUES (13, 1)")

    found = await grouped(store, enrolment(1), broken, twice, enrolment(2))
    assert found[0] == 1
    assert isinstance(found[1], KeyError)
    assert isinstance(found[2], sqlite3.IntegrityError)
    assert isinstance(found[3], int)
    assert enrolled(store.reader) == [1, 2]


async def test_nothing_is_acknowledged_before_it_is_kept(store: Store, path: Path) -> None:
    """Whoever gets a result finds it in the file over another connection at once."""
    with closing(sqlite3.connect(path)) as db:
        for number in range(20):
            await store.write(enrolment(number))
            assert enrolled(db) == list(range(number + 1))


async def test_a_caller_that_gives_up_harms_nobody(store: Store) -> None:
    """Cancelled callers, before or in their turn, stop neither the writer nor their neighbours."""
    gate = Gate()
    first = asyncio.create_task(store.write(gate))
    await gate.entered()
    tasks = [asyncio.create_task(store.write(enrolment(n))) for n in range(40)]
    await asyncio.sleep(0)
    first.cancel()
    for task in tasks[::2]:
        task.cancel()
    gate.open()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in found[::2])
    assert all(isinstance(result, int) for result in found[1::2])
    assert await store.write(enrolment(99)) > 0


def test_closing_commits_what_was_handed_in(path: Path) -> None:
    """Work that was queued when the store closes is done first."""
    store, gate = Store(path), Gate()
    threads = [
        threading.Thread(target=store.write_now, args=(unit,)) for unit in (gate, enrolment(5))
    ]
    for thread in threads:
        thread.start()
    gate.open()
    for thread in threads:
        thread.join()
    store.close()
    with Store(path) as again:
        assert enrolled(again.reader) == [5]


def test_a_closed_store_takes_no_work(path: Path) -> None:
    """Writing to a closed store fails at once, not after waiting for ever; it may close twice."""
    store = Store(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.write_now(enrolment(1))


def test_nothing_acknowledged_is_lost_to_a_kill(path: Path) -> None:
    """A process killed amid its writes leaves every number that it printed in the file."""
    process = start(WRITER, path)
    assert process.stdout is not None
    with process.stdout as printed:
        acknowledged = [int(next(printed)) for _ in range(300)]
        process.kill()
        acknowledged += [int(line) for line in printed if line.endswith("\n")]
    assert process.wait() < 0
    with Store(path) as store:
        kept = set(enrolled(store.reader))
        assert set(acknowledged) <= kept
        check = store.reader.execute("PRAGMA integrity_check").fetchone()
        assert check == ("ok",)
        assert store.write_now(enrolment(10**9)) > 0


def test_another_process_with_the_lock_is_waited_for(store: Store, path: Path) -> None:
    """A write that meets another process's lock waits for it and stands behind what it wrote."""
    process = start(HOLDER, path)
    assert process.stdout is not None
    with process.stdout as printed:
        assert next(printed) == "held\n"
        store.write_now(enrolment(1))
    assert process.wait() == 0
    first, second = store.reader.execute("SELECT created_at FROM learners ORDER BY id").fetchall()
    assert first == ("holder",)
    assert second != ("holder",)


def test_the_reader_does_not_wait_for_the_writer(store: Store) -> None:
    """Reading goes on, over what is committed, while a unit of work stands open."""
    store.write_now(enrolment(1))
    gate = Gate()

    def slow(db: sqlite3.Connection) -> None:
        learners.enrol(db, 2, NOW)
        gate(db)

    thread = threading.Thread(target=store.write_now, args=(slow,))
    thread.start()
    asyncio.run(gate.entered())
    assert enrolled(store.reader) == [1]
    gate.open()
    thread.join()
    assert enrolled(store.reader) == [1, 2]


def test_the_reader_cannot_write(store: Store) -> None:
    """What goes past the writer's thread is refused by the connection itself."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        learners.enrol(store.reader, 1, NOW)


def test_writes_are_synced_to_a_write_ahead_log(store: Store) -> None:
    """The file is in WAL mode and each commit reaches the disk, foreign keys held."""
    settings = store.write_now(
        lambda db: [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    )
    assert settings == ["wal", 2, 1]


def garbage(path: Path) -> None:
    """Write a file that is no database."""
    path.write_bytes(b"This is no database at all. " * 400)


def folder(path: Path) -> None:
    """Make a folder where the file should be."""
    path.mkdir()


def torn(path: Path) -> None:
    """Keep the beginning of a database only."""
    with Store(path):
        pass
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("spoil", [garbage, folder, torn])
def test_a_file_that_is_no_database_is_named(path: Path, spoil: Callable[[Path], None]) -> None:
    """Garbage, a folder or half a file gives an error that names it, and is left as it is."""
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=path.name):
        Store(path)
    assert path.is_dir() or path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A path through a file gives the store's error and not the system's."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"file/whosays\.db"):
        Store(tmp_path / "file" / "whosays.db")


def test_missing_folders_are_made(tmp_path: Path) -> None:
    """A fresh installation needs no folder made by hand."""
    with Store(tmp_path / "a" / "b" / "whosays.db") as store:
        assert enrolled(store.reader) == []


def test_migrations_run_once(path: Path) -> None:
    """Opening again changes neither the schema nor a row, and records no step twice."""
    with Store(path) as store:
        store.write_now(enrolment(1))
        before = list(store.reader.iterdump())
    with Store(path) as store:
        assert list(store.reader.iterdump()) == before

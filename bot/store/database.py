"""The one SQLite file: opening it, reading from it, and the writer thread that owns all writes.

Every write is a unit of work, a function of a connection that does plain SQL and awaits nothing.
One thread takes the units in order and commits them in groups: `BEGIN IMMEDIATE`, a savepoint per
unit, one `COMMIT` with `synchronous=FULL`. A unit that raises is rolled back alone; a unit is
acknowledged only when the group it stood in is on disk. Reads go over a connection of their own.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.errors import StoreError
from bot.store.copies import BACKUPS
from bot.store.upgrade import prepare

T = TypeVar("T")
Unit = Callable[[sqlite3.Connection], T]

GROUP = 512
"""Units in one commit at most, so that the first of a burst does not wait for the last."""

BUSY_MS = 10_000
"""Milliseconds to wait for another process (a backup, a second shell) that holds the lock."""

_Job = tuple[Unit[Any], "Future[Any]"]


class Store:
    """The open database. `reader` belongs to the thread that opened the store."""

    def __init__(self, path: Path, backups: Path | None = None) -> None:
        """Open the file and bring it to the newest schema; StoreError when that cannot be done.

        Before an upgrade it is copied into the folder `backups`, by default one beside it.
        """
        self.path = path
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        writer: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Identities are in it: it is nobody else's to read. Its log takes over the mode.
            path.touch(mode=0o600)
            writer = connect(path, check_same_thread=False)
            prepare(writer, path, backups or path.parent / BACKUPS)
            writer.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            self.reader = connect(path)
            self.reader.execute("PRAGMA query_only=ON")
        except (sqlite3.Error, OSError, StoreError) as error:
            if writer is not None:
                writer.close()
            if isinstance(error, StoreError):
                raise
            raise StoreError(f"cannot open the database {path}: {error}") from error
        self._thread = threading.Thread(
            target=self._work, args=(writer,), name="store-writer", daemon=True
        )
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def write(self, unit: Unit[T]) -> T:
        """Run a unit of work and return its result once it is durably on disk.

        StoreError when the database cannot be written, or is closed.
        """
        return await asyncio.wrap_future(self._submit(unit))

    def write_now(self, unit: Unit[T]) -> T:
        """Do what `write` does from a thread without an event loop."""
        return self._submit(unit).result()

    def close(self) -> None:
        """Commit what was handed in, stop the writer and close the file."""
        self._closed = True
        self._jobs.put(None)
        self._thread.join()
        self.reader.close()

    def _submit(self, unit: Unit[T]) -> Future[T]:
        if self._closed:
            raise StoreError(f"the database {self.path} is closed")
        future: Future[T] = Future()
        self._jobs.put((unit, future))
        return future

    def _work(self, connection: sqlite3.Connection) -> None:
        """Take jobs until the end mark; everything queued meanwhile joins the group."""
        open_ = True
        while open_:
            group: list[_Job] = []
            job = self._jobs.get()
            while job is not None:
                group.append(job)
                if len(group) == GROUP or self._jobs.empty():
                    break
                job = self._jobs.get()
            open_ = job is not None
            if group:
                _commit(connection, group)
        connection.close()


def connect(path: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    """Open a connection in autocommit mode with the settings that every connection needs."""
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=check_same_thread, timeout=BUSY_MS / 1000
    )
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")
    # What a learner has deleted is overwritten, not merely unlinked.
    connection.execute("PRAGMA secure_delete=ON")
    return connection


def _commit(connection: sqlite3.Connection, group: list[_Job]) -> None:
    """Run a group in one transaction; on a failed commit every unit of it fails."""
    outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        for unit, future in group:
            outcomes.append((future, *_attempt(connection, unit)))
        connection.execute("COMMIT")
    except Exception as error:  # whatever it is, the writer lives on and nobody waits for ever
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        failure = StoreError(f"cannot write to the database: {error}")
        outcomes = [(future, None, failure) for _, future in group]
    for future, result, error_ in outcomes:
        if not future.set_running_or_notify_cancel():  # from here on nobody can cancel it
            continue
        if error_ is None:
            future.set_result(result)
        else:
            future.set_exception(error_)


def _own_fault(error: sqlite3.OperationalError) -> bool:
    """Whether a unit's own SQL is wrong, as against the disk or the file."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR)
    return code & 0xFF == sqlite3.SQLITE_ERROR


def _attempt(connection: sqlite3.Connection, unit: Unit[Any]) -> tuple[Any, BaseException | None]:
    """Run one unit inside a savepoint: what it raises is its caller's to see.

    A full disk or a lost file is not the unit's fault and fails the whole group.
    """
    connection.execute("SAVEPOINT unit")
    try:
        result = unit(connection)
    except Exception as error:
        if isinstance(error, sqlite3.OperationalError) and not _own_fault(error):
            raise
        connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")
        return None, error
    connection.execute("RELEASE unit")
    return result, None

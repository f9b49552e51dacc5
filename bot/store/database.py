"""The one SQLite file: opening it, reading from it, and the writer thread that owns all writes.

Every write is a unit of work, a function of a connection that does plain SQL and awaits nothing.
One thread takes the units in order and commits them in groups: `BEGIN IMMEDIATE`, a savepoint per
unit, one `COMMIT` with `synchronous=FULL`. A unit that raises is rolled back alone; a unit is
acknowledged only when the group it stood in is on disk. Reads go over a connection of their own;
long ones (`look`) over further ones, in threads.
A commit that fails, for want of space say, fails for its units alone: the next one is tried anew.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.errors import StoreError
from bot.store.attempts import Unit, attempt
from bot.store.copies import BACKUPS
from bot.store.looking import Looking
from bot.store.upgrade import prepare

T = TypeVar("T")

GROUP = 512
"""Units in one commit at most, so that the first of a burst does not wait for the last."""

BUSY_MS = 10_000
"""Milliseconds to wait for another process (a backup, a second shell) that holds the lock."""

WAITS = (0.1, 5.0)
"""Seconds until `insist` tries again: at first, and at last, as each wait doubles."""

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
        self._broken: Future[StoreError] = Future()
        self._hurry = asyncio.Event()
        writer: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Identities are in it: it is nobody else's to read. Its log takes over the mode.
            path.touch(mode=0o600)
            writer = connect(path, check_same_thread=False)
            prepare(writer, path, backups or path.parent / BACKUPS)
            writer.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            self.reader = _reading(path)
        except (sqlite3.Error, OSError, StoreError) as error:
            if writer is not None:
                writer.close()
            if isinstance(error, StoreError):
                raise
            raise StoreError(f"cannot open the database {path}: {error}") from error
        self._looking = Looking(lambda: _reading(path, check_same_thread=False))
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

    async def look(self, read: Unit[T]) -> T:
        """Return what is read over a connection of its own in a thread, while others go on.

        For what goes through a whole class or the log; the database stands still meanwhile.
        StoreError after `hurry`, also for what is under way, and where the store is closed.
        """
        return await self._looking.look(read)

    def glance(self, read: Unit[T]) -> T:
        """Return something small that is read from whatever thread, as within a look."""
        return self._looking.glance(read)

    async def insist(self, unit: Unit[T]) -> T:
        """Do what `write` does, again and again as long as the database cannot be written.

        StoreError only after `hurry`, when one last try has failed, and where the store is closed.
        """
        wait, longest = WAITS
        while True:
            try:
                return await self.write(unit)
            except StoreError:
                if not await self.pause(wait):
                    # There may be room since the last try, which may be seconds ago.
                    return await self.write(unit)
            wait = min(2 * wait, longest)

    async def pause(self, seconds: float) -> bool:
        """Sleep, or less when told to hurry; return whether waiting for the store makes sense."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), 0 if self._closed else seconds)
        return not (self._closed or self._hurry.is_set())

    def hurry(self) -> None:
        """Have whoever insists, pauses or looks give up."""
        self._hurry.set()
        self._looking.stop()

    async def broken(self) -> StoreError:
        """Return, should it ever end by itself, why the writer's thread has ended."""
        return await asyncio.shield(asyncio.wrap_future(self._broken))

    def write_now(self, unit: Unit[T]) -> T:
        """Do what `write` does from a thread without an event loop."""
        return self._submit(unit).result()

    def close(self) -> None:
        """Commit what was handed in, stop the writer and close the file."""
        self._closed = True
        self._jobs.put(None)
        self._thread.join()
        self._looking.close()
        self.reader.close()

    def _submit(self, unit: Unit[T]) -> Future[T]:
        if self._closed:
            raise StoreError(f"the database {self.path} is closed")
        future: Future[T] = Future()
        self._jobs.put((unit, future))
        if self._broken.done():
            self._refuse([])
        return future

    def _work(self, connection: sqlite3.Connection) -> None:
        """Take jobs until the end mark; everything queued meanwhile joins the group.

        Whatever ends this in another way, nobody waits for ever, and `broken` tells of it.
        """
        open_, group = True, list[_Job]()
        try:
            while open_:
                group = []
                job = self._jobs.get()
                while job is not None:
                    group.append(job)
                    if len(group) == GROUP or self._jobs.empty():
                        break
                    job = self._jobs.get()
                open_ = job is not None
                if group:
                    _commit(connection, group)
        except BaseException as error:  # the thread ends here, so nobody else would see it
            self._closed = True
            why = f"the writer of the database {self.path} has ended: {type(error).__name__}"
            self._broken.set_result(StoreError(why))
            self._refuse(group)
        finally:
            connection.close()

    def _refuse(self, group: list[_Job]) -> None:
        """Fail some jobs and all that wait, as there is no writer any more."""
        while not self._jobs.empty():
            with suppress(queue.Empty):  # another thread may refuse at the same time
                job = self._jobs.get_nowait()
                group += [job] if job is not None else []
        for _, future in group:
            if not future.done():
                future.set_exception(self._broken.result())


def probe(db: sqlite3.Connection) -> None:
    """Write something that says nothing: a unit of work to see whether anything can be written."""
    db.execute("PRAGMA user_version = 0")  # which nobody reads; its page is written all the same


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


def _reading(path: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    connection = connect(path, check_same_thread=check_same_thread)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _commit(connection: sqlite3.Connection, group: list[_Job]) -> None:
    """Run a group in one transaction; on a failed commit every unit of it fails."""
    outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        for unit, future in group:
            outcomes.append((future, *attempt(connection, unit)))
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

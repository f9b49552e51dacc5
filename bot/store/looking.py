"""Reading what takes long: threads of their own, so that nobody waits for a class of thousands.

Each look sees the database as it was when it began. SQLite lets others run while it works, row by
row: whoever looks goes through the rows as they come and does little for each.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.errors import StoreError

T = TypeVar("T")

AT_ONCE = 2
"""Looks side by side: a page need not wait for a file, and more would only take turns."""


class Looking:
    """The threads; `connect` opens a connection that only reads, for any thread."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        """Open nothing and start nothing before the first look."""
        self._connect = connect
        self._threads = ThreadPoolExecutor(AT_ONCE, "store-look")
        self._all: list[sqlite3.Connection] = []
        self._idle: list[sqlite3.Connection] = []
        self._stopped = False

    async def look(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Return what is read in a thread; StoreError where that was stopped."""
        if self._stopped:
            raise _stopped()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._look, read)

    def glance(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Read something small at once, in whatever thread."""
        # Taking from a list and putting back are single steps, also between threads.
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._open()
        try:
            connection.execute("BEGIN")
            return read(connection)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._idle.append(connection)

    def stop(self) -> None:
        """Begin no more looks and break off those that are under way."""
        self._stopped = True
        for connection in self._all:
            connection.interrupt()

    def close(self) -> None:
        """Wait until nobody looks and close what is open."""
        self.stop()
        self._threads.shutdown()
        for connection in self._all:
            connection.close()

    def _look(self, read: Callable[[sqlite3.Connection], T]) -> T:
        if self._stopped:
            raise _stopped()
        try:
            return self.glance(read)
        except sqlite3.OperationalError as error:
            if self._stopped:
                raise _stopped() from error
            raise

    def _open(self) -> sqlite3.Connection:
        connection = self._connect()
        self._all.append(connection)
        return connection


def _stopped() -> StoreError:
    return StoreError("the database is being closed")

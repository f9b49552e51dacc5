"""Units of work to try the store with, and what puts several of them into one commit."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable

from bot.store import learners
from bot.store.database import Store
from tests.quiz.builders import NOW


def enrolment(telegram_id: int) -> Callable[[sqlite3.Connection], int]:
    """Return a unit of work that enrols somebody."""
    return lambda db: learners.enrol(db, telegram_id, NOW)


def enrolled(db: sqlite3.Connection) -> list[int]:
    """Return all Telegram ids of a database."""
    rows = db.execute("SELECT telegram_id FROM identities ORDER BY telegram_id")
    return [telegram_id for (telegram_id,) in rows]


class Gate:
    """A unit of work that keeps the writer busy until it is opened, so that others join a group."""

    def __init__(self) -> None:
        self._entered, self._opened = threading.Event(), threading.Event()

    def __call__(self, db: sqlite3.Connection) -> None:
        """Wait inside the writer."""
        self._entered.set()
        assert self._opened.wait(10)

    async def entered(self) -> None:
        """Wait until the writer stands in the gate."""
        assert await asyncio.to_thread(self._entered.wait, 10)

    def open(self) -> None:
        """Let the writer go on."""
        self._opened.set()


async def grouped(store: Store, *units: Callable[[sqlite3.Connection], object]) -> list[object]:
    """Return what some units that are committed in one group give or raise."""
    gate = Gate()
    first = asyncio.create_task(store.write(gate))
    await gate.entered()
    tasks = [asyncio.create_task(store.write(unit)) for unit in units]
    await asyncio.sleep(0)
    gate.open()
    await first
    return list(await asyncio.gather(*tasks, return_exceptions=True))

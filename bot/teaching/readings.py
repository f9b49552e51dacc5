"""What the classifier reads in passages: read once, kept in the store, model loaded on demand."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from bot.quiz.values import Passage, Reading
from bot.store import readings
from bot.store.database import Store

BATCH = 4
"""Passages read between two writes.

A reader that is asked meanwhile waits for one batch, and 16 at once take 40 MB more than 4.
"""


class ReadsSentences(Protocol):
    """The part of the reader that is needed here."""

    def read_many(self, pairs: list[tuple[str, str | None]]) -> list[Reading]:
        """Return the readings of (sentence, paragraph) pairs."""


class Readings:
    """Readings by passage. `model` is the version of the model that `load` would load."""

    def __init__(self, store: Store, model: str, load: Callable[[], ReadsSentences]) -> None:
        """Keep how to load the reader; nothing is loaded before the first passage is unread."""
        self._store = store
        self._model = model
        self._load = load
        self._reader: ReadsSentences | None = None
        self._lock = threading.Lock()

    def known(self, passage: Passage) -> Reading | None:
        """Return the reading that the store has, without reading."""
        return readings.load(self._store.reader, passage, self._model)

    async def of(self, passage: Passage) -> Reading:
        """Return the reading of a passage, reading it in a thread when it never was."""
        if (known := self.known(passage)) is not None:
            return known
        (reading,) = await asyncio.to_thread(self._read, [passage])
        await self._store.write(lambda db: readings.save(db, passage, reading))
        return reading

    async def read_ahead(self, passages: Iterable[Passage]) -> int:
        """Read all passages that were never read; returns how many that were."""
        unread = [passage for passage in passages if self.known(passage) is None]
        for start in range(0, len(unread), BATCH):
            batch = unread[start : start + BATCH]
            found = await asyncio.to_thread(self._read, batch)
            await self._store.write(partial(_save_all, list(zip(batch, found, strict=True))))
        return len(unread)

    def _read(self, passages: list[Passage]) -> list[Reading]:
        with self._lock:
            if self._reader is None:
                self._reader = self._load()
        return self._reader.read_many([(passage.target, passage.text) for passage in passages])


def _save_all(pairs: Sequence[tuple[Passage, Reading]], db: sqlite3.Connection) -> None:
    for passage, reading in pairs:
        readings.save(db, passage, reading)

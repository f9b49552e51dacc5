"""What the classifier reads in passages, once, and judges of reasons; it is loaded on demand."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from bot.quiz.labels import Kind
from bot.quiz.values import Judgement, Passage, Question, Reading
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

    def judge(self, context: str, target: str, kind: Kind, answer: str, /) -> Judgement | None:
        """Return what there is to a reason for the kind of a target; None from a model that cannot.

        `context` is the paragraph that the target stands in.
        """


class Readings:
    """Readings by passage. `model` is the version of the model that `load` would load."""

    def __init__(self, store: Store, model: str, load: Callable[[], ReadsSentences]) -> None:
        """Keep how to load the reader; nothing is loaded before there is something to read."""
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

    async def judge(self, question: Question, text: str) -> Judgement | None:
        """Return what a typed reason is worth, judging it in a thread.

        The kind that it is a reason for is the key's, else the one that was read for sure; without
        either there is nothing to judge by, and the answer is None.
        """
        kind = question.key.kind if question.key else await self._sure_kind(question.passage)
        if kind is None:
            return None
        return await asyncio.to_thread(self._judge, question.passage, kind, text)

    async def _sure_kind(self, passage: Passage) -> Kind | None:
        reading = await self.of(passage)
        return reading.kind if reading.sure else None

    def _read(self, passages: list[Passage]) -> list[Reading]:
        return self._loaded().read_many([(passage.target, passage.text) for passage in passages])

    def _judge(self, passage: Passage, kind: Kind, text: str) -> Judgement | None:
        return self._loaded().judge(passage.text, passage.target, kind, text)

    def _loaded(self) -> ReadsSentences:
        with self._lock:
            if self._reader is None:
                self._reader = self._load()
            return self._reader


def _save_all(pairs: Sequence[tuple[Passage, Reading]], db: sqlite3.Connection) -> None:
    for passage, reading in pairs:
        readings.save(db, passage, reading)

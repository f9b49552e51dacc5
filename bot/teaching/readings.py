"""What the classifier reads in passages, once, and judges of reasons; it is loaded on demand."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

import structlog

from bot.quiz.labels import Kind
from bot.quiz.values import Judgement, Passage, Question, Reading
from bot.store import readings
from bot.store.database import Store

BATCH = 4
"""Passages read between two writes.

A reader that is asked meanwhile waits for one batch, and 16 at once take 40 MB more than 4.
"""

REMEMBERED = 4096
"""Readings kept in memory, some kilobytes each with their passages; each answer asks for one."""

_log = structlog.get_logger()


P = ParamSpec("P")
T = TypeVar("T")


class State(StrEnum):
    """How a reader does. `ASLEEP` is one that was not needed yet, and so is not in memory."""

    WORKS = "works"
    ASLEEP = "asleep"
    BROKEN = "broken"


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
        self._failed = False
        self._remembered: dict[Passage, Reading] = {}

    @property
    def state(self) -> State:
        """How the reader does, by its last use."""
        if self._failed:
            return State.BROKEN
        return State.ASLEEP if self._reader is None else State.WORKS

    def known(self, passage: Passage) -> Reading | None:
        """Return the reading that the store has, without reading."""
        if (remembered := self._remembered.get(passage)) is not None:
            return remembered
        found = readings.load(self._store.reader, passage, self._model)
        if found is not None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()  # they come back from the store as they are asked for
            self._remembered[passage] = found
        return found

    async def of(self, passage: Passage) -> Reading | None:
        """Return the reading of a passage, reading it in a thread when it never was.

        None, and a line in the log, when the reader does not work: what has a key can be graded
        without it.
        """
        if (known := self.known(passage)) is not None:
            return known
        found = await self._read_and_keep([passage])
        return found[0] if found else None

    async def read_ahead(self, passages: Iterable[Passage]) -> int:
        """Read all passages that were never read; returns how many of them could be read."""
        unread = [passage for passage in passages if self.known(passage) is None]
        count = 0
        for start in range(0, len(unread), BATCH):
            found = await self._read_and_keep(unread[start : start + BATCH])
            if not found:
                break
            count += len(found)
        return count

    async def of_sentences(self, pairs: Sequence[tuple[str, str | None]]) -> list[Reading]:
        """Return the readings of (sentence, paragraph) pairs, reading them in a thread.

        Nothing of them is kept. An empty list, and a line in the log, when the reader does not
        work.
        """
        found: list[Reading] = []
        try:
            for start in range(0, len(pairs), BATCH):
                some = list(pairs[start : start + BATCH])
                found += await self._use(self._read_pairs, some)
        except Exception:
            _log.exception("an article cannot be read", count=len(pairs))
            return []
        return found

    async def judge(self, question: Question, text: str) -> Judgement | None:
        """Return what a typed reason is worth, judging it in a thread.

        The kind that it is a reason for is the key's, else the one that was read for sure; without
        either there is nothing to judge by, and the answer is None.
        """
        kind = question.key.kind if question.key else await self._sure_kind(question.passage)
        if kind is None:
            return None
        try:
            return await self._use(self._judge, question.passage, kind, text)
        except Exception:
            _log.exception("a reason cannot be judged", question=question.id)
            return None

    async def _sure_kind(self, passage: Passage) -> Kind | None:
        reading = await self.of(passage)
        return reading.kind if reading and reading.sure else None

    async def _read_and_keep(self, passages: list[Passage]) -> list[Reading]:
        """Read and keep; nothing comes back from a reader that does not work."""
        try:
            found = await self._use(self._read, passages)
        except Exception:
            _log.exception("passages cannot be read", count=len(passages))
            return []
        await self._store.write(partial(_save_all, list(zip(passages, found, strict=True))))
        return found

    async def _use(self, use: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Use the reader in a thread, and remember whether that went well."""
        try:
            found = await asyncio.to_thread(use, *args, **named)
        except Exception:
            self._failed = True
            raise
        self._failed = False
        return found

    def _read(self, passages: list[Passage]) -> list[Reading]:
        return self._loaded().read_many([(passage.target, passage.text) for passage in passages])

    def _read_pairs(self, pairs: list[tuple[str, str | None]]) -> list[Reading]:
        return self._loaded().read_many(pairs)

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

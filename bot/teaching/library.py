"""Published quiz sets: publishing them and finding their questions again, version by version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from bot.quiz.labels import Ask
from bot.quiz.rounds import Item
from bot.quiz.values import QuizSet
from bot.sets import fingerprint, from_record, to_record
from bot.store import sets
from bot.store.database import Store

REMEMBERED = 256
"""Set versions kept in memory; the versions of rounds in progress are few."""


class Library:
    """The sets of one store, as frozen values."""

    def __init__(self, store: Store) -> None:
        """Read nothing yet; sets are loaded when somebody asks for them."""
        self._store = store
        self.version = lru_cache(maxsize=REMEMBERED)(self._load)

    def publish(self, quiz_sets: Iterable[QuizSet], now: datetime) -> None:
        """Publish sets in one transaction; unchanged ones keep their version."""
        prepared = [(to_record(quiz_set), fingerprint(quiz_set)) for quiz_set in quiz_sets]
        self._store.write_now(
            lambda db: [sets.publish(db, record, mark, now) for record, mark in prepared]
        )

    def newest(self) -> tuple[QuizSet, ...]:
        """Return the newest version of every set, in the order of first publication."""
        return tuple(
            self.version(slug, version) for slug, version in sets.newest(self._store.reader)
        )

    def item(self, slug: str, version: int, question: str, ask: Ask, taught: bool) -> Item:
        """Return an item of a round; KeyError when the version never had that question."""
        quiz_set = self.version(slug, version)
        return Item(slug, version, quiz_set.question(question), ask, taught=taught)

    def _load(self, slug: str, version: int) -> QuizSet:
        return replace(from_record(sets.load(self._store.reader, slug, version)), version=version)

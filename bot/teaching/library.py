"""Published quiz sets: publishing them and finding their questions again, version by version."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from bot.quiz.labels import Ask
from bot.quiz.rounds import Item, askable
from bot.quiz.values import QuizSet
from bot.sets import fingerprint, from_record, read_bytes, to_record
from bot.store import roles, sets
from bot.store.database import Store
from bot.store.roles import Role

REMEMBERED = 256
"""Set versions kept in memory; the versions of rounds in progress are few."""

ITEMS = 8192
"""Items kept in memory: each answer asks for those of its round, which are the same few."""


class Library:
    """The sets of one store, as frozen values."""

    def __init__(self, store: Store) -> None:
        """Read nothing yet; sets are loaded when somebody asks for them."""
        self._store = store
        self.version = lru_cache(maxsize=REMEMBERED)(self._load)
        self.item = lru_cache(maxsize=ITEMS)(self._item)
        self._askable = lru_cache(maxsize=1)(self._all_of)

    def publish(self, files: Mapping[str, bytes], now: datetime) -> None:
        """Publish quiz-set files by name; a file that is published as it is costs nothing.

        Raises SetError for a broken file, with nothing of any published.
        """
        fresh = {
            name: data
            for name, data in files.items()
            if not sets.published_from(self._store.reader, _origin(data))
        }
        read = [(read_bytes(data, name), _origin(data)) for name, data in fresh.items()]
        prepared = [(to_record(one), fingerprint(one), now, origin) for one, origin in read]
        if prepared:
            self._store.write_now(lambda db: [sets.publish(db, *one) for one in prepared])

    def newest(self) -> tuple[QuizSet, ...]:
        """Return the newest version of every set that all may play, the oldest set first."""
        listed = sets.newest(self._store.reader, listed=True)
        return tuple(self.version(slug, version) for slug, version in listed)

    def everything(self) -> tuple[QuizSet, ...]:
        """Return the newest version of every set, also of those that only come by a push."""
        return tuple(
            self.version(slug, version) for slug, version in sets.newest(self._store.reader)
        )

    def teachable(self, learner: int) -> tuple[QuizSet, ...]:
        """Return what somebody may push: what all may play, and what they published themselves."""
        listed = {quiz_set.slug for quiz_set in self.newest()}
        return tuple(
            one
            for one in self.everything()
            if one.slug in listed or may_publish(self._store.reader, one.slug, learner)
        )

    def find(self, slug: str) -> QuizSet | None:
        """Return the newest version of a set, listed or not."""
        versions = dict(sets.newest(self._store.reader))
        return self.version(slug, versions[slug]) if slug in versions else None

    def askable(self) -> frozenset[tuple[str, str, Ask]]:
        """Return what can be asked now, by set, question and type."""
        return self._askable(tuple(sets.newest(self._store.reader)))

    def _all_of(self, versions: Sequence[tuple[str, int]]) -> frozenset[tuple[str, str, Ask]]:
        return frozenset(
            (slug, question.id, ask)
            for slug, version in versions
            for question in self.version(slug, version).questions
            for ask in askable(question)
        )

    def _item(self, slug: str, version: int, question: str, ask: Ask, taught: bool) -> Item:
        """Return an item of a round; KeyError when the version never had that question."""
        quiz_set = self.version(slug, version)
        return Item(slug, version, quiz_set.question(question), ask, taught=taught)

    def _load(self, slug: str, version: int) -> QuizSet:
        # Whoever counts in a thread asks for versions there.
        record = self._store.glance(lambda db: sets.load(db, slug, version))
        return replace(from_record(record), version=version)


def published(
    quiz_set: QuizSet, by: int | None, now: datetime, *, listed: bool
) -> Callable[[sqlite3.Connection], int]:
    """Return the write that publishes a set as its next version."""
    record, print_ = to_record(quiz_set), fingerprint(quiz_set)
    return lambda db: sets.publish(db, record, print_, now, by=by, listed=listed)


def may_publish(db: sqlite3.Connection, slug: str, learner: int) -> bool:
    """Whether somebody may publish under a slug: a new one, their own, or any as an operator."""
    taken, by = sets.publisher(db, slug)
    return not taken or by == learner or roles.of(db, learner).may(Role.OPERATOR)


def _origin(data: bytes) -> str:
    return sha256(data).hexdigest()

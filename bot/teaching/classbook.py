"""All that is known of a class's work, gathered from the store for pages and files."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.store import classes, disputes, learners, results
from bot.store.classes import Class
from bot.store.disputes import Settled
from bot.store.results import Result
from bot.teaching import exports
from bot.teaching.library import Library
from bot.teaching.results import OfClass, of_class


@dataclass(frozen=True, slots=True)
class ClassBook:
    """A class, its answers, and what each learner chose to be called there."""

    of: Class
    results: tuple[Result, ...]
    nicknames: dict[int, str]
    settled: tuple[Settled, ...]

    @property
    def counted(self) -> OfClass:
        """The answers, counted."""
        return of_class(self.results)

    def called(self, learner: int) -> str:
        """Return a learner's nickname, or their number."""
        return self.nicknames.get(learner) or f"#{learner}"


def open_book(db: sqlite3.Connection, class_id: int) -> ClassBook | None:
    """Return the book of a class; None when there is no such class."""
    found = classes.load(db, class_id)
    if found is None:
        return None
    names = {one.learner: one.nickname for one in classes.members(db, class_id) if one.nickname}
    settled = tuple(disputes.settled_unsure(db, class_id))
    return ClassBook(found, tuple(results.of_class(db, class_id)), names, settled)


def rows(
    db: sqlite3.Connection, library: Library, book: ClassBook, *, identities: bool
) -> list[exports.Row]:
    """Return the rows of a class's file; with Telegram identities only when that is asked for."""
    targets = {
        one.answer: library.version(one.slug, one.version).question(one.question).passage.target
        for one in book.results
    }
    known = {one.learner for one in book.results}
    ids = {
        learner: telegram_id
        for learner in known
        if (telegram_id := learners.telegram_id(db, learner)) is not None
    }
    return exports.rows(
        book.of.id, book.results, book.nicknames, targets, ids if identities else None
    )

"""All that is known of a class's work, gathered from the store for pages and files."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quiz.labels import Kind
from bot.quiz.values import Passage, QuizSet
from bot.store import classes, disputes, learners, results
from bot.store.classes import Class
from bot.store.results import Result
from bot.teaching import exports
from bot.teaching.library import Library
from bot.teaching.regrades import Plan, agreement, plan
from bot.teaching.results import OfClass, of_class


@dataclass(frozen=True, slots=True)
class ClassBook:
    """A class, its answers, counted, and what each learner chose to be called there.

    `targets` are the sentences that were asked about, by answer. `agreed` says how often person
    and machine agree on answers that the machine was not sure of, and of how many settled ones.
    """

    of: Class
    results: tuple[Result, ...]
    targets: dict[int, str]
    nicknames: dict[int, str]
    counted: OfClass
    agreed: tuple[int, int]

    def called(self, learner: int) -> str:
        """Return a learner's nickname, or their number."""
        return self.nicknames.get(learner) or f"#{learner}"


def open_book(db: sqlite3.Connection, library: Library, class_id: int) -> ClassBook | None:
    """Return the book of a class; None when there is no such class."""
    found = classes.load(db, class_id)
    if found is None:
        return None
    given = results.of_class(db, class_id)
    targets = {answer: one.target for answer, one in passages(library, given).items()}
    return ClassBook(
        of=found,
        results=tuple(given),
        targets=targets,
        nicknames={
            one.learner: one.nickname for one in classes.members(db, class_id) if one.nickname
        },
        counted=of_class(given, targets),
        agreed=agreement(disputes.settled_unsure(db, class_id), _kinds(library)),
    )


def rows(db: sqlite3.Connection, book: ClassBook, *, identities: bool) -> list[exports.Row]:
    """Return the rows of a class's file; with Telegram identities only when that is asked for."""
    ids = None
    if identities:
        known = {one.learner for one in book.results}
        ids = {learner: learners.telegram_id(db, learner) for learner in known}
    return exports.rows(book.of.id, book.results, book.nicknames, book.targets, ids)


def passages(library: Library, given: Sequence[Result]) -> dict[int, Passage]:
    """Return what was asked about, by answer, as it stood in the version that was played."""
    return {
        one.answer: library.version(one.slug, one.version).question(one.question).passage
        for one in given
    }


def plan_of(db: sqlite3.Connection, library: Library, quiz_set: QuizSet, *, lower: bool) -> Plan:
    """Return what grading all answers to a set again would change."""
    given = results.of_set(db, quiz_set.slug)
    return plan(given, quiz_set, passages(library, given), lower=lower)


def _kinds(library: Library) -> dict[tuple[str, str], Kind]:
    return {
        (quiz_set.slug, question.id): question.key.kind
        for quiz_set in library.everything()
        for question in quiz_set.questions
        if question.key
    }

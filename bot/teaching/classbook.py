"""All that is known of a class's work, gathered from the store for pages and files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.quiz.labels import Kind
from bot.quiz.values import Passage, QuizSet
from bot.store import classes, disputes, learners, results, sets
from bot.store.classes import Class
from bot.store.results import Result
from bot.teaching import exports
from bot.teaching.counting import Counted, of_class
from bot.teaching.library import Library
from bot.teaching.regrades import Plan, agreement, plan
from bot.teaching.results import OfClass


@dataclass(frozen=True, slots=True)
class ClassBook:
    """A class, its answers, counted, and what each learner chose to be called there.

    `agreed` says how often person and machine agree on answers that the machine was not sure of,
    and of how many settled ones.
    """

    of: Class
    nicknames: Mapping[int, str]
    counted: OfClass
    agreed: tuple[int, int]

    def called(self, learner: int) -> str:
        """Return a learner's nickname, or their number."""
        return self.nicknames.get(learner) or f"#{learner}"


def open_book(db: sqlite3.Connection, library: Library, class_id: int) -> ClassBook | None:
    """Return the book of a class; None when there is no such class. Also for a thread."""
    found = classes.load(db, class_id)
    if found is None:
        return None
    passage = _passages(library)
    return ClassBook(
        of=found,
        nicknames=_nicknames(db, class_id),
        counted=of_class(results.short_of_class(db, class_id), lambda one: passage(one).target),
        agreed=agreement(disputes.settled_unsure(db, class_id), _kinds(db, library)),
    )


def files(
    db: sqlite3.Connection, library: Library, class_id: int, *, identities: bool
) -> exports.Files:
    """Return the files of a class; with Telegram identities only when that is asked for.

    Also for a thread: the answers are gone through as they come, and never all in memory.
    """
    ids = learners.telegram_ids(db, class_id) if identities else None
    passage = _passages(library)
    rows = exports.rows(
        class_id,
        results.each_of_class(db, class_id),
        _nicknames(db, class_id),
        lambda one: passage(one).target,
        ids,
    )
    return exports.files(rows, identities=identities)


def plan_of(db: sqlite3.Connection, library: Library, quiz_set: QuizSet, *, lower: bool) -> Plan:
    """Return what grading all answers to a set again would change. Also for a thread.

    Of answers that are graded alike one is tried; only where that changes are all of them read.
    """
    passage = _passages(library)

    def planned(given: Sequence[Result]) -> Plan:
        asked = {one.answer: passage(one) for one in given}
        return plan(given, quiz_set, asked, lower=lower)

    alike = {each.one: each.answers for each in results.alike_of_set(db, quiz_set.slug)}
    concerned: list[int] = []
    for one in results.named(db, [*alike]):
        tried = planned([one])
        if tried.changes or tried.spared:
            concerned += json.loads(alike[one.answer])
    return planned(results.named(db, concerned))


def _passages(library: Library) -> Callable[[Counted], Passage]:
    """Return what finds what was asked about, as it stood in the version that was played."""

    @cache
    def found(slug: str, version: int, question: str) -> Passage:
        return library.version(slug, version).question(question).passage

    return lambda one: found(one.slug, one.version, one.question)


def _nicknames(db: sqlite3.Connection, class_id: int) -> dict[int, str]:
    return {one.learner: one.nickname for one in classes.members(db, class_id) if one.nickname}


def _kinds(db: sqlite3.Connection, library: Library) -> dict[tuple[str, str], Kind]:
    return {
        (slug, question.id): question.key.kind
        for slug, version in sets.newest(db)
        for question in library.version(slug, version).questions
        if question.key
    }

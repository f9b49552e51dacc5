"""Decisions about answers, as writes: settling a case, changing a key, grading again, undoing.

Each is a unit for one transaction; who may do it is asked before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.quiz.review import ReviewCard, reviewed
from bot.quiz.values import Grade, Question
from bot.sets import fingerprint, from_record, to_record
from bot.store import cards, disputes, regrades, results, sets
from bot.store.disputes import Decision
from bot.store.regrades import Why
from bot.store.results import Result
from bot.teaching.regrades import Plan

Rekeyed = Callable[[Question], Question]
"""Gives a question another key."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided on an answer: the grade or the key that follows, as far as there is one."""

    decision: Decision
    grade: Grade | None = None
    rekeyed: Rekeyed | None = None


def settle(
    db: sqlite3.Connection, one: Result, ruling: Ruling, by: int | None, now: datetime
) -> bool:
    """Keep a ruling with all that follows; False, with nothing changed, when it came second."""
    if not disputes.settle(db, one.answer, by, ruling.decision, now):
        return False
    if ruling.grade is not None:
        _regrade(db, one, ruling.grade, one.version, by, Why.DECIDED, now)
    if ruling.rekeyed is not None:
        rekey(db, one.slug, one.question, ruling.rekeyed, by, now)
    return True


def rekey(
    db: sqlite3.Connection,
    slug: str,
    question_id: str,
    rekeyed: Rekeyed,
    by: int | None,
    now: datetime,
) -> int | None:
    """Publish the newest version of a set with another key; None when the question is gone.

    The new version keeps the file that the old one came from, so that a set that comes with the
    bot is not published again, key and all, at the next start.
    """
    newest = sets.newest_of(db, slug)
    if newest is None:
        return None
    quiz_set = from_record(sets.load(db, slug, newest.version))
    if question_id not in {question.id for question in quiz_set.questions}:
        return None
    questions = tuple(
        rekeyed(question) if question.id == question_id else question
        for question in quiz_set.questions
    )
    changed = replace(quiz_set, questions=questions)
    record, print_ = to_record(changed), fingerprint(changed)
    return sets.publish(db, record, print_, now, newest.origin, by, listed=newest.listed)


def apply(
    db: sqlite3.Connection, plan: Plan, version: int, by: int | None, now: datetime
) -> list[int]:
    """Add the grades of a plan; return the answers that were waiting for a person and are settled.

    An answer that the new key counts as fully right needs no decision any more. One whose grade
    has changed since the plan was made is left alone.
    """
    settled = []
    for change in plan.changes:
        one, grade = change.result, change.grade
        stands = results.load(db, one.answer)
        if stands is None or stands.grade != one.grade:
            continue
        waits = grade.score == 1 and disputes.waits(db, one.answer) is not None
        _regrade(db, one, grade, version, by, Why.KEY_CHANGED, now)
        if waits:
            disputes.settle(db, one.answer, by, Decision.REKEYED, now)
            settled.append(one.answer)
    return settled


def undo(db: sqlite3.Connection, slug: str, by: int | None, now: datetime) -> int:
    """Let the grades before the newest regrade of a set stand again, by further rows."""
    before = regrades.last_batch(db, slug)
    for each in before:
        one = results.load(db, each.answer)
        if one is not None:
            _regrade(db, one, each.grade, each.version, by, Why.UNDONE, now)
    return len(before)


def _regrade(
    db: sqlite3.Connection,
    one: Result,
    grade: Grade,
    version: int,
    by: int | None,
    why: Why,
    now: datetime,
) -> None:
    """Add a grade, and let what is due for review follow from the grades that stand."""
    regrades.add(db, one.answer, grade, version, by, why, now)
    card: ReviewCard | None = None
    for given in results.alike(db, one):
        card = reviewed(card, given.grade, given.at)
    cards.put(db, one.learner, one.slug, one.question, one.ask, card)

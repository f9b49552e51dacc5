"""Answers with the grades that stand; those of a class were given in rounds pushed to it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.quiz.answers import Said
from bot.quiz.labels import Ask
from bot.quiz.options import from_json
from bot.quiz.tally import Graded
from bot.quiz.values import Grade
from bot.store.log import said_from_json
from bot.store.moments import from_text
from bot.store.standing import NEWER, STANDING, grade_of


@dataclass(frozen=True, slots=True)
class Result:
    """One answer. `attempt` counts a learner's answers to the same thing in a push, from 1.

    `grade` is the one that stands; `regraded` says that it is not the first. `over_costs` is
    whether marking too much took points away. `seconds` is the time from shown to said.
    """

    answer: int
    at: datetime
    learner: int
    push: int | None
    slug: str
    version: int
    question: str
    ask: Ask
    said: Said
    grade: Grade
    borderline: bool
    seconds: float | None
    attempt: int
    over_costs: bool
    regraded: bool
    disputed: bool

    @property
    def graded(self) -> Graded:
        """The answer as what counts are made of."""
        return Graded(self.ask, self.said, self.grade, self.borderline)


_SELECT = (
    "SELECT answers.id, answers.at, answers.learner, rounds.push, answers.slug,"  # noqa: S608 - constant names
    " answers.version, answers.question, answers.ask, answers.said, borderline, seconds,"
    " row_number() OVER (PARTITION BY answers.learner, rounds.push, answers.slug,"
    " answers.question, answers.ask ORDER BY answers.id),"
    " rounds.options, newer.id IS NOT NULL, answers.id IN (SELECT answer FROM disputes),"
    f" {STANDING} FROM answers JOIN rounds ON rounds.id = answers.round"
    f" LEFT JOIN pushes ON pushes.id = rounds.push {NEWER}"
)

OF_CLASS = (
    "answers.round IN (SELECT rounds.id FROM pushes CROSS JOIN rounds ON rounds.push = pushes.id"
    " WHERE pushes.class = ?)"
)
"""Which answers are of a class. Left to itself SQLite looks through the whole log for them; it
keeps to the order of a cross join, so that it begins with the few pushes of the class."""


def of_class(db: sqlite3.Connection, class_id: int) -> list[Result]:
    """Return every answer given to what was pushed to a class, the oldest first."""
    rows = db.execute(f"{_SELECT} WHERE {OF_CLASS} ORDER BY answers.id", (class_id,))
    return [_result(row) for row in rows]


def of_set(db: sqlite3.Connection, slug: str) -> list[Result]:
    """Return every answer to the questions of a set, pushed or not, the oldest first."""
    rows = db.execute(f"{_SELECT} WHERE answers.slug = ? ORDER BY answers.id", (slug,))
    return [_result(row) for row in rows]


def alike(db: sqlite3.Connection, one: Result) -> list[Result]:
    """Return a learner's answers, in all rounds, to what an answer was given to."""
    rows = db.execute(
        f"{_SELECT} WHERE answers.learner = ? AND answers.slug = ? AND answers.question = ?"
        " AND answers.ask = ? ORDER BY answers.id",
        (one.learner, one.slug, one.question, one.ask),
    )
    return [_result(row) for row in rows]


def load(db: sqlite3.Connection, answer: int) -> Result | None:
    """Return one answer with the grade that stands; its `attempt` is not counted."""
    row = db.execute(f"{_SELECT} WHERE answers.id = ?", (answer,)).fetchone()
    return _result(row) if row else None


def _result(row: tuple[Any, ...]) -> Result:
    (answer, at, learner, push, slug, version, question, ask, said, borderline, seconds) = row[:11]
    attempt, options, regraded, disputed = row[11:15]
    return Result(
        answer=answer,
        at=from_text(at),
        learner=learner,
        push=push,
        slug=slug,
        version=version,
        question=question,
        ask=Ask(ask),
        said=said_from_json(said),
        grade=grade_of(row[15:]),
        borderline=bool(borderline),
        seconds=seconds,
        attempt=attempt,
        over_costs=from_json(options).over_costs,
        regraded=bool(regraded),
        disputed=bool(disputed),
    )

"""Answers with the grades that stand; those of a class were given in rounds pushed to it.

An answer's own grade is never changed; the newest row of `regrades` stands in its place.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.quiz.answers import Said
from bot.quiz.labels import Ask, GradedBy, Verdict
from bot.quiz.options import from_json
from bot.quiz.tally import Graded
from bot.quiz.values import Grade, Marks
from bot.store.log import said_from_json, spans_of
from bot.store.moments import from_text


@dataclass(frozen=True, slots=True)
class Result:
    """One answer of a class. `attempt` counts a learner's answers to the same thing, from 1.

    `grade` is the one that stands; `regraded` says that it is not the first. `seconds` is the time
    from shown to said, `over_costs` whether marking too much took points away.
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
    over_costs: bool
    attempt: int
    regraded: bool
    disputed: bool

    @property
    def graded(self) -> Graded:
        """The answer as what counts are made of."""
        return Graded(self.ask, self.said, self.grade, self.borderline)


_STANDING = (
    "SELECT answers.id, answers.at, answers.learner, push, answers.slug, answers.version,"
    " answers.question, answers.ask, answers.said, borderline, seconds, rounds.options,"
    " row_number() OVER (PARTITION BY answers.learner, push, answers.slug, answers.question,"
    " answers.ask ORDER BY answers.id), newer.id IS NOT NULL,"
    " answers.id IN (SELECT answer FROM disputes),"
    " coalesce(newer.score, answers.score), coalesce(newer.verdict, answers.verdict),"
    " coalesce(newer.graded_by, answers.graded_by), coalesce(newer.expected, answers.expected),"
    " coalesce(newer.marks, answers.marks), coalesce(newer.matched, answers.matched),"
    " model_label, model_p, model_version, model_sure"
    " FROM answers JOIN rounds ON rounds.id = answers.round"
    " LEFT JOIN pushes ON pushes.id = rounds.push"
    " LEFT JOIN regrades AS newer ON newer.id ="
    " (SELECT max(id) FROM regrades WHERE answer = answers.id)"
)


def of_class(db: sqlite3.Connection, class_id: int) -> list[Result]:
    """Return every answer given to what was pushed to a class, the oldest first."""
    rows = db.execute(f"{_STANDING} WHERE pushes.class = ? ORDER BY answers.id", (class_id,))
    return [_result(row) for row in rows]


def of_set(db: sqlite3.Connection, slug: str) -> list[Result]:
    """Return every answer to the questions of a set, pushed or not, the oldest first."""
    rows = db.execute(f"{_STANDING} WHERE answers.slug = ? ORDER BY answers.id", (slug,))
    return [_result(row) for row in rows]


def load(db: sqlite3.Connection, answer: int) -> Result | None:
    """Return one answer with the grade that stands; its `attempt` is not counted."""
    row = db.execute(f"{_STANDING} WHERE answers.id = ?", (answer,)).fetchone()
    return _result(row) if row else None


def _result(row: tuple[Any, ...]) -> Result:
    (answer, at, learner, push, slug, version, question, ask, said, borderline, seconds) = row[:11]
    options = from_json(row[11])
    attempt, regraded, disputed, score, verdict, graded_by, expected, marks, matched = row[12:21]
    label, p, model, sure = row[21:]
    grade = Grade(
        score=score,
        verdict=Verdict(verdict),
        graded_by=GradedBy(graded_by),
        expected=expected,
        marks=Marks(*(spans_of(spans) for spans in json.loads(marks))),
        matched=tuple(json.loads(matched)),
        model_label=label,
        model_p=p,
        model_version=model,
        model_sure=None if sure is None else bool(sure),
    )
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
        grade=grade,
        borderline=bool(borderline),
        seconds=seconds,
        over_costs=options.over_costs,
        attempt=attempt,
        regraded=bool(regraded),
        disputed=bool(disputed),
    )

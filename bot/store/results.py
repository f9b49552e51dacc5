"""Answers with the grades that stand; those of a class were given in rounds pushed to it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from bot.quiz.answers import Said
from bot.quiz.labels import Ask, Kind
from bot.quiz.options import from_json
from bot.quiz.tally import Graded
from bot.quiz.values import Grade
from bot.store.log import said_from_json
from bot.store.moments import from_text
from bot.store.standing import GRADE, NEWER, STANDING, grade_of, standing

REMEMBERED = 16_384
"""Parsed texts and grades that are kept: many answers of a class say the same."""


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


class Short(NamedTuple):
    """What is counted of an answer; a typed reason is empty, and so is what the machine said.

    Answers that say the same and are graded the same share their `graded`.
    """

    learner: int
    slug: str
    version: int
    question: str
    ask: Ask
    attempt: int
    graded: Graded


class Alike(NamedTuple):
    """Answers that a key grades alike, by one of them; `answers` are all."""

    one: int
    answers: str
    """As JSON, which few of them are ever read from."""


_ATTEMPT = (
    "row_number() OVER (PARTITION BY answers.learner, rounds.push, answers.slug,"
    " answers.question, answers.ask ORDER BY answers.id)"
)
_SELECT = (
    "SELECT answers.id, answers.at, answers.learner, rounds.push, answers.slug,"  # noqa: S608 - constant names
    " answers.version, answers.question, answers.ask, answers.said, borderline, seconds,"
    f" {_ATTEMPT}, rounds.options, newer.id IS NOT NULL,"
    " answers.id IN (SELECT answer FROM disputes),"
    f" {STANDING} FROM answers JOIN rounds ON rounds.id = answers.round"
    f" LEFT JOIN pushes ON pushes.id = rounds.push {NEWER}"
)

OF_CLASS = (
    "answers.round IN (SELECT rounds.id FROM pushes CROSS JOIN rounds ON rounds.push = pushes.id"
    " WHERE pushes.class = ?)"
)
"""Which answers are of a class. Left to itself SQLite looks through the whole log for them; it
keeps to the order of a cross join, so that it begins with the few pushes of the class."""


_SHORT = (
    "SELECT answers.learner, answers.slug, answers.version, answers.question,"  # noqa: S608 - constant names
    f" {_ATTEMPT}, answers.ask,"
    # What learners typed is not read where it is not counted.
    " CASE WHEN answers.ask = 'reason' AND json_type(answers.said, '$.reason') IS NOT NULL"
    ' THEN \'{"reason": ""}\' ELSE answers.said END, borderline,'
    f" {', '.join(standing(column) for column in GRADE)}"
    " FROM pushes CROSS JOIN rounds ON rounds.push = pushes.id"
    f" CROSS JOIN answers ON answers.round = rounds.id {NEWER}"
)

_KINDS = (
    "SELECT learner, expected, kind, count(*) FROM (SELECT answers.learner AS learner,"  # noqa: S608 - constant names
    f" {standing('expected')} AS expected, json_extract(answers.said, '$.kind') AS kind,"
    f" {standing('verdict')} AS verdict, borderline, {_ATTEMPT} AS attempt"
    " FROM pushes CROSS JOIN rounds ON rounds.push = pushes.id"
    f" CROSS JOIN answers ON answers.round = rounds.id {NEWER}"
    " WHERE pushes.class = ? AND rounds.learner IN (SELECT value FROM json_each(?))"
    " AND answers.ask = 'kind')"
    " WHERE attempt = 1 AND NOT borderline AND kind IS NOT NULL"
    " AND verdict IN ('right', 'wrong') AND expected != '' GROUP BY learner, expected, kind"
)

_ALIKE = (
    "SELECT min(answers.id), json_group_array(answers.id) FROM answers"  # noqa: S608 - constant names
    f" JOIN rounds ON rounds.id = answers.round {NEWER}"
    f" WHERE answers.slug = ? AND answers.ask != 'reason' AND {standing('graded_by')} != 'person'"
    f" AND {standing('verdict')} != 'late'"
    " GROUP BY answers.question, answers.ask, answers.version, answers.said, rounds.options,"
    f" {standing('score')}, {standing('verdict')}, {standing('expected')}"
)


def of_class(db: sqlite3.Connection, class_id: int) -> list[Result]:
    """Return every answer given to what was pushed to a class, the oldest first."""
    return [*each_of_class(db, class_id)]


def each_of_class(db: sqlite3.Connection, class_id: int) -> Iterator[Result]:
    """Yield every answer given to what was pushed to a class, the oldest first."""
    rows = db.execute(f"{_SELECT} WHERE {OF_CLASS} ORDER BY answers.id", (class_id,))
    yield from map(_result, rows)


def short_of_class(db: sqlite3.Connection, class_id: int) -> Iterator[Short]:
    """Yield every answer given to what was pushed to a class for counting, the oldest first."""
    rows = db.execute(f"{_SHORT} WHERE pushes.class = ? ORDER BY answers.id", (class_id,))
    for learner, slug, version, question, attempt, ask, *values in rows:
        yield Short(learner, slug, version, question, Ask(ask), attempt, _graded(ask, *values))


def kinds_said(
    db: sqlite3.Connection, class_id: int, learners: Sequence[int]
) -> dict[int, dict[tuple[Kind, Kind], int]]:
    """Count (expected, said) of the first answers of some learners of a class about kinds.

    Which count is what `bot.quiz.tally.kinds_said` says, here in SQL: a board is asked for often.
    """
    rows = db.execute(_KINDS, (class_id, json.dumps([*learners])))
    found: dict[int, dict[tuple[Kind, Kind], int]] = defaultdict(dict)
    for learner, expected, said, count in rows:
        found[learner][Kind(expected), Kind(said)] = count
    return found


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


def named(db: sqlite3.Connection, answers: Sequence[int]) -> list[Result]:
    """Return some answers with the grades that stand, the oldest first, without their attempts."""
    rows = db.execute(
        f"{_SELECT} WHERE answers.id IN (SELECT value FROM json_each(?)) ORDER BY answers.id",  # noqa: S608 - constant names
        (json.dumps([*answers]),),
    )
    return [_result(row) for row in rows]


def alike_of_set(db: sqlite3.Connection, slug: str) -> list[Alike]:
    """Return the answers to a set that a changed key may concern, those together it grades alike.

    A key has no part in reasons, in what a person decided and in what came too late.
    """
    return [Alike(*row) for row in db.execute(_ALIKE, (slug,))]


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
        said=_said(said),
        grade=grade_of(row[15:]),
        borderline=bool(borderline),
        seconds=seconds,
        attempt=attempt,
        over_costs=_options(options).over_costs,
        regraded=bool(regraded),
        disputed=bool(disputed),
    )


@lru_cache(REMEMBERED)
def _graded(ask: str, said: str, borderline: int, *grade: Any) -> Graded:
    return Graded(
        Ask(ask), said_from_json(said), grade_of((*grade, "", None, "", None)), bool(borderline)
    )


_said = lru_cache(REMEMBERED)(said_from_json)
_options = lru_cache(REMEMBERED)(from_json)

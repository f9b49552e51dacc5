"""What waits for a person: disputed grades and ones that no machine was sure of; and decisions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.quiz.values import Grade
from bot.store.moments import to_text
from bot.store.results import OF_CLASS
from bot.store.standing import GRADE, MODEL, NEWER, grade_of, standing

LONGEST_WORDS = 500
"""Characters of a learner's objection that are kept: with the passage they fit one message."""


class Decision(StrEnum):
    """What a person decided.

    The grade stays as it is; the answer counts as right, or as wrong; or the key was wrong.
    """

    UPHELD = "upheld"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REKEYED = "rekeyed"


class Case(NamedTuple):
    """An answer that waits for a person. `words` are the learner's objection, empty without one."""

    answer: int
    learner: int
    class_id: int | None
    disputed: bool
    words: str


class Settled(NamedTuple):
    """A decision on an answer of which the machine was not sure, with the grade that it gave."""

    slug: str
    question: str
    ask: str
    said: str
    grade: Grade
    decision: Decision


class Waiting(NamedTuple):
    """How many answers wait, and the first of them."""

    in_all: int
    cases: list[Case]


_WAITING = (
    "SELECT answers.id, answers.learner, pushes.class, disputes.answer IS NOT NULL,"  # noqa: S608 - constant names
    " coalesce(disputes.words, ''), count(*) OVER () FROM answers"
    " JOIN rounds ON rounds.id = answers.round"
    " LEFT JOIN pushes ON pushes.id = rounds.push"
    f" LEFT JOIN disputes ON disputes.answer = answers.id {NEWER}"
    f" WHERE (disputes.answer IS NOT NULL OR {standing('verdict')} = 'unsure')"
    " AND answers.id NOT IN (SELECT answer FROM settlements)"
)
_FIRST = " AND answers.id IS NOT ? ORDER BY disputes.answer IS NULL, answers.id LIMIT ?"

# Which answers are looked at for those that wait: left to itself SQLite looks through the whole
# log. It keeps to the order of cross joins.
_ANYWHERE = (
    " AND answers.id IN (SELECT answer FROM disputes"
    " UNION SELECT answer FROM regrades WHERE verdict = 'unsure'"
    " UNION SELECT id FROM answers WHERE verdict = 'unsure')"
)
_THEIRS = (
    " AND answers.id IN (SELECT given.id FROM json_each(?) AS own"
    " CROSS JOIN pushes ON pushes.class = own.value CROSS JOIN rounds ON rounds.push = pushes.id"
    " CROSS JOIN answers AS given ON given.round = rounds.id"
    " UNION SELECT id FROM answers WHERE slug IN (SELECT value FROM json_each(?)))"
)


def waiting(
    db: sqlite3.Connection,
    class_ids: Sequence[int] | None,
    slugs: Sequence[str] = (),
    *,
    but: int | None = None,
    most: int = -1,
) -> Waiting:
    """Return what waits in some classes or about some sets, or (None) everywhere, `but` one answer.

    Disputes come first, the oldest first. However few are returned, all are counted: seconds where
    a hundred thousand wait.
    """
    where, given = _ANYWHERE, list[object]()
    if class_ids is not None:
        where, given = _THEIRS, [json.dumps([*class_ids]), json.dumps([*slugs])]
    rows = db.execute(_WAITING + where + _FIRST, (*given, but, most)).fetchall()
    return Waiting(rows[0][-1] if rows else 0, [_case(*row[:-1]) for row in rows])


def waits(db: sqlite3.Connection, answer: int) -> Case | None:
    """Return an answer that waits for a person; None for one that does not."""
    row = db.execute(f"{_WAITING} AND answers.id = ?", (answer,)).fetchone()
    return _case(*row[:-1]) if row else None


def object_to(
    db: sqlite3.Connection, learner: int, round_id: int, position: int, words: str
) -> None:
    """Keep a learner's words on a grade that they dispute."""
    db.execute(
        "UPDATE disputes SET words = ? WHERE answer = (SELECT id FROM answers"
        " WHERE learner = ? AND round = ? AND position = ?)",
        (words[:LONGEST_WORDS], learner, round_id, position),
    )


def settle(
    db: sqlite3.Connection, answer: int, by: int | None, decision: Decision, now: datetime
) -> bool:
    """Keep a decision; False when somebody else was first."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO settlements (answer, at, by, decision) VALUES (?, ?, ?, ?)",
        (answer, to_text(now), by, decision),
    )
    return cursor.rowcount == 1


def settled_unsure(db: sqlite3.Connection, class_id: int) -> list[Settled]:
    """Return the decisions on what the machine judged and was not sure of, in one class."""
    own = ", ".join(f"answers.{column}" for column in (*GRADE, *MODEL))
    rows = db.execute(
        f"SELECT answers.slug, question, ask, said, decision, {own} FROM settlements"  # noqa: S608 - constant names
        " JOIN answers ON answers.id = answer"
        # The plus keeps SQLite from looking through all that is unsure, in every class.
        f" WHERE {OF_CLASS} AND +answers.verdict = 'unsure' AND answers.model_version != ''"
        " ORDER BY answers.id",
        (class_id,),
    )
    return [
        Settled(slug, question, ask, said, grade_of(grade), Decision(decision))
        for slug, question, ask, said, decision, *grade in rows
    ]


def _case(answer: int, learner: int, class_id: int | None, disputed: int, words: str) -> Case:
    return Case(answer, learner, class_id, bool(disputed), words)

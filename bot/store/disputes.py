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

LONGEST_WORDS = 1000
"""Characters of a learner's objection that are kept: a message of a few sentences."""


class Decision(StrEnum):
    """What a person decided: the grade stands, the answer counts as right, or the key was wrong."""

    UPHELD = "upheld"
    ACCEPTED = "accepted"
    REKEYED = "rekeyed"


class Case(NamedTuple):
    """An answer that waits for a person. `words` are the learner's objection, empty without one."""

    answer: int
    learner: int
    class_id: int | None
    disputed: bool
    words: str


class Settled(NamedTuple):
    """A decision on an answer of which the machine was not sure, beside what the machine said."""

    ask: str
    said: str
    model_label: str
    decision: Decision


_WAITING = (
    "SELECT answers.id, answers.learner, pushes.class, disputes.answer IS NOT NULL,"
    " coalesce(disputes.words, '') FROM answers"
    " JOIN rounds ON rounds.id = answers.round"
    " LEFT JOIN pushes ON pushes.id = rounds.push"
    " LEFT JOIN disputes ON disputes.answer = answers.id"
    " WHERE (disputes.answer IS NOT NULL OR answers.verdict = 'unsure')"
    " AND answers.id NOT IN (SELECT answer FROM settlements)"
)


def waiting(db: sqlite3.Connection, class_ids: Sequence[int] | None) -> list[Case]:
    """Return what waits in some classes, or (None) everywhere; disputes first, the oldest first."""
    order = " ORDER BY disputes.answer IS NULL, answers.id"
    if class_ids is None:
        rows = db.execute(_WAITING + order)
    else:
        chosen = "AND pushes.class IN (SELECT value FROM json_each(?))"
        rows = db.execute(f"{_WAITING} {chosen}{order}", (json.dumps([*class_ids]),))
    return [
        Case(answer, who, class_id, bool(yes), words) for answer, who, class_id, yes, words in rows
    ]


def object_to(
    db: sqlite3.Connection, learner: int, round_id: int, position: int, words: str
) -> None:
    """Keep a learner's words on a grade that they dispute."""
    db.execute(
        "UPDATE disputes SET words = ? WHERE answer = (SELECT id FROM answers"
        " WHERE learner = ? AND round = ? AND position = ?)",
        (words[:LONGEST_WORDS], learner, round_id, position),
    )


def settle(db: sqlite3.Connection, answer: int, by: int, decision: Decision, now: datetime) -> bool:
    """Keep a decision; False when somebody else was first."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO settlements (answer, at, by, decision) VALUES (?, ?, ?, ?)",
        (answer, to_text(now), by, decision),
    )
    return cursor.rowcount == 1


def regrade(
    db: sqlite3.Connection,
    answer: int,
    grade: Grade,
    version: int,
    by: int | None,
    why: str,
    now: datetime,
) -> None:
    """Add a grade that takes the place of an answer's; the ones before it stay."""
    marks = [grade.marks.hits, grade.marks.misses, grade.marks.over]
    db.execute(
        "INSERT INTO regrades (answer, at, by, why, version, score, verdict, graded_by, expected,"
        " marks, matched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            answer,
            to_text(now),
            by,
            why,
            version,
            grade.score,
            grade.verdict,
            grade.graded_by,
            grade.expected,
            json.dumps(marks),
            json.dumps(grade.matched, ensure_ascii=False),
        ),
    )


def settled_unsure(db: sqlite3.Connection, class_id: int) -> list[Settled]:
    """Return the decisions on what the machine was not sure of, in one class."""
    rows = db.execute(
        "SELECT answers.ask, answers.said, answers.model_label, decision FROM settlements"
        " JOIN answers ON answers.id = answer JOIN rounds ON rounds.id = answers.round"
        " JOIN pushes ON pushes.id = rounds.push"
        " WHERE pushes.class = ? AND answers.verdict = 'unsure' AND answers.model_label != ''",
        (class_id,),
    )
    return [Settled(ask, said, label, Decision(decision)) for ask, said, label, decision in rows]

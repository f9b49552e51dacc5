"""Grades that take the place of others: rows that are added, the newest of an answer stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bot.quiz.values import Grade
from bot.store.moments import to_text
from bot.store.standing import GRADE, MODEL, grade_of, to_values


class Why(StrEnum):
    """Why an answer was graded again."""

    DECIDED = "decided"
    KEY_CHANGED = "key changed"
    UNDONE = "undone"


class Before(NamedTuple):
    """An answer with the grade that stood before its newest one, and the version of its key.

    `regrade` is the number of the newest one.
    """

    answer: int
    version: int
    grade: Grade
    regrade: int


_COLUMNS = ", ".join(GRADE)
_MODEL = ", ".join(f"answers.{column}" for column in MODEL)


def add(
    db: sqlite3.Connection,
    answer: int,
    grade: Grade,
    version: int,
    by: int | None,
    why: Why,
    now: datetime,
) -> None:
    """Add a grade that takes the place of an answer's; the ones before it stay."""
    db.execute(
        f"INSERT INTO regrades (answer, at, by, why, version, {_COLUMNS})"  # noqa: S608 - constant names
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (answer, to_text(now), by, why, version, *to_values(grade)),
    )


def last_batch(db: sqlite3.Connection, slug: str) -> list[Before]:
    """Return what the newest regrade of a set's key took the place of, as far as it still stands.

    One regrade adds all its rows at one moment.
    """
    rows = db.execute(
        "WITH standing AS (SELECT regrades.id, regrades.at, answer FROM regrades"
        " JOIN answers ON answers.id = answer WHERE slug = ? AND why = ? AND regrades.id ="
        " (SELECT max(id) FROM regrades AS other WHERE other.answer = answers.id))"
        " SELECT standing.id, standing.answer FROM standing"
        " WHERE at = (SELECT max(at) FROM standing) ORDER BY standing.answer",
        (slug, Why.KEY_CHANGED),
    ).fetchall()
    return [_before(db, answer, regrade) for regrade, answer in rows]


def newest(db: sqlite3.Connection, slug: str, number: int) -> bool:
    """Whether a regrade is of the newest of a set's key that still stand: a small read."""
    stands = (
        "SELECT regrades.at FROM regrades JOIN answers ON answers.id = answer"
        " WHERE slug = :slug AND why = :why"
        " AND regrades.id = (SELECT max(id) FROM regrades AS other WHERE other.answer = answers.id)"
    )
    row = db.execute(
        f"WITH own AS ({stands} AND regrades.id = :number) SELECT 1 FROM own"  # noqa: S608 - constant text
        f" WHERE NOT EXISTS ({stands} AND regrades.id > :number AND regrades.at > own.at)",
        {"slug": slug, "why": Why.KEY_CHANGED, "number": number},
    ).fetchone()
    return row is not None


def _before(db: sqlite3.Connection, answer: int, regrade: int) -> Before:
    """Return the grade that a regrade took the place of: an earlier one, or the answer's own."""
    row: Sequence[Any] | None = db.execute(
        f"SELECT regrades.version, {', '.join(f'regrades.{name}' for name in GRADE)}, {_MODEL}"  # noqa: S608 - constant names
        " FROM regrades JOIN answers ON answers.id = answer"
        " WHERE answer = ? AND regrades.id < ? ORDER BY regrades.id DESC LIMIT 1",
        (answer, regrade),
    ).fetchone()
    if row is None:
        row = db.execute(
            f"SELECT version, {_COLUMNS}, {_MODEL} FROM answers WHERE id = ?",  # noqa: S608 - constant names
            (answer,),
        ).fetchone()
    return Before(answer, row[0], grade_of(row[1:]), regrade)

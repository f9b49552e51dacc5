"""Learners by number, and the one table that ties a number to a Telegram identity."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.store.moments import to_text

_OWNED = {
    "learners": "id",
    "rounds": "learner",
    "answers": "learner",
    "cards": "learner",
    "roles": "learner",
    "class_instructors": "learner",
    "members": "learner",
    "deliveries": "learner",
    "awaited": "learner",
    "drafts": "learner",
    "presses": "learner",
}
"""Tables whose rows belong to one learner, and the column that says whose."""

_OF_ANSWERS = ("disputes", "settlements", "regrades")
"""Tables whose rows belong to one answer."""


def find(db: sqlite3.Connection, telegram_id: int) -> int | None:
    """Return the learner's number, or None for somebody who never wrote."""
    row = db.execute(
        "SELECT learner FROM identities WHERE telegram_id = ?", (telegram_id,)
    ).fetchone()
    return int(row[0]) if row else None


def enrol(db: sqlite3.Connection, telegram_id: int, now: datetime) -> int:
    """Return the learner's number, giving out a new one to a newcomer."""
    if (known := find(db, telegram_id)) is not None:
        return known
    learner = db.execute("INSERT INTO learners (created_at) VALUES (?)", (to_text(now),)).lastrowid
    db.execute(
        "INSERT INTO identities (telegram_id, learner) VALUES (?, ?)", (telegram_id, learner)
    )
    return int(learner or 0)


def others(db: sqlite3.Connection, telegram_id: int, *, below: int) -> bool:
    """Whether the store knows anybody else, with a Telegram id below a bound."""
    row = db.execute(
        "SELECT 1 FROM identities WHERE telegram_id != ? AND telegram_id < ? LIMIT 1",
        (telegram_id, below),
    ).fetchone()
    return row is not None


def telegram_id(db: sqlite3.Connection, learner: int) -> int | None:
    """Return the Telegram id of a learner; None for somebody who was forgotten."""
    row = db.execute("SELECT telegram_id FROM identities WHERE learner = ?", (learner,)).fetchone()
    return int(row[0]) if row else None


def telegram_ids(db: sqlite3.Connection, class_id: int) -> dict[int, int]:
    """Return the Telegram ids of all who began a round that was pushed to a class."""
    rows = db.execute(
        "SELECT learner, telegram_id FROM identities WHERE learner IN (SELECT rounds.learner"
        " FROM pushes CROSS JOIN rounds ON rounds.push = pushes.id WHERE pushes.class = ?)",
        (class_id,),
    )
    return dict(rows.fetchall())


def forget(db: sqlite3.Connection, learner: int) -> None:
    """Remove a learner with identity, rounds, answers, disputes and review cards."""
    db.execute("DELETE FROM learners WHERE id = ?", (learner,))


def everything(db: sqlite3.Connection, learner: int) -> dict[str, object]:
    """Return all that is kept under a learner's number, table by table, JSON-able."""
    kept: dict[str, object] = {"learner": learner}
    for table, owner in _OWNED.items():
        cursor = db.execute(f"SELECT * FROM {table} WHERE {owner} = ?", (learner,))  # noqa: S608 - constant names
        kept[table] = _objects(cursor)
    answers = "SELECT id FROM answers WHERE learner = ?"
    for table in _OF_ANSWERS:
        cursor = db.execute(f"SELECT * FROM {table} WHERE answer IN ({answers})", (learner,))  # noqa: S608 - constant names
        kept[table] = _objects(cursor)
    return kept


def _objects(cursor: sqlite3.Cursor) -> list[dict[str, object]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]

"""What somebody was asked to type next, where that is no answer to a question of a round."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Awaited(NamedTuple):
    """`what` is awaited, and what it is about."""

    what: str
    subject: str


def ask(db: sqlite3.Connection, learner: int, what: str, subject: str = "") -> None:
    """Await something, and nothing that was awaited before."""
    db.execute("INSERT OR REPLACE INTO awaited VALUES (?, ?, ?)", (learner, what, subject))


def of(db: sqlite3.Connection, learner: int) -> Awaited | None:
    """Return what is awaited of somebody."""
    row = db.execute("SELECT what, subject FROM awaited WHERE learner = ?", (learner,)).fetchone()
    return Awaited(*row) if row else None


def clear(db: sqlite3.Connection, learner: int) -> None:
    """Await nothing any more."""
    db.execute("DELETE FROM awaited WHERE learner = ?", (learner,))

"""Quiz sets that an instructor is still looking at, as the JSON that bot.teaching.drafts writes."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.store.moments import to_text

KEPT = 5
"""Drafts kept of one person: who sends file after file does not fill the disk."""


def add(db: sqlite3.Connection, draft_id: int, learner: int, body: str, now: datetime) -> None:
    """Keep a new draft; the oldest beyond `KEPT` go."""
    db.execute(
        "INSERT INTO drafts (id, learner, made_at, body) VALUES (?, ?, ?, ?)",
        (draft_id, learner, to_text(now), body),
    )
    db.execute(
        "DELETE FROM drafts WHERE learner = ?1 AND id NOT IN (SELECT id FROM drafts"
        " WHERE learner = ?1 ORDER BY made_at DESC, rowid DESC LIMIT ?2)",
        (learner, KEPT),
    )


def save(db: sqlite3.Connection, draft_id: int, body: str) -> None:
    """Keep a changed draft."""
    db.execute("UPDATE drafts SET body = ? WHERE id = ?", (body, draft_id))


def load(db: sqlite3.Connection, draft_id: int, learner: int) -> str | None:
    """Return somebody's draft; None when it is not there or not theirs."""
    row = db.execute(
        "SELECT body FROM drafts WHERE id = ? AND learner = ?", (draft_id, learner)
    ).fetchone()
    return row[0] if row else None


def drop(db: sqlite3.Connection, draft_id: int) -> None:
    """Remove a draft."""
    db.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))

"""The press that somebody made last, to know the same one again when it comes twice in a row."""

from __future__ import annotations

import sqlite3

GRACE = 2
"""Seconds after an answer in which a press cannot mean it yet: it has to arrive and to be read."""


def note(
    db: sqlite3.Connection, learner: int, update: int, message_id: int | None, data: str
) -> None:
    """Keep what was pressed under which message, and by which update of the inbox."""
    db.execute(
        "INSERT OR REPLACE INTO presses (learner, number, message_id, data) VALUES (?, ?, ?, ?)",
        (learner, update, message_id, data),
    )


def repeats(
    db: sqlite3.Connection, learner: int, update: int, message_id: int | None, data: str
) -> bool:
    """Whether an update presses what the same person pressed last, and could not mean it.

    That is so while the answer to the first press has not been sent, and for a press that came in
    before somebody could have seen that answer (`GRACE`).
    """
    row = db.execute(
        "SELECT 1 FROM presses JOIN inbox AS before ON before.number = presses.number"
        " JOIN inbox AS now ON now.number = :update"
        " WHERE presses.learner = :learner AND presses.message_id IS :message AND data = :data"
        " AND (before.replies IS NOT NULL OR now.received_at <="
        " strftime('%Y-%m-%dT%H:%M:%f+00:00', before.done_at, :grace))",
        {
            "update": update,
            "learner": learner,
            "message": message_id,
            "data": data,
            "grace": f"+{GRACE} seconds",
        },
    ).fetchone()
    return row is not None

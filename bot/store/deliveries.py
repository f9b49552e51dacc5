"""Deliveries: how far each push has come with each learner.

A delivery is marked `sending` before its message is sent and anew when it is known what became of
it. What stands as `sending` when nothing is being sent was cut off, and nobody knows whether it
arrived.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.pushes import Push, load


class DeliveryState(StrEnum):
    """What became of one message to one learner; `SKIPPED` is a reminder not needed or wanted."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Errand(StrEnum):
    """What a message of a push is for, by the column that says what became of it."""

    SET = "state"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a push with one learner; `why` is what Telegram said where it refused."""

    learner: int
    state: DeliveryState
    why: str
    opened: bool
    finished: bool


def start_reminders(db: sqlite3.Connection, push: Push, now: datetime) -> None:
    """Decide whom to remind: who has it, is in the class, wants it, has not finished, in time."""
    over = push.deadline is not None and push.deadline <= now
    wanted = {
        learner
        for (learner,) in db.execute(
            "SELECT learner FROM members WHERE class = ? AND reminders", (push.class_id,)
        )
    }
    for delivery in of_push(db, push.id):
        has_it = delivery.state in (DeliveryState.SENT, DeliveryState.UNKNOWN)
        needed = has_it and not over and not delivery.finished and delivery.learner in wanted
        db.execute(
            "UPDATE deliveries SET reminder = ? WHERE push = ? AND learner = ? AND reminder = ''",
            ("waiting" if needed else "skipped", push.id, delivery.learner),
        )


def waiting(db: sqlite3.Connection, push_id: int, errand: Errand) -> list[int]:
    """Return who is still to be written to."""
    rows = db.execute(
        f"SELECT learner FROM deliveries WHERE push = ? AND {errand} = 'waiting' ORDER BY rowid",  # noqa: S608 - constant names
        (push_id,),
    )
    return [learner for (learner,) in rows]


def claim(db: sqlite3.Connection, push_id: int, learner: int, errand: Errand) -> bool:
    """Mark a message as being sent; False where it is not to be sent (any more)."""
    cursor = db.execute(
        f"UPDATE deliveries SET {errand} = 'sending'"  # noqa: S608 - constant names
        f" WHERE push = ? AND learner = ? AND {errand} = 'waiting'"
        " AND (SELECT state FROM pushes WHERE id = push) IN ('sending', 'sent')",
        (push_id, learner),
    )
    return cursor.rowcount == 1


def settle(
    db: sqlite3.Connection,
    push_id: int,
    learner: int,
    errand: Errand,
    state: DeliveryState,
    why: str = "",
) -> None:
    """Keep what became of a message; why a reminder failed is not kept."""
    db.execute(
        f"UPDATE deliveries SET {errand} = ? WHERE push = ? AND learner = ?",  # noqa: S608 - constant names
        (state, push_id, learner),
    )
    if errand is Errand.SET:
        db.execute(
            "UPDATE deliveries SET why = ? WHERE push = ? AND learner = ?", (why, push_id, learner)
        )


def cut_off(db: sqlite3.Connection) -> list[tuple[Push, list[int]]]:
    """Mark what an earlier run was sending when it ended as unknown; return it by push."""
    rows = db.execute(
        "UPDATE deliveries SET state = replace(state, 'sending', 'unknown'),"
        " reminder = replace(reminder, 'sending', 'unknown')"
        " WHERE 'sending' IN (state, reminder) RETURNING push, learner"
    ).fetchall()
    by_push: dict[int, list[int]] = {}
    for push_id, learner in rows:
        by_push.setdefault(push_id, []).append(learner)
    return [
        (push, learners) for id_, learners in by_push.items() if (push := load(db, id_)) is not None
    ]


def of_push(db: sqlite3.Connection, push_id: int) -> list[Delivery]:
    """Return what became of a push with everybody, in the order of sending.

    One pass over the rounds of the push: to look for them learner by learner took seconds for a
    class of ten thousand.
    """
    rows = db.execute(
        "SELECT deliveries.learner, state, why, done FROM deliveries LEFT JOIN"
        " (SELECT learner, max((SELECT count(*) FROM answers WHERE round = rounds.id)"
        " = json_array_length(items)) AS done FROM rounds WHERE push = ?1 GROUP BY learner)"
        " AS played ON played.learner = deliveries.learner"
        " WHERE deliveries.push = ?1 ORDER BY deliveries.rowid",
        (push_id,),
    )
    return [
        Delivery(learner, DeliveryState(state), why, done is not None, bool(done))
        for learner, state, why, done in rows
    ]


def reached(db: sqlite3.Connection, push_id: int, learner: int) -> bool:
    """Whether a push was on its way to somebody."""
    row = db.execute(
        "SELECT 1 FROM deliveries WHERE push = ? AND learner = ?", (push_id, learner)
    ).fetchone()
    return row is not None

"""Pushes: a set for a class at a time. What became of each with each learner is in deliveries."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.quiz.options import USUAL, Options, from_json
from bot.store.moments import from_text, to_text

_COLUMNS = (
    "id, class, slug, version, options, made_by, state, send_at, deadline, remind_at, progress_id"
)


class PushState(StrEnum):
    """How far a push has come: a draft is still being put together by its maker."""

    DRAFT = "draft"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Push:
    """A version of a set for a class. `send_at` None is as soon as it is confirmed.

    `made_by` is None for one made from the shell; `progress_id` is the message in the maker's chat
    that shows how it goes.
    """

    id: int
    class_id: int
    slug: str
    version: int
    options: Options = USUAL
    made_by: int | None = None
    state: PushState = PushState.DRAFT
    send_at: datetime | None = None
    deadline: datetime | None = None
    remind_at: datetime | None = None
    progress_id: int | None = None


def create(db: sqlite3.Connection, push: Push) -> int:
    """Keep a new push, whatever its number, and return the one it gets."""
    cursor = db.execute(
        "INSERT INTO pushes (class, slug, version, options, made_by, state, send_at, deadline,"
        " remind_at, progress_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _values(push),
    )
    return int(cursor.lastrowid or 0)


def draft(db: sqlite3.Connection, push: Push) -> int:
    """Keep a draft in place of its maker's other one; the same one again stays as it is."""
    row = db.execute(
        "SELECT id FROM pushes WHERE made_by = ? AND state = 'draft'"
        " AND class = ? AND slug = ? AND version = ?",
        (push.made_by, push.class_id, push.slug, push.version),
    ).fetchone()
    if row:
        return int(row[0])
    db.execute("DELETE FROM pushes WHERE made_by = ? AND state = 'draft'", (push.made_by,))
    return create(db, push)


def change(db: sqlite3.Connection, push: Push) -> bool:
    """Keep the settings of a draft; False for what is no draft any more."""
    cursor = db.execute(
        "UPDATE pushes SET options = ?, send_at = ?, deadline = ?, remind_at = ?"
        " WHERE id = ? AND state = 'draft'",
        (
            push.options.to_json(),
            _text(push.send_at),
            _text(push.deadline),
            _text(push.remind_at),
            push.id,
        ),
    )
    return cursor.rowcount == 1


def confirm(db: sqlite3.Connection, push_id: int, now: datetime, progress_id: int | None) -> bool:
    """Let a draft wait for its time, which is now where it has none; False for no draft."""
    cursor = db.execute(
        "UPDATE pushes SET state = 'waiting', send_at = coalesce(send_at, ?), progress_id = ?"
        " WHERE id = ? AND state = 'draft'",
        (to_text(now), progress_id, push_id),
    )
    return cursor.rowcount == 1


def cancel(db: sqlite3.Connection, push_id: int) -> bool:
    """Stop a push that is not through; what was sent of it stays. False for one that is."""
    cursor = db.execute(
        "UPDATE pushes SET state = 'cancelled'"
        " WHERE id = ? AND state IN ('draft', 'waiting', 'sending')",
        (push_id,),
    )
    return cursor.rowcount == 1


def load(db: sqlite3.Connection, push_id: int) -> Push | None:
    """Return a push by its number."""
    row = db.execute(f"SELECT {_COLUMNS} FROM pushes WHERE id = ?", (push_id,)).fetchone()  # noqa: S608 - constant names
    return _push(row) if row else None


def confirmed(db: sqlite3.Connection, class_ids: Sequence[int] | None = None) -> list[Push]:
    """Return all pushes but drafts, of these classes where they are named, the newest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM pushes WHERE state != 'draft' ORDER BY id DESC"  # noqa: S608 - constant names
    )
    found = [_push(row) for row in rows]
    return [push for push in found if class_ids is None or push.class_id in class_ids]


def to_send(db: sqlite3.Connection, now: datetime) -> list[Push]:
    """Return the pushes whose time has come or that are being sent, the earliest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM pushes WHERE state = 'sending'"  # noqa: S608 - constant names
        " OR (state = 'waiting' AND send_at <= ?) ORDER BY send_at, id",
        (to_text(now),),
    )
    return [_push(row) for row in rows]


def to_remind(db: sqlite3.Connection, now: datetime) -> list[Push]:
    """Return the pushes with reminders that are due and not through."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM pushes WHERE state = 'sent' AND remind_at <= ? AND EXISTS"  # noqa: S608 - constant names
        " (SELECT 1 FROM deliveries WHERE push = id AND reminder IN ('', 'waiting'))"
        " ORDER BY remind_at, id",
        (to_text(now),),
    )
    return [_push(row) for row in rows]


def next_time(db: sqlite3.Connection) -> datetime | None:
    """Return when the next push or reminder is due, in the past for one that waits for nothing."""
    row = db.execute(
        "SELECT min(at) FROM (SELECT send_at AS at FROM pushes WHERE state = 'waiting'"
        " UNION ALL SELECT remind_at FROM pushes WHERE state = 'sent' AND remind_at IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM deliveries WHERE push = id AND reminder = ''))"
    ).fetchone()
    return from_text(row[0]) if row[0] else None


def start(db: sqlite3.Connection, push_id: int) -> None:
    """Begin to send a push: a row for everybody who learns in its class by now."""
    cursor = db.execute(
        "UPDATE pushes SET state = 'sending' WHERE id = ? AND state = 'waiting'", (push_id,)
    )
    if cursor.rowcount:
        db.execute(
            "INSERT INTO deliveries (push, learner, state)"
            " SELECT pushes.id, learner, 'waiting' FROM pushes JOIN members"
            " ON members.class = pushes.class WHERE pushes.id = ? ORDER BY members.rowid",
            (push_id,),
        )


def finish(db: sqlite3.Connection, push_id: int) -> None:
    """Mark a push as sent."""
    db.execute("UPDATE pushes SET state = 'sent' WHERE id = ? AND state = 'sending'", (push_id,))


def watcher(db: sqlite3.Connection, push: Push) -> int | None:
    """Return who is told how a push goes: its maker, or who leads its class."""
    if push.made_by is not None:
        return push.made_by
    row = db.execute(
        "SELECT learner FROM class_instructors WHERE class = ? ORDER BY leads DESC, rowid LIMIT 1",
        (push.class_id,),
    ).fetchone()
    return int(row[0]) if row else None


def show_in(db: sqlite3.Connection, push_id: int, message_id: int) -> None:
    """Keep which message shows how a push goes."""
    db.execute("UPDATE pushes SET progress_id = ? WHERE id = ?", (message_id, push_id))


def _values(push: Push) -> tuple[object, ...]:
    return (
        push.class_id,
        push.slug,
        push.version,
        push.options.to_json(),
        push.made_by,
        push.state,
        _text(push.send_at),
        _text(push.deadline),
        _text(push.remind_at),
        push.progress_id,
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def _push(row: tuple[Any, ...]) -> Push:
    push_id, class_id, slug, version, options, made_by, state, *moments, progress_id = row
    send_at, deadline, remind_at = (from_text(text) if text else None for text in moments)
    return Push(
        id=push_id,
        class_id=class_id,
        slug=slug,
        version=version,
        options=from_json(options),
        made_by=made_by,
        state=PushState(state),
        send_at=send_at,
        deadline=deadline,
        remind_at=remind_at,
        progress_id=progress_id,
    )

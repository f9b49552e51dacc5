"""The inbox: updates as they came, kept until they are handled and their answers are sent.

received   body                      kept in one transaction with its batch
done       replies, no body          in the transaction of the update's effects
sent       neither                   the number alone, to recognise a second delivery
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store import calls
from bot.store.calls import Call
from bot.store.moments import to_text

TOO_MANY = "too many"
"""What is noted of an update that was passed over because too many of its chat waited."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """Answers to a handled update that were not yet sent."""

    update_id: int
    replies: tuple[Call, ...]


def keep(
    db: sqlite3.Connection, updates: Sequence[Mapping[str, object]], now: datetime
) -> list[Mapping[str, object]]:
    """Keep a batch and return the updates of it that were not there before."""
    new = []
    for update in updates:
        cursor = db.execute(
            "INSERT OR IGNORE INTO inbox (update_id, received_at, chat_id, body)"
            " VALUES (?, ?, ?, ?)",
            (update["update_id"], to_text(now), _chat_of(update), json.dumps(update)),
        )
        if cursor.rowcount:
            new.append(update)
    return new


def done(
    db: sqlite3.Connection,
    update_id: int,
    replies: Sequence[Call],
    now: datetime,
    failure: str | None = None,
) -> None:
    """Mark an update as handled, with the answers that are still to be sent.

    `failure` names what went wrong in handling it. Such an update is not handled again: by then
    the conversation has gone on, and old words would answer another question.
    """
    db.execute(
        "UPDATE inbox SET body = NULL, done_at = ?, replies = ?, failure = ? WHERE update_id = ?",
        (to_text(now), calls.dump(replies) if replies else None, failure, update_id),
    )
    if not replies:
        sent(db, update_id)


def sent(db: sqlite3.Connection, update_id: int) -> None:
    """Mark the answers to an update as sent; from then on nothing says whose it was."""
    db.execute("UPDATE inbox SET replies = NULL, chat_id = NULL WHERE update_id = ?", (update_id,))


def forget(db: sqlite3.Connection, telegram_id: int, update_id: int) -> None:
    """Empty whatever waited from or for a person, up to the update in which they asked for it.

    A private chat has the id of its person. What they wrote after that update is a new beginning.
    """
    db.execute(
        "UPDATE inbox SET body = NULL, replies = NULL, chat_id = NULL, failure = NULL,"
        " done_at = coalesce(done_at, received_at) WHERE chat_id = ?1 AND (update_id <= ?2 OR"
        " received_at < (SELECT received_at FROM inbox WHERE update_id = ?2))",
        (telegram_id, update_id),
    )


def left(db: sqlite3.Connection, update_id: int, replies: Sequence[Call]) -> None:
    """Keep the answers that are still to be sent after some were."""
    db.execute("UPDATE inbox SET replies = ? WHERE update_id = ?", (calls.dump(replies), update_id))


def failed(db: sqlite3.Connection, update_id: int, failure: str) -> None:
    """Note why an update could not be parsed; its body is kept and not tried again."""
    db.execute("UPDATE inbox SET failure = ? WHERE update_id = ?", (failure, update_id))


def unhandled(db: sqlite3.Connection) -> list[dict[str, object]]:
    """Return the updates that are not done, in the order in which they were numbered."""
    rows = db.execute(
        "SELECT body FROM inbox WHERE body IS NOT NULL AND failure IS NULL ORDER BY update_id"
    )
    return [json.loads(body) for (body,) in rows]


def unsent(db: sqlite3.Connection) -> list[Unsent]:
    """Return the answers that were not sent, in the order of their updates."""
    rows = db.execute(
        "SELECT update_id, replies FROM inbox WHERE replies IS NOT NULL ORDER BY update_id"
    )
    return [Unsent(update_id, calls.load(replies)) for update_id, replies in rows]


def waiting(db: sqlite3.Connection) -> tuple[int, int]:
    """Count the updates that are not handled and those with answers that are not sent."""
    handled_not: int
    sent_not: int
    (handled_not,) = db.execute(
        "SELECT count(*) FROM inbox WHERE body IS NOT NULL AND failure IS NULL"
    ).fetchone()
    (sent_not,) = db.execute("SELECT count(*) FROM inbox WHERE replies IS NOT NULL").fetchone()
    return handled_not, sent_not


def done_since(db: sqlite3.Connection, *moments: datetime) -> list[tuple[int, int]]:
    """Count for each moment the updates handled since, and of all since those that failed.

    One that was passed over did not fail. One pass over the whole inbox: some tenths of a second
    where it holds a million updates.
    """
    counts = ", ".join(
        "count(*) FILTER (WHERE done_at >= ?),"
        " count(*) FILTER (WHERE failure != ? AND coalesce(done_at, received_at) >= ?)"
        for _ in moments
    )
    given = [one for moment in map(to_text, moments) for one in (moment, TOO_MANY, moment)]
    row = db.execute(f"SELECT {counts} FROM inbox", given).fetchone()  # noqa: S608 - only places
    return list(zip(row[::2], row[1::2], strict=True))


def handled(db: sqlite3.Connection, update_id: int) -> bool:
    """Whether an update is done already."""
    row = db.execute(
        "SELECT 1 FROM inbox WHERE update_id = ? AND done_at IS NOT NULL", (update_id,)
    ).fetchone()
    return row is not None


def _chat_of(update: Mapping[str, Any]) -> int | None:
    """Return the chat that a raw update of any shape comes from, where it says so."""
    part = update.get("message") or update.get("callback_query")
    if not isinstance(part, Mapping):
        return None
    message = part.get("message", part)
    chat = message.get("chat") if isinstance(message, Mapping) else None
    chat_id = chat.get("id") if isinstance(chat, Mapping) else None
    return chat_id if type(chat_id) is int and abs(chat_id) < 2**63 else None

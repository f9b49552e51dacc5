"""The inbox: updates as they came, kept until they are handled and their answers are sent.

received   body                      kept in one transaction with its batch
unusable   body and failure          the same; never handled, kept for a person to look at
done       replies, no body          in the transaction of the update's effects
sent       neither                   the numbers alone, to recognise a second delivery

An update goes by its number here, which counts in the order of arrival: the id that Telegram gave
it may come again for another one. What counts as a second delivery is decided in `arrivals`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.store import calls
from bot.store.calls import Call
from bot.store.moments import to_text

TOO_MANY = "too many"
"""What is noted of an update that was passed over because too many of its chat waited."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """Answers to a handled update that were not yet sent."""

    number: int
    replies: tuple[Call, ...]


def done(
    db: sqlite3.Connection,
    number: int,
    replies: Sequence[Call],
    now: datetime,
    failure: str | None = None,
) -> None:
    """Mark an update as handled, with the answers that are still to be sent.

    `failure` names what went wrong in handling it. Such an update is not handled again: by then
    the conversation has gone on, and old words would answer another question.
    """
    db.execute(
        "UPDATE inbox SET body = NULL, done_at = ?, replies = ?, failure = ? WHERE number = ?",
        (to_text(now), calls.dump(replies) if replies else None, failure, number),
    )
    if not replies:
        sent(db, number)


def sent(db: sqlite3.Connection, number: int) -> None:
    """Mark the answers to an update as sent; from then on nothing says whose it was."""
    db.execute("UPDATE inbox SET replies = NULL, chat_id = NULL WHERE number = ?", (number,))


def forget(db: sqlite3.Connection, telegram_id: int, number: int) -> None:
    """Empty whatever waited from or for a person, up to the update in which they asked for it.

    A private chat has the id of its person. An update of another chat, or of none, may name them
    too: one that nobody can handle stays as it came. What they wrote after that update is a new
    beginning.
    """
    emptied = (
        "UPDATE inbox SET body = NULL, replies = NULL, chat_id = NULL, failure = NULL,"
        " checksum = NULL, done_at = coalesce(done_at, received_at) WHERE number <= ?"
    )
    db.execute(f"{emptied} AND chat_id = ?", (number, telegram_id))
    db.execute(f"{emptied} AND {_NAMED}", (number, *_names(telegram_id)))


def forget_all(db: sqlite3.Connection, telegram_id: int) -> None:
    """Empty whatever waited from or for a person, in a database of any version."""
    emptied = (
        "UPDATE inbox SET body = NULL, replies = NULL, chat_id = NULL, failure = NULL,"
        " done_at = coalesce(done_at, received_at)"
    )
    db.execute(f"{emptied} WHERE chat_id = ?", (telegram_id,))
    db.execute(f"{emptied} WHERE {_NAMED}", _names(telegram_id))


_NAMED = "body IS NOT NULL AND (instr(body, ?) OR instr(body, ?))"
"""Whether a body names a person, for the two `_names` of them; few bodies are kept at any time."""


def _names(telegram_id: int) -> tuple[str, str]:
    """Return how a body names a person, as `arrivals.keep` writes it: as a whole number."""
    return f'"id": {telegram_id},', f'"id": {telegram_id}}}'


def left(db: sqlite3.Connection, number: int, replies: Sequence[Call]) -> None:
    """Keep the answers that are still to be sent after some were."""
    db.execute(
        "UPDATE inbox SET replies = ? WHERE number = ?",
        (calls.dump(replies, held=True), number),
    )


def sending(db: sqlite3.Connection, number: int, replies: Sequence[Call]) -> None:
    """Note that answers that were kept are being sent: from now on they may have arrived."""
    db.execute("UPDATE inbox SET replies = ? WHERE number = ?", (calls.dump(replies), number))


def replies_to(db: sqlite3.Connection, number: int) -> tuple[Call, ...]:
    """Return the answers to an update that were not sent; none where it was forgotten since."""
    row = db.execute("SELECT replies FROM inbox WHERE number = ?", (number,)).fetchone()
    return calls.load(row[0]) if row and row[0] else ()


def unsent_by_chat(db: sqlite3.Connection) -> dict[int | None, list[int]]:
    """Return the updates whose answers were not sent, in their order, by the chats they are of."""
    found: dict[int | None, list[int]] = {}
    for chat_id, number in db.execute(
        "SELECT chat_id, number FROM inbox WHERE replies IS NOT NULL ORDER BY number"
    ):
        found.setdefault(chat_id, []).append(number)
    return found


def failed(db: sqlite3.Connection, number: int, failure: str) -> None:
    """Note why an update could not be parsed; its body is kept and not tried again."""
    db.execute("UPDATE inbox SET failure = ? WHERE number = ?", (failure, number))


def unhandled(db: sqlite3.Connection) -> list[dict[str, object]]:
    """Return the updates that are not done, as `arrivals.keep` does, in the order of arrival."""
    rows = db.execute(
        "SELECT number, body FROM inbox WHERE body IS NOT NULL AND failure IS NULL ORDER BY number"
    )
    return [json.loads(body) | {"update_id": number} for number, body in rows]


def unsent(db: sqlite3.Connection) -> list[Unsent]:
    """Return the answers that were not sent, in the order in which their updates arrived."""
    rows = db.execute("SELECT number, replies FROM inbox WHERE replies IS NOT NULL ORDER BY number")
    return [Unsent(number, calls.load(replies)) for number, replies in rows]


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


def handled(db: sqlite3.Connection, number: int) -> bool:
    """Whether an update is done already."""
    row = db.execute(
        "SELECT 1 FROM inbox WHERE number = ? AND done_at IS NOT NULL", (number,)
    ).fetchone()
    return row is not None

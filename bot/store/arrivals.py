"""What arrives in the inbox: every update is kept, and one that came before is recognised.

Telegram keeps an update for a day at most, so a second delivery of it comes within a day, and has
the same content. Its id alone does not tell: after a week of silence the ids begin anew at random
(Bot API, `Update.update_id` and "Getting updates").
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store.inbox import TOO_MANY
from bot.store.moments import to_text

REUSED_AFTER = timedelta(days=6)
"""From this age on an update with the same id is another one.

A week of silence comes before ids begin anew, and what came last before it may have been a day on
its way (see above).
"""

LARGEST_ID = 2**63 - 1
"""What SQLite's integers hold; Telegram's ids are smaller by far."""

DEEPEST = 200
"""Levels of nesting, of which Telegram uses about ten: what is read in one place is then read in
every other, however deep the calls are there."""

_CHECKED = 2
"""Bytes of a checksum: of two contents with one id one pair in 65,536 is taken for one content,
and nobody finds out from so little who wrote what."""


# Made once: `json.dumps` makes one each time that anything but its defaults is asked for.
_encode = json.JSONEncoder(sort_keys=True).encode

_INSERT = (
    "INSERT INTO inbox (update_id, checksum, received_at, chat_id, body, done_at, failure)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was new in a batch.

    `updates` are to be handled: as they came, but under the number that the inbox has given them.
    So are those in `over`, for which there was no room: they are done. `unusable` says of each of
    the others why nobody can handle it.
    """

    updates: list[dict[str, Any]]
    unusable: list[str]
    over: list[dict[str, Any]]


def usable_id(update: object) -> int | None:
    """Return the id of an update, None where it has none that can be one."""
    found = update.get("update_id") if isinstance(update, Mapping) else None
    # True is an int too.
    return found if type(found) is int and 0 <= found <= LARGEST_ID else None


def keep(
    db: sqlite3.Connection,
    batch: Sequence[object],
    now: datetime,
    has_room: Callable[[Mapping[str, Any]], bool] = lambda _: True,
) -> Kept:
    """Keep whatever came, in the order of the ids, and return what of it was not there before.

    `has_room` is asked in this order, once for each update that can be handled: may it wait? Of
    one that may not, only that it came is kept: it is written once and never touched again.
    """
    kept = Kept([], [], [])
    moment, oldest = to_text(now), to_text(now - REUSED_AFTER)
    for update in sorted(batch, key=_place):
        body, failure = _written(update)
        update_id = usable_id(update)
        checksum = int.from_bytes(hashlib.blake2b(body.encode(), digest_size=_CHECKED).digest())
        if _came_before(db, update_id, checksum, body, oldest):
            continue
        came = (update_id, checksum, moment)
        if failure is not None or not isinstance(update, Mapping):
            db.execute(_INSERT, (*came, _chat_of(update), body, None, failure))
            kept.unusable.append(str(failure))
        elif has_room(update):
            number = db.execute(_INSERT, (*came, _chat_of(update), body, None, None)).lastrowid
            kept.updates.append({**update, "update_id": number})
        else:
            number = db.execute(_INSERT, (*came, None, None, moment, TOO_MANY)).lastrowid
            kept.over.append({**update, "update_id": number})
    return kept


def _place(update: object) -> int:
    """Order a batch as Telegram numbered it; what has no number comes last."""
    found = usable_id(update)
    return LARGEST_ID if found is None else found


def _written(update: object) -> tuple[str, str | None]:
    """Return an update as JSON in ASCII, whatever is in it, and why nobody can handle it."""
    try:
        body = _encode(update)
    except (RecursionError, ValueError, TypeError) as error:
        return "null", f"cannot be written: {type(error).__name__}"
    if not isinstance(update, Mapping):
        return body, "not an object"
    if usable_id(update) is None:
        return body, "no usable update_id"
    # Nothing is nested deeper than it has brackets, which are counted in no time.
    if body.count("[") + body.count("{") > DEEPEST and _is_deep(update):
        return body, "nested too deeply"
    return body, None


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _came_before(
    db: sqlite3.Connection, update_id: int | None, checksum: int, body: str, oldest: str
) -> bool:
    """Whether an update is there already; of a forgotten one nothing but its id is left."""
    if update_id is None:
        found = db.execute(
            "SELECT 1 FROM inbox WHERE update_id IS NULL AND received_at >= ? AND checksum = ?"
            " AND body = ? LIMIT 1",
            (oldest, checksum, body),
        )
    else:
        found = db.execute(
            "SELECT 1 FROM inbox WHERE update_id = ? AND received_at >= ?"
            " AND coalesce(checksum, ?3) = ?3 LIMIT 1",
            (update_id, oldest, checksum),
        )
    return found.fetchone() is not None


def _chat_of(update: object) -> int | None:
    """Return the chat that a raw update of any shape comes from, where it says so."""
    if not isinstance(update, Mapping):
        return None
    part = update.get("message") or update.get("callback_query")
    if not isinstance(part, Mapping):
        return None
    message = part.get("message", part)
    chat = message.get("chat") if isinstance(message, Mapping) else None
    chat_id = chat.get("id") if isinstance(chat, Mapping) else None
    return chat_id if type(chat_id) is int and abs(chat_id) <= LARGEST_ID else None

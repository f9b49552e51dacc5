"""Removing what need not be kept: identities of people long silent, and what was typed long ago.

Scores, verdicts and chosen answers are never removed here; a learner without identity stays a
number in the log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.store.attempts import Unit
from bot.store.inbox import TOO_MANY
from bot.store.moments import to_text

CHUNK = 20_000
"""Rows of the log that one unit of work looks through, so that answers do not wait for long."""

_SILENT = (
    "SELECT identities.learner FROM identities JOIN learners ON learners.id = identities.learner"
    " WHERE created_at < ?1"
    " AND NOT EXISTS (SELECT 1 FROM answers WHERE learner = identities.learner AND at >= ?1)"
    " AND NOT EXISTS (SELECT 1 FROM rounds WHERE learner = identities.learner AND started_at >= ?1)"
    " AND NOT EXISTS (SELECT 1 FROM members WHERE learner = identities.learner"
    " AND joined_at >= ?1)"
    # Whoever teaches or operates leaves no trace here by working.
    " AND identities.learner NOT IN (SELECT learner FROM roles)"
    " AND identities.learner NOT IN (SELECT learner FROM class_instructors)"
)

_LEFT = (
    "DELETE FROM drafts WHERE made_at < ?",
    "DELETE FROM invitations WHERE expires_at < ?",
    """UPDATE inbox SET body = NULL, replies = NULL, chat_id = NULL,
        done_at = coalesce(done_at, received_at)
        WHERE received_at < ?
        AND (replies IS NOT NULL OR (failure IS NOT NULL AND body IS NOT NULL))""",
)
_TYPED = (
    """UPDATE answers SET said = json_object('reason', '')
        WHERE at < ? AND id >= ? AND id < ? AND ask = 'reason'
        AND json_extract(said, '$.reason') != ''""",
    """UPDATE answers SET said = json_set(said, '$.strays', json('[]'))
        WHERE at < ? AND id >= ? AND id < ? AND ask = 'loaded'
        AND json_array_length(said, '$.strays') > 0""",
    "UPDATE disputes SET words = '' WHERE at < ? AND answer >= ? AND answer < ? AND words != ''",
)


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many people lost their identity, how many answers and objections their typed words.

    `leftovers` are drafts, used-up invitations and messages that could not be handled.
    """

    identities: int = 0
    texts: int = 0
    leftovers: int = 0

    def __add__(self, other: Pruned) -> Pruned:
        return Pruned(
            self.identities + other.identities,
            self.texts + other.texts,
            self.leftovers + other.leftovers,
        )


def settled_updates(before: datetime) -> Unit[int]:
    """Return the unit of work that removes some updates which were done before a moment.

    What is kept of them, and of what was passed over, is a number, to know a second delivery by,
    and Telegram keeps no update for longer than a day. Its value is how many were removed; fewer
    than `CHUNK` are the last.
    """
    moment = to_text(before)
    return lambda writer: (
        writer.execute(
            "DELETE FROM inbox WHERE rowid IN (SELECT rowid FROM inbox WHERE done_at < ?"
            " AND body IS NULL AND replies IS NULL AND coalesce(failure, ?2) = ?2"
            " ORDER BY rowid LIMIT ?)",
            (moment, TOO_MANY, CHUNK),
        ).rowcount
    )


def units(db: sqlite3.Connection, before: datetime) -> Iterator[Unit[Pruned]]:
    """Yield the units of work that remove all that is older than a moment, none of them long."""
    moment = to_text(before)
    yield lambda writer: _people(writer, moment)
    yield lambda writer: _leftovers(writer, moment)
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM answers").fetchone()
    for first in range(0, last + 1, CHUNK):
        yield lambda writer, first=first: _texts(writer, moment, first)  # type: ignore[misc] # first is this turn's


def _people(db: sqlite3.Connection, before: str) -> Pruned:
    silent = [learner for (learner,) in db.execute(_SILENT, (before,))]
    for table in ("identities", "members", "awaited", "presses"):
        db.executemany(f"DELETE FROM {table} WHERE learner = ?", [(one,) for one in silent])  # noqa: S608 - constant names
    return Pruned(identities=len(silent))


def _leftovers(db: sqlite3.Connection, before: str) -> Pruned:
    count = sum(db.execute(statement, (before,)).rowcount for statement in _LEFT)
    return Pruned(leftovers=count)


def _texts(db: sqlite3.Connection, before: str, first: int) -> Pruned:
    chunk = (before, first, first + CHUNK)
    return Pruned(texts=sum(db.execute(statement, chunk).rowcount for statement in _TYPED))

"""Rounds in the store: which questions, how far; the open one is the conversation."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.quiz.labels import Ask
from bot.quiz.options import from_json
from bot.quiz.rounds import Item, Round
from bot.store import log
from bot.store.moments import from_text, to_text

Resolve = Callable[[str, int, str, Ask, bool], Item]
"""Makes an item of set, version, question id, what is asked, and whether it is taught."""


def begin(db: sqlite3.Connection, round_: Round, now: datetime) -> None:
    """Keep a new round and close the learner's other ones: one conversation, one round."""
    db.execute("UPDATE rounds SET closed = 1 WHERE learner = ? AND closed = 0", (round_.learner,))
    items = [
        [item.slug, item.version, item.question.id, item.ask, item.taught] for item in round_.items
    ]
    db.execute(
        "INSERT INTO rounds (id, learner, items, shown, shown_at, started_at, push, options)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            round_.id,
            round_.learner,
            json.dumps(items),
            round_.shown,
            to_text(round_.shown_at) if round_.shown_at else None,
            to_text(now),
            round_.push,
            round_.options.to_json(),
        ),
    )


def reopen(db: sqlite3.Connection, round_: Round) -> None:
    """Make a round the learner's open one again, in place of any other."""
    db.execute(
        "UPDATE rounds SET closed = (id != ?) WHERE learner = ?", (round_.id, round_.learner)
    )


def save(db: sqlite3.Connection, round_: Round) -> None:
    """Keep how far a round has come. Its grades are kept by the log."""
    db.execute(
        "UPDATE rounds SET shown = ?, shown_at = ?, closed = ? WHERE id = ?",
        (
            round_.shown,
            to_text(round_.shown_at) if round_.shown_at else None,
            round_.closed,
            round_.id,
        ),
    )


def remember_message(db: sqlite3.Connection, round_id: int, message_id: int | None) -> None:
    """Keep the id of the message that shows the open question, None where it is not known."""
    db.execute("UPDATE rounds SET message_id = ? WHERE id = ?", (message_id, round_id))


def forget_messages(db: sqlite3.Connection, telegram_id: int) -> None:
    """Forget which messages show questions to a person whose chat has begun anew."""
    db.execute(
        "UPDATE rounds SET message_id = NULL WHERE learner IN"
        " (SELECT learner FROM identities WHERE telegram_id = ?)",
        (telegram_id,),
    )


def message_of(db: sqlite3.Connection, round_id: int) -> int | None:
    """Return the id of the message that shows the open question, when it is known."""
    row = db.execute("SELECT message_id FROM rounds WHERE id = ?", (round_id,)).fetchone()
    return row[0] if row else None


def open_of(db: sqlite3.Connection, learner: int) -> int | None:
    """Return the id of the learner's open round."""
    row = db.execute(
        "SELECT id FROM rounds WHERE learner = ? AND closed = 0 ORDER BY started_at DESC LIMIT 1",
        (learner,),
    ).fetchone()
    return int(row[0]) if row else None


def load(db: sqlite3.Connection, learner: int, round_id: int, resolve: Resolve) -> Round | None:
    """Return a learner's round with the grades so far; None when it is not this learner's."""
    row = db.execute(
        "SELECT items, shown, shown_at, closed, push, rounds.options, deadline"
        " FROM rounds LEFT JOIN pushes ON push = pushes.id"
        " WHERE rounds.id = ? AND learner = ?",
        (round_id, learner),
    ).fetchone()
    if row is None:
        return None
    items, shown, shown_at, closed, push, options, deadline = row
    round_ = Round(
        id=round_id,
        learner=learner,
        items=tuple(
            resolve(slug, version, question, Ask(ask), taught)
            for slug, version, question, ask, taught in json.loads(items)
        ),
        shown=shown,
        shown_at=from_text(shown_at) if shown_at else None,
        closed=bool(closed),
        push=push,
        options=from_json(options),
        deadline=from_text(deadline) if deadline else None,
    )
    return replace(round_, grades=tuple(log.grades_of(db, round_)))


def of_push(db: sqlite3.Connection, learner: int, push: int) -> list[tuple[int, bool]]:
    """Return the rounds that a learner began of a push, in order, and whether each is done."""
    # The plus keeps SQLite from looking through everybody's rounds of the push for this learner's.
    rows = db.execute(
        "SELECT id, (SELECT count(*) FROM answers WHERE round = rounds.id)"
        " = json_array_length(items) FROM rounds WHERE learner = ? AND +push = ?"
        " ORDER BY started_at, rowid",
        (learner, push),
    )
    return [(round_id, bool(done)) for round_id, done in rows]

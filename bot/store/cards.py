"""Review cards: when a missed question comes back to a learner."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.quiz.review import ReviewCard
from bot.quiz.rounds import Item
from bot.quiz.rounds.state import Ref
from bot.store.moments import from_text, to_text


def load(db: sqlite3.Connection, learner: int, item: Item) -> ReviewCard | None:
    """Return the learner's card for a question, if it was ever missed."""
    row = db.execute(
        "SELECT card, due FROM cards WHERE learner = ? AND slug = ? AND question = ?",
        (learner, *item.ref),
    ).fetchone()
    return ReviewCard(row[0], from_text(row[1])) if row else None


def save(db: sqlite3.Connection, learner: int, item: Item, card: ReviewCard) -> None:
    """Keep a card in place of the learner's older one for the same question."""
    db.execute(
        "INSERT OR REPLACE INTO cards (learner, slug, question, card, due) VALUES (?, ?, ?, ?, ?)",
        (learner, *item.ref, card.state, to_text(card.due)),
    )


def due(db: sqlite3.Connection, learner: int, now: datetime) -> frozenset[Ref]:
    """Return the questions that are due for review now."""
    rows = db.execute(
        "SELECT slug, question FROM cards WHERE learner = ? AND due <= ?", (learner, to_text(now))
    )
    return frozenset((slug, question) for slug, question in rows)


def next_due(db: sqlite3.Connection, learner: int) -> datetime | None:
    """Return when the learner's next question is due, None when none was ever missed."""
    row = db.execute("SELECT min(due) FROM cards WHERE learner = ?", (learner,)).fetchone()
    return from_text(row[0]) if row[0] else None

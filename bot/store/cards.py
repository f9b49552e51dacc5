"""Review cards: when what was missed about a question comes back to a learner."""

from __future__ import annotations

import sqlite3

from bot.quiz.labels import Ask
from bot.quiz.review import ReviewCard, Schedule
from bot.quiz.rounds import Item
from bot.store.moments import from_text, to_text


def load(db: sqlite3.Connection, learner: int, item: Item) -> ReviewCard | None:
    """Return the learner's card for what an item asks, if it was ever missed."""
    row = db.execute(
        "SELECT card, due FROM cards WHERE learner = ? AND slug = ? AND question = ? AND ask = ?",
        (learner, *item.ref, item.ask),
    ).fetchone()
    return ReviewCard(row[0], from_text(row[1])) if row else None


def save(db: sqlite3.Connection, learner: int, item: Item, card: ReviewCard) -> None:
    """Keep a card in place of the learner's older one for the same thing."""
    put(db, learner, *item.ref, item.ask, card)


def put(
    db: sqlite3.Connection,
    learner: int,
    slug: str,
    question: str,
    ask: Ask,
    card: ReviewCard | None,
) -> None:
    """Keep what `save` keeps of a thing that is no item of a round; None takes the card away."""
    if card is None:
        db.execute(
            "DELETE FROM cards WHERE learner = ? AND slug = ? AND question = ? AND ask = ?",
            (learner, slug, question, ask),
        )
        return
    db.execute(
        "INSERT OR REPLACE INTO cards (learner, slug, question, ask, card, due)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (learner, slug, question, ask, card.state, to_text(card.due)),
    )


def schedule(db: sqlite3.Connection, learner: int) -> Schedule:
    """Return when everything that a learner ever missed is due."""
    rows = db.execute("SELECT slug, question, ask, due FROM cards WHERE learner = ?", (learner,))
    return {(slug, question, Ask(ask)): from_text(due) for slug, question, ask, due in rows}

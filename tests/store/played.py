"""Rounds that were begun, answered and kept, as the bot does it."""

from __future__ import annotations

import sqlite3

from bot.quiz.answers import Chosen, Said
from bot.quiz.labels import Ask, Kind
from bot.quiz.rounds import Item, LogEntry, Round
from bot.quiz.values import Judgement
from bot.store import log, rounds
from bot.store.database import Store
from tests.quiz.builders import NOW, item, playing, question, round_of

WRONG = Chosen(Kind.SOURCED_FACT)
QUESTIONS = {name: question(name=name, loaded=("despot",)) for name in ("a", "b", "c")}
ITEMS = (
    item(QUESTIONS["a"], taught=True),
    item(QUESTIONS["b"], Ask.LOADED, version=2),
    item(QUESTIONS["c"], Ask.REASON, slug="other"),
)


def resolve(slug: str, version: int, name: str, ask: Ask, taught: bool) -> Item:
    """Make an item of what the store kept of it."""
    return Item(slug, version, QUESTIONS[name], ask, taught)


def begun(store: Store, learner: int, number: int = 1, *items: Item) -> Round:
    """Return a fresh round that the store keeps."""
    round_ = round_of(*(items or ITEMS), number=number, learner=learner)
    store.write_now(lambda db: rounds.begin(db, round_, NOW))
    return round_


def answered(
    store: Store, round_: Round, *said: Said, judged: Judgement | None = None
) -> tuple[Round, list[LogEntry]]:
    """Return a round with some answers given, graded and kept, and what the log was given."""
    after, entries = playing(round_, *said, judged=judged)

    def keep(db: sqlite3.Connection) -> list[bool]:
        rounds.save(db, after)
        return [log.add(db, entry) for entry in entries]

    assert all(store.write_now(keep))
    return after, entries

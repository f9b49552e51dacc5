"""A learner's past, written into the score log without playing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.quiz.answers import Chosen
from bot.quiz.labels import Kind
from bot.store import learners, log, rounds
from tests.chat.dialogs import START, Chat
from tests.quiz.builders import item, playing, question, round_of


def called(chat: Chat, pairs: Sequence[tuple[Kind, Kind]]) -> None:
    """Let the learner have met questions of the first kinds and called them the second ones.

    The questions are of a set that is no longer there, so they come up in no round.
    """
    asked = [
        item(question(kind=kind, name=f"past-{n}"), slug="past")
        for n, (kind, _) in enumerate(pairs)
    ]

    def unit(db: sqlite3.Connection) -> None:
        learner = learners.enrol(db, chat.person.id, START)
        played, entries = playing(
            round_of(*asked, number=7, learner=learner), *(Chosen(said) for _, said in pairs)
        )
        rounds.begin(db, played, START)
        rounds.save(db, played)
        for entry in entries:
            assert log.add(db, entry)

    chat.bot.store.write_now(unit)

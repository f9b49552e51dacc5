"""Rounds in the store: the open one is the conversation, and belongs to its learner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from bot.quiz.answers import Marked, Reasoned
from bot.store import rounds
from bot.store.database import Store
from tests.quiz.builders import NOW, round_of, showing
from tests.store.played import ITEMS, WRONG, answered, begun, resolve


def test_a_fresh_round_comes_back_as_it_was(store: Store, learner: int) -> None:
    """Items with set, version, what is asked and whether it is taught survive being kept."""
    round_ = begun(store, learner)
    assert rounds.load(store.reader, learner, 1, resolve) == round_


def test_a_round_goes_on_where_it_was_after_reopening(
    store: Store, learner: int, path: Path
) -> None:
    """Answers, grades and the clock of the question shown are there after a restart."""
    half, _ = answered(store, begun(store, learner), WRONG, Marked(()))
    later = datetime(2026, 3, 2, 18, 30, 0, 250_000, tzinfo=timezone(timedelta(hours=5)))
    waiting = showing(half, later)
    store.write_now(lambda db: rounds.save(db, waiting))
    store.close()
    with Store(path) as again:
        found = rounds.load(again.reader, learner, 1, resolve)
        assert found == waiting
        assert found is not None
        assert found.shown_at == datetime(2026, 3, 2, 13, 30, 0, 250_000, tzinfo=UTC)
        assert rounds.open_of(again.reader, learner) == 1


def test_a_round_begun_with_its_question_shown_keeps_its_clock(store: Store, learner: int) -> None:
    """What was shown before the round was first kept is kept with it."""
    round_ = round_of(*ITEMS, learner=learner, shown=True)
    store.write_now(lambda db: rounds.begin(db, round_, NOW))
    assert rounds.load(store.reader, learner, 1, resolve) == round_


def test_a_finished_round_is_no_longer_open(store: Store, learner: int) -> None:
    """The last answer ends the conversation; the round can still be looked at."""
    round_, _ = answered(store, begun(store, learner), WRONG, Marked(()), Reasoned("so"))
    assert round_.closed
    assert rounds.open_of(store.reader, learner) is None
    assert rounds.load(store.reader, learner, 1, resolve) == round_


def test_a_new_round_closes_the_old_one(store: Store, learner: int, other: int) -> None:
    """A learner has one open round; another learner's is left alone."""
    first = begun(store, learner, 1)
    begun(store, other, 2)
    begun(store, learner, 3)
    assert rounds.open_of(store.reader, learner) == 3
    assert rounds.open_of(store.reader, other) == 2
    assert rounds.load(store.reader, learner, 1, resolve) == replace(first, closed=True)


def test_nobody_loads_anothers_round(store: Store, learner: int, other: int) -> None:
    """A round is there for its learner alone, also where others press its buttons."""
    begun(store, learner, 1)
    assert rounds.load(store.reader, other, 1, resolve) is None
    assert rounds.load(store.reader, learner, 2, resolve) is None
    assert rounds.open_of(store.reader, other) is None


def test_the_message_of_the_open_question_is_remembered(store: Store, learner: int) -> None:
    """The id of the message sent is kept, and saving the round does not lose it."""
    round_ = begun(store, learner, 1)
    assert rounds.message_of(store.reader, 1) is None
    store.write_now(lambda db: rounds.remember_message(db, 1, 4711))
    store.write_now(lambda db: rounds.save(db, showing(round_)))
    assert rounds.message_of(store.reader, 1) == 4711
    assert rounds.message_of(store.reader, 2) is None

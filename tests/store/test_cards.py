"""Review cards: one per learner, question and what was asked; when each of them is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.quiz.labels import Ask, Verdict
from bot.quiz.review import ReviewCard, due_now, reviewed
from bot.quiz.rounds import Item
from bot.store import cards
from bot.store.database import Store
from tests.quiz.builders import NOW, grade, item, question

A, B = item(question(name="a")), item(question(name="b"))
WHY = item(question(name="a"), Ask.REASON)

# items that are another thing to review than A
OTHERS: list[Item] = [B, WHY, item(question(name="a"), Ask.LOADED), replace(A, slug="other")]


def missed(now: datetime = NOW) -> ReviewCard:
    """Return the card of a question that was just missed."""
    card = reviewed(None, grade(Verdict.WRONG), now)
    assert card is not None
    return card


def save(store: Store, learner: int, card: ReviewCard, of: Item = A) -> None:
    """Keep a card of the first question, or of another thing."""
    store.write_now(lambda db: cards.save(db, learner, of, card))


def test_a_card_comes_back_and_goes_on(store: Store, learner: int, path: Path) -> None:
    """After reopening the card is the same, and the scheduler goes on from it."""
    card = missed()
    save(store, learner, card)
    store.close()
    with Store(path) as again:
        found = cards.load(again.reader, learner, A)
    assert found == card
    right = grade(Verdict.RIGHT)
    assert reviewed(found, right, card.due) == reviewed(card, right, card.due)


def test_a_later_card_replaces_the_earlier_one(store: Store, learner: int, other: int) -> None:
    """A thing asked has one card per learner, the newest, whatever version it was asked in."""
    first, second, others = missed(), missed(NOW + timedelta(days=3)), missed(NOW)
    save(store, learner, first)
    save(store, other, others)
    store.write_now(lambda db: cards.save(db, learner, replace(A, version=9), second))
    assert cards.load(store.reader, learner, A) == second
    assert cards.load(store.reader, other, A) == others
    assert cards.schedule(store.reader, learner) == {(*A.ref, Ask.KIND): second.due}


@pytest.mark.parametrize("another", OTHERS)
def test_each_thing_asked_has_a_card_of_its_own(store: Store, learner: int, another: Item) -> None:
    """Another question, set or type of question neither finds a card nor replaces it."""
    first, second = missed(), missed(NOW + timedelta(days=3))
    save(store, learner, first)
    assert cards.load(store.reader, learner, another) is None
    save(store, learner, second, another)
    assert cards.load(store.reader, learner, A) == first
    assert cards.load(store.reader, learner, another) == second


def test_the_schedule_says_when_everything_is_due(store: Store, learner: int, other: int) -> None:
    """The moment of each card stands under its set, question and ask, for its learner alone."""
    assert cards.schedule(store.reader, learner) == {}
    card, later = missed(), missed(NOW + timedelta(days=5))
    save(store, learner, card)
    save(store, learner, later, WHY)
    save(store, learner, later, B)
    assert cards.schedule(store.reader, learner) == {
        ("set", "a", Ask.KIND): card.due,
        ("set", "a", Ask.REASON): later.due,
        ("set", "b", Ask.KIND): later.due,
    }
    assert cards.schedule(store.reader, other) == {}


def test_what_is_kept_is_due_from_its_moment_on(store: Store, learner: int) -> None:
    """A card out of the store is due at its very moment and not before, in any time zone."""
    card = missed()
    save(store, learner, card)
    schedule = cards.schedule(store.reader, learner)
    zone = timezone(timedelta(hours=-8))
    assert due_now(schedule, card.due - timedelta(seconds=1)) == {}
    assert due_now(schedule, card.due.astimezone(zone)) == {A.ref: frozenset({Ask.KIND})}

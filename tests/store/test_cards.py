"""Review cards: one per learner and question, found when they are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.quiz.labels import Verdict
from bot.quiz.review import ReviewCard, reviewed
from bot.store import cards
from bot.store.database import Store
from tests.quiz.builders import NOW, grade, item, question

A, B = item(question(name="a")), item(question(name="b"))


def missed(now: datetime = NOW) -> ReviewCard:
    """Return the card of a question that was just missed."""
    card = reviewed(None, grade(Verdict.WRONG), now)
    assert card is not None
    return card


def save(store: Store, learner: int, card: ReviewCard, of: object = A) -> None:
    """Keep a card of the first question, or of another."""
    kept = B if of is B else A
    store.write_now(lambda db: cards.save(db, learner, kept, card))


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
    """A question has one card per learner, the newest, whatever version it was asked in."""
    first, second, others = missed(), missed(NOW + timedelta(days=3)), missed(NOW)
    save(store, learner, first)
    save(store, other, others)
    store.write_now(lambda db: cards.save(db, learner, replace(A, version=9), second))
    assert cards.load(store.reader, learner, A) == second
    assert cards.load(store.reader, other, A) == others
    assert cards.load(store.reader, learner, B) is None


def test_what_is_due_is_due_from_its_moment_on(store: Store, learner: int, other: int) -> None:
    """A question is due at its moment and after it, in any time zone, and to its learner alone."""
    card = missed()
    save(store, learner, card)
    save(store, learner, missed(NOW + timedelta(days=5)), B)
    zone = timezone(timedelta(hours=-8))
    assert cards.due(store.reader, learner, card.due - timedelta(seconds=1)) == frozenset()
    assert cards.due(store.reader, learner, card.due.astimezone(zone)) == {A.ref}
    assert cards.due(store.reader, learner, card.due + timedelta(days=9)) == {A.ref, B.ref}
    assert cards.due(store.reader, other, card.due + timedelta(days=9)) == frozenset()


def test_the_next_review_is_the_earliest(store: Store, learner: int, other: int) -> None:
    """Of several cards the first one due is told; without cards there is none."""
    assert cards.next_due(store.reader, learner) is None
    save(store, learner, missed(NOW + timedelta(days=5)), B)
    save(store, learner, missed())
    assert cards.next_due(store.reader, learner) == missed().due
    assert cards.next_due(store.reader, other) is None

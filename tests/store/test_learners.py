"""Learners: numbers, identities, and forgetting somebody for good."""

from __future__ import annotations

import sqlite3

from bot.quiz.labels import Verdict
from bot.quiz.review import reviewed
from bot.store import arrivals, cards, inbox, learners, log
from bot.store.database import Store
from tests.quiz.builders import NOW, grade
from tests.store.played import ITEMS, WRONG, answered, begun

TELEGRAM_ID = 700001
TABLES = ("learners", "identities", "rounds", "answers", "disputes", "cards")


def rows(store: Store) -> dict[str, int]:
    """Count the rows of every table that knows learners."""
    return {
        table: store.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - constant names
        for table in TABLES
    }


def lived(store: Store, learner: int, number: int) -> None:
    """Let a learner play, miss, disagree and leave a card behind."""
    round_ = begun(store, learner, number)
    answered(store, round_, WRONG)
    card = reviewed(None, grade(Verdict.WRONG), NOW)
    assert card is not None

    def keep(db: sqlite3.Connection) -> None:
        cards.save(db, learner, ITEMS[0], card)
        assert log.dispute(db, learner, number, 0, NOW)

    store.write_now(keep)


def test_a_learner_keeps_one_number(store: Store, learner: int, other: int) -> None:
    """Enrolling again gives the number that somebody has; others have others."""
    again = store.write_now(lambda db: learners.enrol(db, TELEGRAM_ID, NOW))
    assert again == learner != other
    assert learners.find(store.reader, TELEGRAM_ID) == learner


def test_somebody_who_never_wrote_has_no_number(store: Store) -> None:
    """Looking for a stranger enrols nobody."""
    assert learners.find(store.reader, 5) is None
    assert rows(store)["learners"] == 0


def test_forgetting_removes_everything_of_a_learner(store: Store, learner: int, other: int) -> None:
    """Identity, rounds, answers, disputes and cards go; another learner's stay."""
    lived(store, learner, 1)
    alone = rows(store)
    assert all(alone.values())
    lived(store, other, 2)
    store.write_now(lambda db: learners.forget(db, other))
    alone |= {"learners": 1, "identities": 1}
    assert rows(store) == alone
    store.write_now(lambda db: learners.forget(db, learner))
    assert rows(store) == dict.fromkeys(TABLES, 0)


def test_a_forgotten_telegram_id_is_nowhere_in_the_database(store: Store, learner: int) -> None:
    """After forgetting, and with the inbox worked off, no dump of the file names the person."""
    lived(store, learner, 1)
    update = {"update_id": 1, "message": {"from": {"id": TELEGRAM_ID}, "text": "/forget"}}
    store.write_now(lambda db: arrivals.keep(db, [update], NOW))
    assert str(TELEGRAM_ID) in "\n".join(store.reader.iterdump())

    def forget(db: sqlite3.Connection) -> None:
        learners.forget(db, learner)
        inbox.done(db, 1, (), NOW)

    store.write_now(forget)
    assert str(TELEGRAM_ID) not in "\n".join(store.reader.iterdump())
    assert learners.find(store.reader, TELEGRAM_ID) is None


def test_a_forgotten_number_is_never_given_out_again(
    store: Store, learner: int, other: int
) -> None:
    """Whoever comes after somebody forgotten, the same person too, gets a number of their own."""
    store.write_now(lambda db: learners.forget(db, other))
    back = store.write_now(lambda db: learners.enrol(db, 700002, NOW))
    assert back > other > learner

"""The score log as it is looked through: what is found, what a row tells, how much is read."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.quiz.labels import GradedBy, Kind, Verdict
from bot.quiz.rounds import LogEntry
from bot.quiz.values import Grade
from bot.store import disputes, log, logbook, regrades
from bot.store.database import Store
from bot.store.disputes import Decision
from bot.store.filters import EVERYTHING, Filter
from bot.store.regrades import Why
from tests.quiz.builders import NOW
from tests.store.played import ITEMS, WRONG, begun

HOUR = timedelta(hours=1)
RIGHT = Grade(1.0, Verdict.RIGHT, GradedBy.KEY, Kind.OPINION)
GRADES = {
    Verdict.RIGHT: RIGHT,
    Verdict.WRONG: replace(RIGHT, score=0.0, verdict=Verdict.WRONG),
    Verdict.UNSURE: replace(RIGHT, verdict=Verdict.UNSURE, graded_by=GradedBy.READER),
}
LOGGED = (
    # learner, item, verdict, hours after NOW
    (1, 0, Verdict.WRONG, 0),
    (1, 2, Verdict.UNSURE, 1),
    (2, 0, Verdict.RIGHT, 2),
    (2, 1, Verdict.UNSURE, 3),
    (2, 2, Verdict.WRONG, 4),
)


@pytest.fixture
def logged(store: Store, learner: int, other: int) -> Store:
    """Return a store with the answers of the table above; 5 is disputed, 1 and 4 are regraded."""
    for number, who in ((1, learner), (2, other)):
        begun(store, who, number)

    def fill(db: sqlite3.Connection) -> None:
        for who, item, verdict, hours in LOGGED:
            at = NOW + hours * HOUR
            log.add(db, LogEntry(who, who, item, ITEMS[item], WRONG, GRADES[verdict], at, 2.0))
        log.dispute(db, 2, 2, 2, NOW)
        disputes.object_to(db, 2, 2, 2, "it is no opinion")
        person = replace(RIGHT, graded_by=GradedBy.PERSON)
        regrades.add(db, 1, GRADES[Verdict.RIGHT], 7, None, Why.KEY_CHANGED, NOW + 5 * HOUR)
        regrades.add(db, 1, GRADES[Verdict.WRONG], 1, None, Why.UNDONE, NOW + 6 * HOUR)
        regrades.add(db, 4, person, 2, 1, Why.DECIDED, NOW + 7 * HOUR)

    store.write_now(fill)
    return store


# what is looked for → the numbers of the answers that are found
FOUND: list[tuple[Filter, list[int]]] = [
    (EVERYTHING, [1, 2, 3, 4, 5]),
    (Filter(learner=2), [3, 4, 5]),
    (Filter(slug="other"), [2, 5]),
    (Filter(slug="nowhere"), []),
    (Filter(verdict=Verdict.WRONG), [1, 5]),
    (Filter(verdict=Verdict.RIGHT), [3, 4]),
    (Filter(verdict=Verdict.UNSURE), [2]),
    (Filter(verdict=Verdict.LATE), []),
    (Filter(since=NOW + 2 * HOUR), [3, 4, 5]),
    (Filter(until=NOW + 2 * HOUR), [1, 2]),
    (Filter(since=NOW + HOUR, until=NOW + 4 * HOUR, learner=2), [3, 4]),
    (Filter(only_open=True), [2, 5]),
    (Filter(only_open=True, verdict=Verdict.WRONG), [5]),
    (Filter(only_open=True, verdict=Verdict.UNSURE, slug="other"), [2]),
    (Filter(only_open=True, learner=1), [2]),
]


@pytest.mark.parametrize(("chosen", "found"), FOUND)
def test_what_is_found(logged: Store, chosen: Filter, found: list[int]) -> None:
    """Conditions hold together, on the verdict that stands, from the end as from the beginning."""
    db = logged.reader
    assert [row["id"] for row in logbook.tail(db, 9, chosen)] == found
    assert [row["id"] for row in logbook.tail(db, 2, chosen)] == found[-2:]
    assert [row["id"] for row in logbook.after(db, 0, chosen, 9)] == found
    assert [row["id"] for row in logbook.after(db, 2, chosen, 1)] == [
        number for number in found if number > 2
    ][:1]


def test_how_much_is_found(logged: Store) -> None:
    """The extent counts what is meant, and says where it begins."""
    db = logged.reader
    assert logbook.extent(db, EVERYTHING) == (5, 1)
    assert logbook.extent(db, Filter(since=NOW + HOUR, slug="other")) == (2, 2)
    assert logbook.extent(db, Filter(slug="nowhere")) == (0, 0)
    assert logbook.newest(db) == 5


def test_every_grade_that_an_answer_ever_had(logged: Store) -> None:
    """A row has the first grade and each later one, with what it took the place of, and why."""
    first, _, _, decided, _ = logbook.tail(logged.reader, 5)
    wrong = {"score": 0.0, "verdict": "wrong", "graded_by": "key", "expected": "opinion"}
    right = {**wrong, "score": 1.0, "verdict": "right"}
    assert (first["original"], first["regraded"]) == (wrong, True)
    assert [(one["why"], one["version"], one["from"], one["to"]) for one in first["regrades"]] == [
        ("key changed", 7, wrong, right),
        ("undone", 1, right, wrong),
    ]
    assert decided["original"]["verdict"] == "unsure"
    (only,) = decided["regrades"]
    assert (only["by"], only["at"]) == (1, "2026-03-02T19:00:00.000+00:00")
    assert only["to"] == {**right, "graded_by": "person"}


def test_a_dispute_and_what_became_of_it(logged: Store) -> None:
    """A row has the learner's words, and the decision once there is one; then it is not open."""
    row = logbook.tail(logged.reader, 1)[0]
    assert (row["disputed"], row["objection"], row["settled"]) == (True, "it is no opinion", None)
    logged.write_now(lambda db: disputes.settle(db, 5, 1, Decision.UPHELD, NOW))
    assert logbook.tail(logged.reader, 1)[0]["settled"] == "upheld"
    assert [row["id"] for row in logbook.tail(logged.reader, 9, Filter(only_open=True))] == [2]

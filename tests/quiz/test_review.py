"""When a missed question comes back, and what is due at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.quiz.labels import Ask, Verdict
from bot.quiz.review import MISSED, RELEARN, ReviewCard, due_now, reviewed
from bot.quiz.rounds.state import Ref
from tests.quiz.builders import NOW, grade

OPEN = (Verdict.BORDERLINE, Verdict.UNSURE, Verdict.LATE)
DAY = timedelta(days=1)

SCHEDULE = {
    ("set", "a", Ask.KIND): NOW,
    ("set", "a", Ask.REASON): NOW + DAY,
    ("set", "b", Ask.LOADED): NOW + 2 * DAY,
    ("other", "a", Ask.KIND): NOW + 2 * DAY,
}
KIND_OF_A = {("set", "a"): frozenset({Ask.KIND})}
BOTH_OF_A = {("set", "a"): frozenset({Ask.KIND, Ask.REASON})}
ALL_DUE = {
    **BOTH_OF_A,
    ("set", "b"): frozenset({Ask.LOADED}),
    ("other", "a"): frozenset({Ask.KIND}),
}

# the moment → what of the schedule is due then
DUE: list[tuple[datetime, dict[Ref, frozenset[Ask]]]] = [
    (NOW - timedelta(seconds=1), {}),
    (NOW, KIND_OF_A),
    (NOW.astimezone(timezone(timedelta(hours=-8))), KIND_OF_A),
    (NOW + DAY - timedelta(seconds=1), KIND_OF_A),
    (NOW + DAY, BOTH_OF_A),
    (NOW + 2 * DAY, ALL_DUE),
    (NOW + 99 * DAY, ALL_DUE),
]


def after(*verdicts: Verdict) -> ReviewCard:
    """Return the card after some verdicts, each given when the question was due."""
    card, now = None, NOW
    for verdict in verdicts:
        card = reviewed(card, grade(verdict), now)
        assert card is not None
        now = card.due
    assert card is not None
    return card


@pytest.mark.parametrize("verdict", MISSED)
def test_a_missed_question_returns_on_another_day(verdict: Verdict) -> None:
    """What was missed comes back after this sitting and within two days."""
    card = reviewed(None, grade(verdict), NOW)
    assert card is not None
    assert RELEARN <= card.due - NOW <= 2 * DAY


@pytest.mark.parametrize("verdict", [Verdict.RIGHT, *OPEN])
def test_a_question_that_was_not_missed_needs_no_card(verdict: Verdict) -> None:
    """Right at first sight, or left open, a question is not put down for review."""
    assert reviewed(None, grade(verdict), NOW) is None


@pytest.mark.parametrize("verdict", OPEN)
def test_what_settles_nothing_leaves_the_card(verdict: Verdict) -> None:
    """A borderline or unsure answer moves the review neither nearer nor further."""
    card = after(Verdict.WRONG)
    assert reviewed(card, grade(verdict), card.due) == card


def test_right_answers_put_it_off_further_and_further() -> None:
    """Each right answer in its time makes the next pause longer."""
    card, pauses = after(Verdict.WRONG), []
    for _ in range(5):
        now = card.due
        following = reviewed(card, grade(Verdict.RIGHT), now)
        assert following is not None
        card = following
        pauses.append(card.due - now)
    assert pauses == sorted(set(pauses))
    assert pauses[-1] > 10 * DAY


@pytest.mark.parametrize("verdict", [Verdict.WRONG, Verdict.PASSED])
def test_a_miss_brings_it_back_to_the_next_day(verdict: Verdict) -> None:
    """However well a question was known, a miss has it back as soon as the first one did."""
    known = after(Verdict.WRONG, Verdict.RIGHT, Verdict.RIGHT, Verdict.RIGHT)
    missed = reviewed(known, grade(verdict), known.due)
    assert missed is not None
    assert missed.due - known.due == RELEARN


def test_a_half_right_answer_returns_before_a_right_one() -> None:
    """Partly is a miss of its own: later than wrong, sooner than right."""
    card = after(Verdict.WRONG, Verdict.RIGHT)
    wrong, partly, right = (
        reviewed(card, grade(verdict), card.due)
        for verdict in (Verdict.WRONG, Verdict.PARTLY, Verdict.RIGHT)
    )
    assert wrong is not None
    assert partly is not None
    assert right is not None
    assert wrong.due < partly.due < right.due


def test_the_same_answers_give_the_same_card() -> None:
    """The scheduler draws no random numbers and reads no clock."""
    verdicts = (Verdict.WRONG, Verdict.RIGHT, Verdict.PARTLY, Verdict.RIGHT)
    assert after(*verdicts) == after(*verdicts)


def test_what_counts_as_missed_is_all_that_was_not_right() -> None:
    """Every verdict that settles something is a miss, except right."""
    assert set(MISSED) == set(Verdict) - {Verdict.RIGHT, *OPEN}


@pytest.mark.parametrize(("now", "due"), DUE)
def test_what_is_due_is_due_from_its_moment_on(
    now: datetime, due: dict[Ref, frozenset[Ask]]
) -> None:
    """Each thing asked is due by itself, at its moment and after it; a question gathers them."""
    assert due_now(SCHEDULE, now) == due


def test_without_misses_nothing_is_due() -> None:
    """A learner who missed nothing has nothing to review."""
    assert due_now({}, NOW) == {}

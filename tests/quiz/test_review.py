"""When a missed question comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.quiz.labels import Verdict
from bot.quiz.review import RELEARN, ReviewCard, reviewed
from tests.quiz.builders import NOW, grade

MISSED = (Verdict.WRONG, Verdict.PARTLY, Verdict.PASSED)
OPEN = (Verdict.BORDERLINE, Verdict.UNSURE)
DAY = timedelta(days=1)


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

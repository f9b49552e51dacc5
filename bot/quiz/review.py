"""When a missed question comes back: the FSRS scheduler, without its randomness.

A card is made when a question is missed and kept up while it is met again; a question that was
right at first sight needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler

from bot.quiz.labels import Ask, Verdict
from bot.quiz.values import Grade

RELEARN = timedelta(hours=12)
"""How long after a miss the first review comes: not the same sitting, but the next day's."""

_SCHEDULER = Scheduler(learning_steps=(RELEARN,), relearning_steps=(RELEARN,), enable_fuzzing=False)
MISSED = (Verdict.WRONG, Verdict.PARTLY, Verdict.PASSED)
"""Verdicts that bring a question back."""

_RATINGS = {
    Verdict.WRONG: Rating.Again,
    Verdict.PASSED: Rating.Again,
    Verdict.PARTLY: Rating.Hard,
    Verdict.RIGHT: Rating.Good,
}


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """The scheduler's memory of one question (`state`, its JSON) and when the question is due."""

    state: str
    due: datetime


Schedule = Mapping[tuple[str, str, Ask], datetime]
"""When each card is due, by set, question and what is asked about it."""


def due_now(schedule: Schedule, now: datetime) -> dict[tuple[str, str], frozenset[Ask]]:
    """Return which questions are due, and what about each."""
    due: dict[tuple[str, str], frozenset[Ask]] = {}
    for (slug, question, ask), moment in schedule.items():
        if moment <= now:
            due[slug, question] = due.get((slug, question), frozenset()) | {ask}
    return due


def reviewed(card: ReviewCard | None, grade: Grade, now: datetime) -> ReviewCard | None:
    """Return the card after an answer; None when the question needs no card.

    A verdict that settles nothing (borderline, unsure) leaves the card as it is.
    """
    rating = _RATINGS.get(grade.verdict)
    if rating is None or (card is None and grade.verdict not in MISSED):
        return card
    before = Card.from_json(card.state) if card else Card(card_id=0, due=now)
    after, _ = _SCHEDULER.review_card(before, rating, now.astimezone(UTC))
    return ReviewCard(after.to_json(), after.due)

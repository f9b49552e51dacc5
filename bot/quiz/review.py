"""When a missed question comes back: the FSRS scheduler, without its randomness.

A card is made when a question is missed and kept up while it is met again; a question that was
right at first sight needs none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler

from bot.quiz.labels import Verdict
from bot.quiz.values import Grade

RELEARN = timedelta(hours=12)
"""How long after a miss the first review comes: not the same sitting, but the next day's."""

_SCHEDULER = Scheduler(learning_steps=(RELEARN,), relearning_steps=(RELEARN,), enable_fuzzing=False)
_MISSED = (Verdict.WRONG, Verdict.PARTLY, Verdict.PASSED)
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


def reviewed(card: ReviewCard | None, grade: Grade, now: datetime) -> ReviewCard | None:
    """Return the card after an answer; None when the question needs no card.

    A verdict that settles nothing (borderline, unsure) leaves the card as it is.
    """
    rating = _RATINGS.get(grade.verdict)
    if rating is None or (card is None and grade.verdict not in _MISSED):
        return card
    before = Card.from_json(card.state) if card else Card(card_id=0, due=now)
    after, _ = _SCHEDULER.review_card(before, rating, now.astimezone(UTC))
    return ReviewCard(after.to_json(), after.due)

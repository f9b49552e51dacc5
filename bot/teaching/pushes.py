"""Pushes as instructors make and learners meet them, whoever asks: the chat or the shell."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from random import Random

from bot.quiz import rounds as core
from bot.quiz.options import Order, narrowed
from bot.quiz.rounds import Composition, History
from bot.store import classes, deliveries, rounds
from bot.store.pushes import Push, PushState
from bot.teaching.library import Library


class PushProblem(StrEnum):
    """Why a push cannot go out as it is."""

    NO_QUESTIONS = "no_questions"
    DEADLINE_FIRST = "deadline_first"
    REMINDER_FIRST = "reminder_first"
    REMINDER_LAST = "reminder_last"


class Standing(StrEnum):
    """Where somebody stands with a push."""

    GONE = "gone"
    NOT_YOURS = "not_yours"
    OVER = "over"
    DONE = "done"
    OPEN = "open"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody stands, with the round that is open or was the last."""

    standing: Standing
    round_id: int | None = None


def problem(library: Library, push: Push, now: datetime) -> PushProblem | None:
    """Return the first thing that keeps a push from going out as it is; None for none."""
    begins = max(push.send_at or now, now)
    if not narrowed(library.version(push.slug, push.version), push.options).questions:
        return PushProblem.NO_QUESTIONS
    if push.deadline is not None and push.deadline <= begins:
        return PushProblem.DEADLINE_FIRST
    if push.remind_at is None:
        return None
    if push.remind_at <= begins:
        return PushProblem.REMINDER_FIRST
    if push.deadline is None or push.remind_at >= push.deadline:
        return PushProblem.REMINDER_LAST
    return None


def with_deadline(push: Push, deadline: datetime | None) -> Push:
    """Return a push with another deadline; its reminder keeps its distance, or goes with it."""
    remind_at = None
    if deadline is not None and push.deadline is not None and push.remind_at is not None:
        remind_at = deadline - (push.deadline - push.remind_at)
    return replace(push, deadline=deadline, remind_at=remind_at)


def stand(db: sqlite3.Connection, push: Push | None, learner: int, now: datetime) -> Stand:
    """Return where a learner stands with a push.

    A round that was begun and not finished is open, also where another one came in between.
    """
    if push is None or push.state not in (PushState.SENDING, PushState.SENT):
        return Stand(Standing.GONE)
    in_class = classes.member(db, push.class_id, learner) is not None
    if not in_class and not deliveries.reached(db, push.id, learner):
        return Stand(Standing.NOT_YOURS)
    played = rounds.of_push(db, learner, push.id)
    last = played[-1][0] if played else None
    if push.deadline is not None and now > push.deadline:
        return Stand(Standing.OVER, last)
    unfinished = [round_id for round_id, done in played if not done]
    if unfinished:
        return Stand(Standing.OPEN, unfinished[-1])
    if played and not push.options.retry:
        return Stand(Standing.DONE, last)
    return Stand(Standing.FRESH)


def compose(
    library: Library, push: Push, history: History, usual_size: int, rng: Random
) -> Composition:
    """Return the questions of a round of a push: as the file has them, or for this learner."""
    quiz_set = narrowed(library.version(push.slug, push.version), push.options)
    if push.options.order is Order.FIXED:
        return core.in_order([quiz_set], push.options.size)
    return core.compose([quiz_set], history, push.options.size or usual_size, rng)

"""From which values and times a push is put together, and what a button changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.buttons.push import Field, When
from bot.quiz.labels import Kind
from bot.quiz.options import LEAST_KINDS, Feedback, Options, Order
from bot.store.pushes import Push
from bot.teaching.pushes import with_deadline
from bot.teaching.times import next_morning

SECONDS = (None, 15, 30, 60, 120)
SIZES = (None, 5, 10, 20, 30)
DEADLINES = (timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""After the push goes out."""

REMINDERS = (timedelta(hours=1), timedelta(hours=24), timedelta(hours=48))
"""Before the deadline."""


def place_of(options: Options, field: Field) -> int:
    """Return the place of an option's value among those there are, 0 for one that was typed."""
    value = _value(options, field)
    values = _VALUES[field]
    return values.index(value) if value in values else 0


def next_place(options: Options, field: Field) -> int:
    """Return the place of the value that a button changes an option to."""
    return (place_of(options, field) + 1) % len(_VALUES[field])


def mask_of(kinds: tuple[Kind, ...]) -> int:
    """Return kinds as the number that a button carries, a bit for each; none is all."""
    return sum(1 << n for n, kind in enumerate(Kind) if not kinds or kind in kinds)


def chosen(options: Options, field: Field, place: int) -> Options | None:
    """Return the options with one changed; None for a place that no button of ours has."""
    if field is Field.KINDS:
        kinds = tuple(kind for n, kind in enumerate(Kind) if place >> n & 1)
        if place >= 1 << len(Kind) or len(kinds) < LEAST_KINDS:
            return None
        return replace(options, kinds=() if len(kinds) == len(Kind) else kinds)
    values = _VALUES[field]
    if place >= len(values):
        return None
    return replace(options, **{_NAMES[field]: values[place]})  # type: ignore[arg-type] # by field


def with_offered(push: Push, when: When, place: int, zone: str, now: datetime) -> Push | None:
    """Return a push with one of the offered times, the first of which is none; None for no such."""
    match when:
        case When.SEND:
            times = (None, now + timedelta(hours=1), next_morning(zone, now))
            return replace(push, send_at=times[place]) if place < len(times) else None
        case When.DEADLINE:
            spans = (None, *DEADLINES)
            if place >= len(spans):
                return None
            span = spans[place]
            begins = push.send_at or now
            return with_deadline(push, None if span is None else begins + span)
        case When.REMINDER:
            before = (None, *REMINDERS)
            if place >= len(before) or push.deadline is None:
                return None
            span = before[place]
            return replace(push, remind_at=None if span is None else push.deadline - span)


def with_typed(push: Push, when: When, moment: datetime) -> Push:
    """Return a push with a time that was typed."""
    match when:
        case When.SEND:
            return replace(push, send_at=moment)
        case When.DEADLINE:
            return with_deadline(push, moment)
        case When.REMINDER:
            return replace(push, remind_at=moment)


_NAMES = {
    Field.FEEDBACK: "feedback",
    Field.RETRY: "retry",
    Field.OVER_COSTS: "over_costs",
    Field.SECONDS: "seconds",
    Field.ORDER: "order",
    Field.SIZE: "size",
}
_VALUES: dict[Field, tuple[object, ...]] = {
    Field.FEEDBACK: tuple(Feedback),
    Field.RETRY: (True, False),
    Field.OVER_COSTS: (True, False),
    Field.SECONDS: SECONDS,
    Field.ORDER: tuple(Order),
    Field.SIZE: SIZES,
}


def _value(options: Options, field: Field) -> object:
    return getattr(options, _NAMES[field])

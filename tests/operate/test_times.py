"""Times behind us, as operators type them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.operate.times import Stretch, read_past

NOW = datetime(2026, 4, 2, 21, 30, tzinfo=UTC)  # a Thursday; in Kyiv it is half past midnight
KYIV = ZoneInfo("Europe/Kyiv")


def utc(text: str) -> datetime:
    """Return a moment of 2026 in UTC, of its month, day and time."""
    return datetime.fromisoformat(f"2026-{text}+00:00")


# What is typed, and the moment that it names.
MOMENTS = [
    ("now", NOW),
    ("3h", NOW - timedelta(hours=3)),
    ("30m", NOW - timedelta(minutes=30)),
    ("90 min", NOW - timedelta(minutes=90)),
    ("2 days", NOW - timedelta(days=2)),
    ("2  Days ago", NOW - timedelta(days=2)),
    ("a week ago", NOW - timedelta(weeks=1)),
    ("an hour", NOW - timedelta(hours=1)),
    ("1d", NOW - timedelta(days=1)),
    ("0 days", NOW),
    ("2026-03-02 14:00", utc("03-02T12:00")),
    ("2026-03-02T14:00:30", utc("03-02T12:00:30")),
    ("2026-03-02T14:00Z", utc("03-02T14:00")),
    ("2026-03-02 14:00+05:30", utc("03-02T08:30")),
    ("today 0:10", utc("04-02T21:10")),
    ("yesterday 14:00", utc("04-02T11:00")),
    ("mon 9:05:06", utc("03-30T06:05:06")),
]

# What is typed, and the day that it names: from when to when.
DAYS = [
    ("today", utc("04-02T21:00"), utc("04-03T21:00")),
    ("yesterday", utc("04-01T21:00"), utc("04-02T21:00")),
    ("Thursday", utc("04-01T21:00"), utc("04-02T21:00")),
    ("fri", utc("03-26T22:00"), utc("03-27T22:00")),
    ("2026-03-02", utc("03-01T22:00"), utc("03-02T22:00")),
    ("2026-03-29", utc("03-28T22:00"), utc("03-29T21:00")),  # clocks go forward: 23 hours
]

NO_TIMES = (
    *("", "   ", "soon", "3 moons", "-3h", "99999 days", "th", "today today", "today 9"),
    *("2026", "2026-W10", "2026-13-01", "2026-02-30", "0001-01-01"),
    *("2026-03-02 25:00", "yesterday 24:00"),
)


@pytest.mark.parametrize(("typed", "moment"), MOMENTS)
def test_a_moment(typed: str, moment: datetime) -> None:
    """Words for a moment name it, in the zone unless they have an offset of their own."""
    assert read_past(typed, NOW, KYIV) == Stretch(moment, moment)


@pytest.mark.parametrize(("typed", "start", "end"), DAYS)
def test_a_day(typed: str, start: datetime, end: datetime) -> None:
    """A day is all of it, from midnight to midnight in the zone; a weekday is the last one."""
    assert read_past(typed, NOW, KYIV) == Stretch(start, end)


@pytest.mark.parametrize("typed", NO_TIMES)
def test_what_is_no_time(typed: str) -> None:
    """Anything else names nothing, and never raises."""
    assert read_past(typed, NOW, KYIV) is None


def test_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a zone the words are in the time of the machine."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        day = read_past("2026-03-02", NOW)
        assert day == Stretch(utc("03-02T05:00"), utc("03-03T05:00"))
        assert read_past("today", NOW) == Stretch(utc("04-02T04:00"), utc("04-03T04:00"))
    finally:
        monkeypatch.undo()
        time.tzset()

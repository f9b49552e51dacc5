"""Times as people type them in the zone of a class."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teaching.times import FARTHEST, TimeProblem, next_morning, read_moment, shown

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)  # a Friday, 13:00 in Berlin

READ = [
    ("now", "2026-03-27 12:00"),
    ("tomorrow 9:00", "2026-03-28 08:00"),
    ("Tomorrow at 9", "2026-03-28 08:00"),
    ("today 18.30", "2026-03-27 17:30"),
    ("today 6 pm", "2026-03-27 17:00"),
    ("14:00", "2026-03-27 13:00"),
    ("9:00", "2026-03-28 08:00"),
    ("friday 18:00", "2026-03-27 17:00"),
    ("Fri 9:00", "2026-04-03 07:00"),
    ("mon, 12 am", "2026-03-29 22:00"),
    ("in 2 hours", "2026-03-27 14:00"),
    ("in an hour", "2026-03-27 13:00"),
    ("in 90 min", "2026-03-27 13:30"),
    ("in 3 days", "2026-03-30 12:00"),
    ("2026-12-01 09:00", "2026-12-01 08:00"),
    ("2026-7-1 9:00", "2026-07-01 07:00"),
    ("2026-10-25 2:30", "2026-10-25 00:30"),  # comes twice: the first
]


@pytest.mark.parametrize(("typed", "expected"), READ)
def test_times_that_are_read(typed: str, expected: str) -> None:
    """Each way of saying a time is the moment that it means in the zone of the class."""
    assert read_moment(typed, BERLIN, NOW) == datetime.fromisoformat(f"{expected}+00:00")


REFUSED = [
    ("", TimeProblem.UNREADABLE),
    ("tomorrow", TimeProblem.UNREADABLE),
    ("soon 9:00", TimeProblem.UNREADABLE),
    ("tomorrow 25:00", TimeProblem.UNREADABLE),
    ("tomorrow 0 pm", TimeProblem.UNREADABLE),
    ("2026-02-30 9:00", TimeProblem.UNREADABLE),
    ("in 3 fortnights", TimeProblem.UNREADABLE),
    ("m 9:00", TimeProblem.UNREADABLE),
    ("today 9:00", TimeProblem.PAST),
    ("2026-03-01 9:00", TimeProblem.PAST),
    ("2028-01-01 9:00", TimeProblem.FAR),
    ("in 9999 weeks", TimeProblem.FAR),
    ("2026-03-29 2:30", TimeProblem.SKIPPED),
]


@pytest.mark.parametrize(("typed", "expected"), REFUSED)
def test_times_that_are_refused(typed: str, expected: TimeProblem) -> None:
    """What is no time, over, too far away or skipped by the clocks is told apart."""
    assert read_moment(typed, BERLIN, NOW) is expected


@given(st.text(max_size=40))
def test_anything_can_be_typed(typed: str) -> None:
    """Whatever is typed is a moment within a year, or a problem, and never a crash."""
    found = read_moment(typed, BERLIN, NOW)
    if isinstance(found, datetime):
        assert NOW <= found <= NOW + FARTHEST


def test_a_time_is_shown_as_the_class_reads_it() -> None:
    """A moment is shown in the zone of the class, with its day of the week."""
    assert shown(NOW, BERLIN) == "Fri 2026-03-27 13:00"
    assert shown(NOW, "America/New_York") == "Fri 2026-03-27 08:00"


def test_the_next_morning() -> None:
    """The next morning is that of the next day where the class is."""
    assert next_morning(BERLIN, NOW + timedelta(hours=11, minutes=30)) == datetime(
        2026, 3, 29, 7, 0, tzinfo=UTC
    )

"""Moments as text: one zone, one width, in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.moments import from_text, to_text

KABUL = timezone(timedelta(hours=4, minutes=30))

TEXTS: list[tuple[datetime, str]] = [
    (datetime(2026, 3, 2, 12, 0, tzinfo=UTC), "2026-03-02T12:00:00.000+00:00"),
    (datetime(2026, 3, 2, 1, 0, tzinfo=KABUL), "2026-03-01T20:30:00.000+00:00"),
    (datetime(2026, 3, 2, 12, 0, 0, 123999, tzinfo=UTC), "2026-03-02T12:00:00.123+00:00"),
]

zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1970, 1, 2), datetime(2999, 1, 1), timezones=zones)  # noqa: DTZ001 - bounds are naive


@pytest.mark.parametrize(("moment", "text"), TEXTS)
def test_moments_are_kept_in_utc(moment: datetime, text: str) -> None:
    """Any time zone is turned into UTC, to the millisecond."""
    assert to_text(moment) == text


@given(moments)
@settings(max_examples=50, deadline=None)
def test_a_moment_comes_back_as_the_same_moment(moment: datetime) -> None:
    """What comes back is aware, in UTC, and the same instant but for less than a millisecond."""
    back = from_text(to_text(moment))
    assert back.tzinfo is UTC
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)


@given(moments, moments)
@settings(max_examples=50, deadline=None)
def test_text_sorts_by_time(one: datetime, other: datetime) -> None:
    """An earlier moment is the lesser text, whatever zones the two were told in."""
    earlier, later = sorted((one, other))
    assert to_text(earlier) <= to_text(later)


def test_a_moment_without_a_zone_is_refused() -> None:
    """A naive moment could be any of many, so none is kept."""
    with pytest.raises(ValueError, match="time zone"):
        to_text(datetime(2026, 3, 2))  # noqa: DTZ001 - the point of the test

"""Figures as people read them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.resources import load_texts
from bot.chat.views.figures import percent, size, span

SIZES = [
    (0, "0 B"),
    (999, "999 B"),
    (1_000, "1.0 kB"),
    (9_940, "9.9 kB"),
    (9_960, "10 kB"),
    (45_300_000, "45 MB"),
    (999_700_000, "1.0 GB"),
    (12_345_678_901, "12 GB"),
    (5_000_000_000_000, "5.0 TB"),
    (5_000_000_000_000_000, "5000 TB"),
]


@pytest.mark.parametrize(("count", "shown"), SIZES)
def test_sizes(count: int, shown: str) -> None:
    """Bytes stand in the unit that needs the fewest digits."""
    assert size(count) == shown


SPANS = [
    ({}, "0 s"),
    ({"seconds": 59.9}, "59 s"),
    ({"minutes": 1}, "1 min"),
    ({"minutes": 1, "seconds": 31}, "1 min 31 s"),
    ({"hours": 1, "seconds": 31}, "1 h"),
    ({"hours": 5, "minutes": 7, "seconds": 31}, "5 h 7 min"),
    ({"days": 1, "minutes": 7}, "1 day"),
    ({"days": 3, "hours": 4, "minutes": 7}, "3 days 4 h"),
    ({"seconds": -5}, "0 s"),
]


@pytest.mark.parametrize(("time", "shown"), SPANS)
def test_spans_of_time(time: dict[str, float], shown: str) -> None:
    """A span stands in its two largest units, and a clock that was put back makes none below 0."""
    assert span(load_texts(), timedelta(**time)) == shown


SHARES = [
    (0, "0"),
    (0.001, "<1"),
    (0.0099, "<1"),
    (0.01, "1"),
    (0.126, "13"),
    (0.99, "99"),
    (0.991, ">99"),
]


@pytest.mark.parametrize(("share", "shown"), [*SHARES, (1, "100")])
def test_shares(share: float, shown: str) -> None:
    """What is little is not shown as nothing, and what is nearly all not as all."""
    assert percent(share) == shown

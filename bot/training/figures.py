"""A measure applied to cases → a figure of the card, with its interval and its baselines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.reader.card import Figure
from bot.training.measure import Measure, interval

NONE: Mapping[str, Sequence[Any]] = MappingProxyType({})


def figure(
    name: str,
    split: str,
    measure: Measure,
    expected: Sequence[Any],
    found: Sequence[Any],
    others: Mapping[str, Sequence[Any]] = NONE,
) -> Figure:
    """Measure what was found, and beside it what others found on the same cases."""
    low, high = interval(measure, expected, found)
    return Figure(
        name=name,
        split=split,
        n=len(expected),
        value=round(measure(expected, found), 4),
        low=round(low, 4),
        high=round(high, 4),
        others={who: round(measure(expected, theirs), 4) for who, theirs in others.items()},
    )


def cost(name: str, split: str, value: float, unit: str, *, n: int = 1, digits: int = 1) -> Figure:
    """State a size or a time."""
    return Figure(name=name, split=split, n=n, value=round(value, digits), unit=unit)

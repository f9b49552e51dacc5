"""Figures as people read them: sizes, spans of time, shares."""

from __future__ import annotations

from datetime import timedelta

from bot.texts import Markup, Texts, joined

_UNITS = ("kB", "MB", "GB", "TB")
_SPAN_TEXT = {86_400: "span-days", 3_600: "span-hours", 60: "span-minutes", 1: "span-seconds"}


def size(count: float) -> str:
    """Return bytes in the unit that leaves one to three digits before the point (SI prefixes)."""
    value, unit = float(count), "B"
    for larger in _UNITS:
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    digits = 1 if unit != "B" and value < 9.95 else 0
    return f"{value:.{digits}f} {unit}"


def span(texts: Texts, time: timedelta) -> Markup:
    """Return a span of time in its two largest units, rounded down."""
    left = max(0, int(time.total_seconds()))
    counts: list[tuple[int, int]] = []
    for seconds in _SPAN_TEXT:
        count, left = divmod(left, seconds)
        counts.append((seconds, count))
    first = next((n for n, (_, count) in enumerate(counts) if count), len(counts) - 1)
    said = [
        texts.say(_SPAN_TEXT[seconds], count=count)
        for n, (seconds, count) in enumerate(counts[first : first + 2])
        if count or not n
    ]
    return joined(said, " ")


def percent(share: float) -> str:
    """Return a share of 1 in whole percent, but never as 0 or 100 what is not."""
    if 0 < share < 0.01:
        return "<1"
    if 0.99 < share < 1:
        return ">99"
    return f"{100 * share:.0f}"

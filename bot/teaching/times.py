"""Times as people type them, in the time zone of a class: words → a moment, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

FARTHEST = timedelta(days=366)
"""How far ahead a time may lie: beyond a year it is a slip of the pen."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"": (0, 1), "today": (0,), "tomorrow": (1,)}
_UNITS = {"minute": 1, "min": 1, "hour": 60, "h": 60, "day": 1440, "week": 10080}
_IN = re.compile(r"in (\d{1,4}|an?) ?([a-z]+?)s?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class TimeProblem(StrEnum):
    """Why what was typed is no time to do something at."""

    UNREADABLE = "unreadable"
    PAST = "past"
    FAR = "far"
    SKIPPED = "skipped"


def read_moment(typed: str, zone: str, now: datetime) -> datetime | TimeProblem:
    """Return the moment that words mean in a zone: "tomorrow 9:00", "2026-12-01 09:00", "fri 18".

    Also read are "now", "today 6 pm", "in 2 hours", and a time alone, which is the next one. An
    hour that comes twice, when clocks are turned back, is its first; one that clocks skip is a
    problem. The moment is in UTC. KeyError (zoneinfo) for an unknown zone.
    """
    here = ZoneInfo(zone)
    words = " ".join(typed.casefold().replace(",", " ").replace(" at ", " ").split())
    if words == "now":
        return now
    if match := _IN.fullmatch(words):
        later = _span(match)
        return TimeProblem.UNREADABLE if later is None else _checked(now + later, now)
    day_word, _, clock_word = words.rpartition(" ")
    if clock_word in ("am", "pm"):
        day_word, _, hour = day_word.rpartition(" ")
        clock_word = hour + clock_word
    clock = _clock(clock_word)
    today = now.astimezone(here).date()
    days = _days(day_word, today)
    if clock is None or not days:
        return TimeProblem.UNREADABLE
    return _first_to_come([datetime.combine(day, clock, here) for day in days], now)


def shown(moment: datetime, zone: str) -> str:
    """Return a moment as it is shown to people of a zone."""
    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def next_morning(zone: str, now: datetime, hour: int = 9) -> datetime:
    """Return this hour of the next day in a zone."""
    here = ZoneInfo(zone)
    tomorrow = now.astimezone(here).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(hour), here).astimezone(UTC)


def _first_to_come(moments: Sequence[datetime], now: datetime) -> datetime | TimeProblem:
    """Return the first of some local moments that is ahead, or why there is none."""
    for moment in moments:
        ahead = moment.astimezone(UTC)
        if ahead.astimezone(moment.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
            return TimeProblem.SKIPPED
        if ahead > now:
            return _checked(ahead, now)
    return TimeProblem.PAST


def _checked(moment: datetime, now: datetime) -> datetime | TimeProblem:
    return TimeProblem.FAR if moment - now > FARTHEST else moment


def _span(match: re.Match[str]) -> timedelta | None:
    count, unit = match.groups()
    minutes = _UNITS.get(unit)
    if minutes is None:
        return None
    return timedelta(minutes=minutes * (1 if count in ("a", "an") else int(count)))


def _clock(word: str) -> time | None:
    """Return a time of day; None for what is none, as 25:00 or 0 pm."""
    match = _CLOCK.fullmatch(word)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _days(word: str, today: date) -> list[date]:
    """Return the days that a word may mean, the nearest first; none for an unreadable one."""
    one = timedelta(days=1)
    if word in _NEAR:
        return [today + days * one for days in _NEAR[word]]
    named = [n for n, name in enumerate(_DAYS) if len(word) > 2 and name.startswith(word)]
    if named:
        ahead = today + (named[0] - today.weekday()) % 7 * one
        return [ahead, ahead + 7 * one]
    try:
        return [date(*map(int, found.groups()))] if (found := _DATE.fullmatch(word)) else []
    except ValueError:
        return []

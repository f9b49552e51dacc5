"""Times behind us as operators type them: words → the stretch of time that they name. Pure.

Times ahead, in the words of instructors, are read by `bot.teaching.times`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import NamedTuple

FORMS = '"2026-03-02", "2026-03-02 14:00", "yesterday", "monday", "2 days", "3h"'
"""Examples of what is read, for messages."""

_DAY = timedelta(days=1)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "d": _DAY,
    "day": _DAY,
    "w": timedelta(weeks=1),
    "week": timedelta(weeks=1),
}
_AGO = re.compile(r"(\d{1,4}|an?) ?([a-z]+?)s?(?: ago)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


class Stretch(NamedTuple):
    """A stretch of time in UTC: its first moment, and the first one after it."""

    start: datetime
    end: datetime


def read_past(typed: str, now: datetime, zone: tzinfo | None = None) -> Stretch | None:
    """Return what words name, None where they name nothing: "yesterday", "2026-03-02T14:00Z".

    A day ("today", "monday" for the last one, a date) is all of it; a moment ("3h" and "2 days"
    before `now`, a date or a day with a time) is a stretch of no length. Without an offset in the
    words the time is that of the zone; None is the zone of the machine.
    """
    words = " ".join(typed.casefold().split())
    if words == "now":
        return Stretch(now, now)
    if match := _AGO.fullmatch(words):
        unit = _UNITS.get(match[2])
        if unit is not None:
            moment = now - unit * (1 if match[1] in ("a", "an") else int(match[1]))
            return Stretch(moment, moment)
    return _on_a_day(words, now, zone) or _iso(words, zone)


def _on_a_day(words: str, now: datetime, zone: tzinfo | None) -> Stretch | None:
    """Return what a day by its name means, with a time of day or without."""
    named, _, rest = words.partition(" ")
    today = now.astimezone(zone).date()
    if named in ("today", "yesterday"):
        day = today - _DAY * (named == "yesterday")
    elif len(named) > 2 and (numbers := [n for n, d in enumerate(_DAYS) if d.startswith(named)]):
        day = today - _DAY * ((today.weekday() - numbers[0]) % 7 or 7)
    else:
        return None
    if not rest:
        midnight = datetime.combine(day, time())
        return Stretch(_in_utc(midnight, zone), _in_utc(midnight + _DAY, zone))
    clock = _clock(rest)
    if clock is None:
        return None
    moment = _in_utc(datetime.combine(day, clock), zone)
    return Stretch(moment, moment)


def _iso(words: str, zone: tzinfo | None) -> Stretch | None:
    date = _DATE.match(words)
    try:
        found = datetime.fromisoformat(words.upper()) if date else None
        if found is None or date is None:
            return None
        start = _in_utc(found, zone)
        return Stretch(start, _in_utc(found + _DAY, zone) if date[0] == words else start)
    except (ValueError, OverflowError):  # the 30th of February; the year 1 in a zone behind UTC
        return None


def _clock(words: str) -> time | None:
    match = _CLOCK.fullmatch(words)
    if match is None:
        return None
    try:
        hour, minute, second = (int(part) for part in match.groups("0"))
        return time(hour, minute, second)
    except ValueError:
        return None


def _in_utc(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return a moment in UTC; one without a zone is taken as the zone's, or the machine's."""
    if moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)

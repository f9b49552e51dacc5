"""Checks of the machine: time zones."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.operate.doctor.lines import Line, failing, ok

ELSEWHERE = "Europe/Kyiv"
"""A zone under its newest name: data that know it are not older than 2022."""


def zones(now: datetime) -> Line:
    """Check that the zones of classes are known, and say which one this machine has."""
    try:
        ZoneInfo(ELSEWHERE)
    except ZoneInfoNotFoundError:
        return failing(
            "time zones",
            f"this machine does not know {ELSEWHERE}",
            "install its time zone data (tzdata): classes have zones of their own",
        )
    here = now.astimezone()
    return ok("time zones", f"known; here it is {here:%H:%M %Z}")

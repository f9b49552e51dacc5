"""The sign of life of a running bot: a file touched after each poll, and the check of its age."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import structlog

STALE = 90.0
"""Seconds without a poll that went well after which a bot counts as dead: some long polls."""

_FILE = "alive"

_log = structlog.get_logger()


def beat(data: Path) -> None:
    """Show life; a disk that is full is logged and leaves the last sign to grow old."""
    try:
        (data / _FILE).touch()
    except OSError as error:
        _log.warning("no sign of life can be left", error=str(error))


def rest(data: Path) -> None:
    """Take the sign of life away: the bot has ended as it should."""
    with suppress(OSError):
        (data / _FILE).unlink(missing_ok=True)


def last_beat(data: Path) -> float | None:
    """Return how many seconds ago the bot showed life, None when it never did."""
    try:
        return max(0.0, time.time() - (data / _FILE).stat().st_mtime)
    except FileNotFoundError:
        return None

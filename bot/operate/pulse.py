"""The sign of life of a running bot: a file that it touches, and the check that it is fresh."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

EVERY = 10.0
"""Seconds between two beats."""

STALE = 60.0
"""Seconds without a beat after which a bot counts as dead."""

_FILE = "alive"


async def beat(data: Path) -> None:
    """Touch the file until cancelled."""
    while True:
        (data / _FILE).touch()
        await asyncio.sleep(EVERY)


def last_beat(data: Path) -> float | None:
    """Return how many seconds ago the bot showed life, None when it never did."""
    try:
        return max(0.0, time.time() - (data / _FILE).stat().st_mtime)
    except FileNotFoundError:
        return None

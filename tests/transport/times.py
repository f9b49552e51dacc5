"""Time in tests of sending: a clock that only sleeping moves."""

from __future__ import annotations

import asyncio


class Time:
    """Counts seconds from 0; `slept` are the waits, in order."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        """Return the seconds slept so far."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Move the clock on."""
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

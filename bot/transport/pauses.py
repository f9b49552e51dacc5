"""Time as those who send see it: a clock, and pauses that a stop cuts short."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from math import inf


class Pauses:
    """Waits until moments of `clock`, which counts seconds from wherever it likes.

    A sleep is taken at its word: when it returns, its moment has come, whatever the clock says. So
    timers that are a little early do no harm, and where `sleep` returns at once nobody waits.
    """

    def __init__(
        self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        """Wait for nothing yet."""
        self._clock = clock
        self._sleep = sleep
        self._reached = -inf
        self._sleeping: set[asyncio.Future[None]] = set()
        self.stopped = False

    def now(self) -> float:
        """Return the present moment."""
        return max(self._clock(), self._reached)

    def stop(self) -> None:
        """Keep nobody waiting from now on."""
        self.stopped = True
        for sleeping in self._sleeping:
            sleeping.cancel()

    async def until(self, moment: float) -> bool:
        """Wait until a moment; False where it has not come because everything stops."""
        wait = moment - self.now()
        if wait <= 0:
            return True
        if self.stopped:
            return False
        sleeping = asyncio.ensure_future(self._sleep(wait))
        self._sleeping.add(sleeping)
        try:
            await asyncio.wait([sleeping])
        finally:
            self._sleeping.discard(sleeping)
            sleeping.cancel()
        if self.stopped:
            return False
        self._reached = max(self._reached, moment)
        return True

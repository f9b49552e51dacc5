"""Waiting for something to become true in a state that others change, without polling it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Changes:
    """Who waits looks again whenever somebody tells of a change; for one event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def tell(self) -> None:
        """Have everybody who waits look again."""
        for event in self._waiting:
            event.set()

    async def until(self, condition: Callable[[], bool], seconds: float | None = None) -> None:
        """Return when a condition holds; TimeoutError when it does not in time."""
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    event.clear()
                    await event.wait()
        finally:
            self._waiting.discard(event)

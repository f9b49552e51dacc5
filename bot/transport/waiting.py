"""Waiting that can be told to stop; what is waited for does not belong here."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


class Waiting:
    """One thing at a time is awaited here, until `stop` cuts it short for good."""

    def __init__(self) -> None:
        self.stopped = False
        self._task: asyncio.Task[Any] | None = None

    def stop(self) -> None:
        """Cut short what is awaited, and all that will be."""
        self.stopped = True
        if self._task is not None:
            self._task.cancel()

    async def unless_stopped(self, waiting: Coroutine[Any, Any, _T]) -> _T | None:
        """Await something that `stop` may cut short, which then gives None."""
        task = asyncio.create_task(waiting)
        self._task = task
        try:
            return await task
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if self.stopped and not (current and current.cancelling()):
                return None
            raise
        finally:
            self._task = None

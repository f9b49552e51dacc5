"""Answering presses: their spinner stops before anything that takes time.

An answer to a press is worth nothing a little later, so it is neither stored nor waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from telegram import Update

from bot.chat import says
from bot.chat.turns import Turn
from bot.store.calls import Call

_log = structlog.get_logger()


class Acknowledging:
    """Answers presses beside everything else; `answer` sends one answer."""

    def __init__(self, answer: Callable[[Call], Awaitable[None]]) -> None:
        """Answer nothing yet."""
        self._answer = answer
        self._tasks: set[asyncio.Task[None]] = set()

    async def decide(self, update: Update, deciding: Coroutine[Any, Any, Turn]) -> Turn:
        """Return what an update leads to, and answer it meanwhile where it is a press.

        What is decided without waiting gives the press its text. Where the journey has to wait, for
        the classifier, a thread, a file or the store, the press is answered with nothing at once,
        and no text of the turn is shown after that.
        """
        query = update.callback_query
        if query is None:
            return await deciding
        turn = asyncio.ensure_future(deciding)
        try:
            # Begins now, and is over after this unless it has to wait.
            await asyncio.sleep(0)
            over = turn.done() and not turn.cancelled() and turn.exception() is None
            self._begin(says.toast(query.id, turn.result().toast if over else ""))
            return await turn
        finally:
            turn.cancel()

    async def settled(self) -> None:
        """Return when no answer to a press is on its way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _begin(self, call: Call) -> None:
        task = asyncio.create_task(self._try(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _try(self, call: Call) -> None:
        try:
            await self._answer(call)
        except Exception:
            _log.exception("a press was not answered")

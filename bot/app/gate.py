"""Who may wait: of a flood from one chat the rest is done with at once, and its chat told."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

import structlog

from bot.chat.outbox import Outbox
from bot.chat.says import flooded
from bot.store import inbox
from bot.store.calls import Call
from bot.store.database import Store
from bot.texts import Texts
from bot.transport.crowd import Crowd, Over, Raw

_log = structlog.get_logger()

Doing = Coroutine[Any, Any, None]
InLine = Callable[[int | None, Doing], None]
"""Begins something that has its turn in the line of a chat, and does not wait for it."""


class Gate:
    """Stands between the inbox and the lines of the chats.

    What is passed over is kept as done, so that no start handles it; the line that tells of it is
    kept and sent like any answer.
    """

    def __init__(
        self,
        store: Store,
        texts: Texts,
        outbox: Outbox,
        clock: Callable[[], datetime],
        in_line: InLine,
    ) -> None:
        self._store = store
        self._texts = texts
        self._outbox = outbox
        self._clock = clock
        self._in_line = in_line
        self.crowd = Crowd()

    def admit(self, new: Sequence[Raw]) -> Sequence[Raw]:
        """Return the updates, already kept, that may wait; each has to `leave` once handled."""
        admitted, over = self.crowd.admit(new, self._clock())
        if over:
            _log.warning("flood passed over", count=len(over))
            self._in_line(None, self._pass_over(over))
        return admitted

    def leave(self, number: int) -> None:
        """Note that an update waits no longer."""
        self.crowd.leave(number)

    async def _pass_over(self, over: Sequence[Over]) -> None:
        moment = self._clock()
        told = {one.update_id: self._calls(one) for one in over}

        def unit(db: sqlite3.Connection) -> None:
            for number, calls in told.items():
                inbox.done(db, number, calls, moment, inbox.TOO_MANY)

        await self._store.insist(unit)
        for one in over:
            if told[one.update_id]:
                self._outbox.leave(one.chat_id, one.update_id)
                self._in_line(one.chat_id, self._outbox.catch_up(one.chat_id))
                # It takes its place in the line before this is over.
                await asyncio.sleep(0)

    def _calls(self, one: Over) -> tuple[Call, ...]:
        """Return what a chat is told; a group, whose ids are negative, is told nothing."""
        told = one.first and one.chat_id > 0
        return (flooded(self._texts, one.chat_id),) if told else ()

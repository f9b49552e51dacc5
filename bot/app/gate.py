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
from bot.transport.crowd import Crowd, Over, Raw, Room

_log = structlog.get_logger()

Doing = Coroutine[Any, Any, None]
InLine = Callable[[int | None, Doing], None]
"""Begins something that has its turn in the line of a chat, and does not wait for it."""


class Gate:
    """Stands between the inbox and the lines of the chats.

    What is passed over is kept as done, so that no start handles it; the line that tells of it is
    kept and sent like any answer. Most of a flood is kept as done in the first place: there is
    `room` for no more of it. What came in at the same moment otherwise is done with after it.
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

    def room(self, batch: Sequence[object]) -> Room:
        """Return which updates of a batch, not kept yet, may wait."""
        return self.crowd.room(batch)

    def admit(self, new: Sequence[Raw], passed: Sequence[Raw] = ()) -> Sequence[Raw]:
        """Return the updates, already kept, that may wait; each has to `leave` once handled.

        `passed` are those that are kept as done.
        """
        now = self._clock()
        admitted, over = self.crowd.admit(new, now)
        told = [one for one in self.crowd.over(passed, now) if one.first]
        if over or passed:
            _log.warning("flood passed over", count=len(over) + len(passed))
        if over or told:
            self._in_line(None, self._pass_over([*told, *over]))
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

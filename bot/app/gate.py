"""Who may wait: of a flood from one chat the rest is done with at once, and its chat told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog

from bot.chat.says import flooded
from bot.chat.shell import Shell
from bot.store import inbox
from bot.store.calls import Call
from bot.store.database import Store
from bot.texts import Texts
from bot.transport.crowd import Crowd, Over

_log = structlog.get_logger()

Raw = Mapping[str, Any]
Doing = Coroutine[Any, Any, None]


class Gate:
    """Stands between the inbox and the lines of the chats.

    `start` begins what is not waited for, `in_line` awaits something in the line of a chat. What
    is passed over is kept as done, so that no start handles it; the line that tells of it is
    kept and sent like any answer.
    """

    def __init__(
        self,
        store: Store,
        texts: Texts,
        shell: Shell,
        clock: Callable[[], datetime],
        start: Callable[[Doing], object],
        in_line: Callable[[int, Doing], Doing],
    ) -> None:
        self._store = store
        self._texts = texts
        self._shell = shell
        self._clock = clock
        self._start = start
        self._in_line = in_line
        self._crowd = Crowd()
        self.leave = self._crowd.leave

    async def admit(self, new: Sequence[Raw]) -> Sequence[Raw]:
        """Return the updates, already kept, that may wait; each has to `leave` once handled."""
        admitted, over = self._crowd.admit(new)
        if over:
            _log.warning("flood passed over", count=len(over))
            await self._pass_over([(one, self._calls(one)) for one in over])
        return admitted

    async def _pass_over(self, over: Sequence[tuple[Over, tuple[Call, ...]]]) -> None:
        moment = self._clock()

        def unit(db: sqlite3.Connection) -> None:
            for one, calls in over:
                inbox.done(db, one.update_id, calls, moment, inbox.TOO_MANY)

        await self._store.write(unit)
        for one, calls in over:
            if calls:
                sending = self._shell.resend(one.update_id, calls)
                self._start(self._in_line(one.chat_id, sending))

    def _calls(self, one: Over) -> tuple[Call, ...]:
        """Return what a chat is told; a group, whose ids are negative, is told nothing."""
        told = one.first and one.chat_id > 0
        return (flooded(self._texts, one.chat_id),) if told else ()

"""Telling operators what is wrong, once, and once that it is over."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog

from bot.chat import says
from bot.chat.views import alerts
from bot.operate import watch
from bot.operate.watch import Kind, Memory, News, Trouble
from bot.store import learners, roles
from bot.store.calls import Call, UndeliveredError
from bot.store.database import Store
from bot.store.roles import Role
from bot.texts import Markup, Texts

MEMORY = "alerts.json"
"""File in the data folder with what operators were told, so that a restart tells nothing twice."""

_log = structlog.get_logger()


class Alerts:
    """Writes to every operator; `deliver` sends calls."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        texts: Texts,
        deliver: Callable[[Sequence[Call]], Awaitable[object]],
    ) -> None:
        """Recall what was told by an earlier run."""
        self._store = store
        self._file = folder / MEMORY
        self._texts = texts
        self._deliver = deliver
        self._memory: Memory = self._recall()
        self._chats: Sequence[int] = ()

    @property
    def told(self) -> frozenset[Kind]:
        """What operators know to be wrong."""
        return frozenset(kind for kind, told in self._memory.items() if not told.over)

    async def tell(self, found: Sequence[Trouble], now: datetime) -> None:
        """Log what is new in what was found, and tell it to every operator.

        Where it reaches none of them, it stays new.
        """
        # Whoever operates is looked up while that can be: later it may not.
        chats = self._operators()
        news = watch.news(self._memory, found, now)
        if not (news.begun or news.over):
            return
        for each in news.begun:
            _log.error("trouble", kind=str(each.kind), **each.figures)
        for kind in news.over:
            _log.info("trouble over", kind=str(kind))
        if await self._reach(chats, self._messages(news)):
            self._memory = watch.remembered(self._memory, news, now)
            self._remember()

    def _messages(self, news: News) -> list[Markup]:
        begun = [alerts.trouble(self._texts, each.kind, each.figures) for each in news.begun]
        return begun + [alerts.over(self._texts, kind) for kind in news.over]

    async def _reach(self, chats: Sequence[int], messages: Sequence[Markup]) -> bool:
        """Send messages to every operator; return whether one was reached, or there is none."""
        sending = [self._send(chat_id, messages) for chat_id in chats]
        return any(await asyncio.gather(*sending)) if sending else True

    def _operators(self) -> Sequence[int]:
        """Return the chats of operators; where the store cannot be read, as they were last."""
        db = self._store.reader
        with suppress(sqlite3.Error):
            chats = [learners.telegram_id(db, one) for one in roles.holders(db, Role.OPERATOR)]
            self._chats = [chat_id for chat_id in chats if chat_id is not None]
        return self._chats

    async def _send(self, chat_id: int, messages: Sequence[Markup]) -> bool:
        try:
            await self._deliver([says.send(chat_id, message) for message in messages])
        except UndeliveredError as error:
            _log.warning("an operator could not be told", why=str(error))
            return False
        return True

    def _recall(self) -> Memory:
        try:
            return watch.load(self._file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return {}

    def _remember(self) -> None:
        try:
            self._file.write_text(watch.dump(self._memory), encoding="utf-8")
        except OSError as error:
            _log.warning("what operators were told cannot be kept", error=str(error))

"""Who is handled when: one chat's updates in the order of arrival, different chats side by side.

What handling an update means does not belong here.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager, nullcontext
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor


class ChatOrder(BaseUpdateProcessor):
    """Handles each chat's updates one after another, at most `at_once` chats side by side.

    The base class's own limit is taken before a chat is known, so that one chat's backlog could
    use all of it up and hold back everybody else. It is set out of reach, and `at_once` counts
    only updates whose turn has come.
    """

    __slots__ = ("_idle", "_in_flight", "_lines", "_room")

    def __init__(self, at_once: int = 256) -> None:
        super().__init__(sys.maxsize)
        self._room = asyncio.Semaphore(at_once)
        # A line lives as long as somebody stands in it: quiet chats take no memory.
        self._lines: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Wait until nothing is in flight."""
        await self.idle()

    async def idle(self) -> None:
        """Return when no update is being handled or waits for its turn."""
        await self._idle.wait()

    @property
    def lines(self) -> int:
        """How many chats have an update in flight."""
        return len(self._lines)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine` when all earlier updates of the same chat are through.

        What it raises reaches the caller; the chat's next update is handled all the same.
        """
        await self.in_line(line_of(update), coroutine)

    async def in_line(self, chat_id: int | None, coroutine: Awaitable[Any]) -> None:
        """Await something that must keep its place among the updates of a chat."""
        self._in_flight += 1
        self._idle.clear()
        try:
            async with self._line(chat_id), self._room:
                await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                # Without effect after a run; needed when the wait for the turn was cancelled.
                coroutine.close()
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[None]:
        """Let other chats use the room of what only waits, for the length of a block.

        The chat keeps its line. Only for what `in_line` awaits.
        """
        self._room.release()
        try:
            yield
        finally:
            await self._room.acquire()

    def _line(self, key: int | None) -> asyncio.Lock | nullcontext[None]:
        if key is None:
            return nullcontext()
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = asyncio.Lock()
        return line


def line_of(update: object) -> int | None:
    """Return the id that orders an update: its chat's, else its user's, else None.

    A private chat has its user's id, so that a press in an inline message, which names no chat,
    stands in the line of the user's private chat.
    """
    if not isinstance(update, Update):
        return None
    where = update.effective_chat or update.effective_user
    return None if where is None else where.id

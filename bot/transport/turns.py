"""Whose turn it is to send: answers before pushes, within the limits and what Telegram asks for.

A chat that has to wait, for its own limit or because Telegram asked for it, waits aside and keeps
no other chat from its turn. Among answers that could go, and among pushes, who came first is first.

Telegram's "retry after" (429) does not say whether a chat or the bot sends too much. It is taken
to mean the chat that it came for, unless it came for no chat, or for several chats within a short
time: since each chat is kept within its own limit, several at once are over the common one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf

from bot.transport.limits import Limits, Moments
from bot.transport.lines import Lines
from bot.transport.pauses import Pauses

FLOOD_CHATS = 3
"""In so many chats a flood concerns all."""

FLOOD_SECONDS = 10.0
"""Within so many seconds."""


class Turns:
    """Gives out turns to send; `rate` is how many messages may go out in a second."""

    def __init__(self, pauses: Pauses, rate: int) -> None:
        """Hold nobody back yet."""
        self._pauses = pauses
        self._limits = Limits(rate)
        self._answers, self._pushes, self._pushed = asyncio.Lock(), asyncio.Lock(), Lines()
        self._urgent = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._floods: deque[tuple[float, int | None]] = deque()
        self._chat_held = Moments()
        self._all_held = self._pushes_held = -inf

    @property
    def remembered(self) -> int:
        """How many chats something is remembered of."""
        return len(self._limits.full) + len(self._chat_held) + len(self._pushed)

    def held(self, chat_id: int | None) -> float:
        """Return until when Telegram has asked that a chat be left alone."""
        return max(self._all_held, self._chat_held.of(chat_id))

    def flooded(self, chat_id: int | None, seconds: float) -> bool:
        """Note that Telegram asks for a pause; return whether it concerns all chats."""
        now = self._pauses.now()
        self._floods.append((now, chat_id))
        while self._floods[0][0] <= now - FLOOD_SECONDS:
            self._floods.popleft()
        if chat_id is None or len({chat for _, chat in self._floods}) >= FLOOD_CHATS:
            self._all_held = max(self._all_held, now + seconds)
            return True
        self._chat_held.put(chat_id, max(self._chat_held.of(chat_id), now + seconds), now)
        return False

    def hold_pushes(self, seconds: float) -> None:
        """Let nothing go out that nobody waits for."""
        self._pushes_held = max(self._pushes_held, self._pauses.now() + seconds)

    async def answer(self, chat_id: int | None, until: float, *, message: bool) -> bool:
        """Return when an answer may go out; only a `message` counts against the limits.

        False where Telegram asks for a longer pause than `until`, or where everything stops before
        it is the answer's turn.
        """
        while True:
            held = self.held(chat_id)
            if held > max(until, self._pauses.now()):
                return False
            at = held if not message else max(held, self._chat_at(chat_id, push=False))
            if not await self._pauses.until(at):
                return False
            if not message:
                return True
            async with self._first():
                if not await self._pauses.until(self._limits.all_at(push=False)):
                    return False
                if self._take(chat_id, push=False):
                    return True

    async def push(self, chat_id: int, *, message: bool = True) -> None:
        """Return when a push may go out, or when everything stops."""
        async with self._pushed.of(chat_id):
            while not self._pauses.stopped:
                held = max(self.held(chat_id), self._pushes_held)
                at = held if not message else max(held, self._chat_at(chat_id, push=True))
                if not await self._pauses.until(at) or not message:
                    return
                async with self._pushes:
                    await self._quiet()
                    if self._pushes_held <= self._pauses.now() and self._take(chat_id, push=True):
                        return

    def stop(self) -> None:
        """Keep nobody waiting from now on."""
        self._pauses.stop()
        self._calm.set()

    @asynccontextmanager
    async def _first(self) -> AsyncIterator[None]:
        """Stand in the line of answers; while somebody does, no push goes out."""
        self._urgent += 1
        self._calm.clear()
        try:
            async with self._answers:
                yield
        finally:
            self._urgent -= 1
            if not self._urgent or self._pauses.stopped:
                self._calm.set()

    async def _quiet(self) -> None:
        """Wait until the common limit leaves room for a push and no answer wants it."""
        while not self._pauses.stopped:
            await self._calm.wait()
            at = self._limits.all_at(push=True)
            if at <= self._pauses.now():
                return
            await self._pauses.until(at)

    def _chat_at(self, chat_id: int | None, *, push: bool) -> float:
        return -inf if chat_id is None else self._limits.chat_at(chat_id, push=push)

    def _take(self, chat_id: int | None, *, push: bool) -> bool:
        """Count a message that goes out now, unless it must wait after all."""
        now, own = self._pauses.now(), self._chat_at(chat_id, push=push)
        if max(self.held(chat_id), own, self._limits.all_at(push=push)) > now:
            return False
        self._limits.take(chat_id, now, push=push)
        return True

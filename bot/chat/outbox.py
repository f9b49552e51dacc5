"""The outbox: answers on their way out, and those that could not be sent yet.

What to send is in the store before it is sent, and leaves it when it has arrived. What cannot be
sent now is tried again later, all of a chat in the order in which it was said: while something of a
chat is left, what comes after it waits behind it. What was being sent when the bot died may have
arrived; the store then gives what a call names instead.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import structlog

from bot.chat.traces import traced
from bot.errors import StoreError
from bot.store import inbox, rounds
from bot.store.calls import Call, UndeliveredError
from bot.store.database import Store

FIRST = 5.0
"""Seconds until what is left is tried again for the first time; each wait is twice the last."""

LONGEST = 300.0
"""Seconds between two tries at most."""

HOPELESS = 12
"""Tries, three quarters of an hour with the waits, after which a call is given up: Telegram took
others meanwhile, so the trouble is with this one, and its chat has waited long enough."""

_log = structlog.get_logger()


class Sender(Protocol):
    """The way out to Telegram; `arrived` counts the calls that it took."""

    arrived: int

    async def deliver(self, calls: Sequence[Call]) -> Sequence[object]:
        """Send calls, or raise UndeliveredError."""
        ...

    def held(self, chat_id: int | None) -> float:
        """Return for how many seconds Telegram has asked that a chat be left alone."""
        ...

    async def pause(self, seconds: float) -> bool:
        """Wait; False where everything stops before."""
        ...


class Lines(Protocol):
    """Who is served when: each chat one thing after another, different chats side by side."""

    async def in_line(self, chat_id: int | None, coroutine: Coroutine[Any, Any, None]) -> None:
        """Await something that must keep its place among the updates of a chat."""

    def aside(self) -> AbstractAsyncContextManager[None]:
        """Let other chats use the room of what only waits, for the length of a block."""
        ...


@dataclass(slots=True)
class _Behind:
    """A chat with answers that are left: to which updates, how often they were tried.

    `alone` is how often Telegram took others meanwhile, `waiting` whether another try is to come.
    """

    updates: list[int] = field(default_factory=list)
    tries: int = 0
    alone: int = 0
    waiting: bool = False


class Outbox:
    """Sends answers and keeps in the store what is not sent; `new_id` is for the log."""

    def __init__(
        self, store: Store, sender: Sender, lines: Lines, new_id: Callable[[int], int]
    ) -> None:
        """Owe nobody an answer yet."""
        self._store = store
        self._sender = sender
        self._lines = lines
        self._new_id = new_id
        self._behind: dict[int | None, _Behind] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def behind(self, chat_id: int | None) -> bool:
        """Whether something is left that a chat must hear first."""
        return chat_id in self._behind

    async def send(self, update_id: int, chat_id: int | None, calls: Sequence[Call]) -> bool:
        """Send the answers to an update of a chat, after what is left; return whether all arrived.

        They are in the store, and for the caller it is the turn of the chat.
        """
        if not calls:
            return True
        if (behind := self._behind.get(chat_id)) is not None:
            behind.updates.append(update_id)
            try:
                return await self._all_of(chat_id)
            except StoreError:
                self._later(chat_id, ())
                raise
        left = await self._deliver(update_id, calls)
        if left:
            self.leave(chat_id, update_id)
            self._later(chat_id, left)
        return not left

    def leave(self, chat_id: int | None, *update_ids: int) -> None:
        """Note that answers are left, which a chat must hear before any others."""
        self._behind.setdefault(chat_id, _Behind()).updates += update_ids

    async def catch_up(self, chat_id: int | None) -> None:
        """Send all that is left of a chat whose turn it is, in order."""
        with traced(f"unsent-{self._new_id(16):04x}", self._new_id):
            try:
                if await self._all_of(chat_id):
                    _log.info("earlier answers sent")
            except Exception:
                _log.exception("earlier answers not sent")
                self._later(chat_id, ())

    async def close(self) -> None:
        """Return when nothing is tried any more."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _all_of(self, chat_id: int | None) -> bool:
        behind = self._behind.setdefault(chat_id, _Behind())
        stuck: list[Call] = []
        for update_id in list(behind.updates):
            replies = inbox.replies_to(self._store.reader, update_id)
            # Where one answer speaks to several chats, the trouble of one does not hold up others.
            deaf = {call.chat_id for call in stuck}
            ready = [call for call in replies if call.chat_id not in deaf]
            rest = [call for call in replies if call.chat_id in deaf]
            if ready:
                await self._store.write(partial(inbox.sending, number=update_id, replies=replies))
                rest = [*await self._deliver(update_id, ready, rest, behind), *rest]
            if not rest:
                behind.updates.remove(update_id)
            stuck += rest
        if stuck:
            self._later(chat_id, stuck)
        else:
            self._behind.pop(chat_id, None)
        return not stuck

    async def _deliver(
        self,
        update_id: int,
        calls: Sequence[Call],
        rest: Sequence[Call] = (),
        behind: _Behind | None = None,
    ) -> Sequence[Call]:
        """Send answers to an update and note what became of them; return what is left of them."""
        before, why = self._sender.arrived, ""
        try:
            async with self._lines.aside():
                sent = await self._sender.deliver(calls)
            left: Sequence[Call] = ()
        except UndeliveredError as error:
            sent, left, why = error.sent, error.left, str(error)
            others = self._sender.arrived - before - sum(result is not None for result in sent)
            if behind is not None and others > 0:
                left = _worth(behind, left)
        kept = [*left, *rest]
        shown = [
            (call.remember[0], result["message_id"])
            for call, result in zip(calls, sent, strict=True)
            if call.remember and isinstance(result, Mapping)
        ]

        def unit(db: sqlite3.Connection) -> None:
            if kept:
                inbox.left(db, update_id, kept)
            else:
                inbox.sent(db, update_id)
            for round_id, message_id in shown:
                rounds.remember_message(db, round_id, message_id)

        # They were sent: without the mark they would be sent again.
        await self._store.insist(unit)
        if left:
            _log.warning("answers not sent", update_id=update_id, left=len(left), why=why)
        return left

    def _later(self, chat_id: int | None, left: Sequence[Call]) -> None:
        """Try again what is left of a chat, sooner at first and not before Telegram allows."""
        behind = self._behind.setdefault(chat_id, _Behind())
        if behind.waiting:
            return
        behind.waiting = True
        seconds = min(FIRST * 2**behind.tries, LONGEST)
        behind.tries += 1
        held = max((self._sender.held(call.chat_id) for call in left), default=0.0)
        task = asyncio.create_task(self._again(chat_id, max(seconds, held)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _again(self, chat_id: int | None, seconds: float) -> None:
        waited = await self._sender.pause(seconds)
        behind = self._behind.get(chat_id)
        if waited and behind is not None:
            behind.waiting = False
            await self._lines.in_line(chat_id, self.catch_up(chat_id))


def _worth(behind: _Behind, left: Sequence[Call]) -> Sequence[Call]:
    """Return what is left without its first call, where that was tried often enough."""
    behind.alone += 1
    if behind.alone < HOPELESS:
        return left
    behind.alone = 0
    _log.error("answer given up", method=left[0].method, tries=behind.tries)
    return left[1:]

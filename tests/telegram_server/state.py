"""What the server keeps of one token: a strict Telegram of its own, its updates, its faults."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.local.faults import ApiError
from bot.local.telegram import Telegram
from bot.local.world import Chat, Press
from tests.telegram_server.changes import Changes
from tests.telegram_server.faults import Faults
from tests.telegram_server.queue import Queue, RawUpdate, chat_of
from tests.telegram_server.webhook import Push
from tests.telegram_server.wire import Params, Request, ok, refused

LONGEST_POLL = 50
"""Seconds that Telegram holds a poll open at most, whatever is asked for."""

HAS_WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
OUSTED = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
    " running"
)
_FIRST_UPDATE = 100_000_001


class TokenState:
    """The Bot API of one token. `people` act and look at their chats; the rest is for tests.

    `listeners` hear of each call that had its effect, with its result.
    """

    def __init__(self, changes: Changes) -> None:
        self.people = Telegram(lambda: datetime.now(UTC))
        self.queue = Queue(_FIRST_UPDATE)
        self.faults = Faults()
        self.push = Push(self.queue, changes)
        self.revoked = False
        self.listeners: list[Callable[[Request, object], None]] = []
        self.polls = 0
        self.arrived = 0
        self._changes = changes
        self._world = self.people._world
        self._world.updates = self.queue
        self.queue.listen(changes.tell)
        self._poll: asyncio.Event | None = None

    def open(self, *chats: int) -> None:
        """Let chats be known to the bot as if somebody had written there."""
        for chat in chats:
            if chat not in self._world.chats:
                self.people.user(chat, "Ann")
            self._world.chats[chat].opened = True

    def give(self, *updates: RawUpdate) -> None:
        """Queue updates as they are; chats and presses that they tell of are there from then on."""
        for update in updates:
            if (chat := chat_of(update)) is not None:
                self.open(chat)
                self._press(update, self._world.chats[chat])
        self.queue.give(*updates)

    def chat_of(self, request: Request) -> int | None:
        """Return the chat that a call is about: the one it names, or that of the press."""
        press = self._world.presses.get(str(request.params.get("callback_query_id")))
        chat = press.chat.person.id if press else request.params.get("chat_id")
        return chat if isinstance(chat, int) else None

    async def answer(self, request: Request) -> web.Response:
        """Let a call have its effect; it is refused where Telegram would refuse it."""
        method = request.method.lower()
        if self.revoked:
            return refused(401, "Unauthorized")
        if method == "getupdates":
            return await self._answer_poll(request)
        if method in ("setwebhook", "deletewebhook", "getwebhookinfo"):
            return await self.push.answer(method, request.params)
        return self._call(method, request.sent, request)

    def _call(self, method: str, params: Params, request: Request) -> web.Response:
        try:
            result = self.people.call(method, params, request.files)
        except ApiError as error:
            return refused(error.code, error.description, **error.parameters)
        for listener in self.listeners:
            listener(request, result)
        self._changes.tell()
        return ok(result)

    async def _answer_poll(self, request: Request) -> web.Response:
        """Answer getUpdates when something waits, or empty-handed after its time.

        A poll that comes in while another is open ends that one, as Telegram does it.
        """
        if self.push.url:
            return refused(409, HAS_WEBHOOK)
        self.polls += 1
        if self._poll is not None:
            self._poll.set()
        ousted = self._poll = asyncio.Event()
        # Before the wait, so that what is confirmed does not count as waiting.
        answer = self._call("getUpdates", request.sent, request)
        self._changes.tell()
        try:
            if not len(self.queue):
                seconds = min(float(request.params.get("timeout") or 0), LONGEST_POLL)
                await self._changes.until(lambda: ousted.is_set() or len(self.queue) > 0, seconds)
                answer = self._call("getUpdates", request.sent, request)
        except TimeoutError:
            pass
        finally:
            if self._poll is ousted:
                self._poll = None
            self._changes.tell()
        return refused(409, OUSTED) if ousted.is_set() else answer

    def _press(self, update: dict[str, Any], chat: Chat) -> None:
        query = update.get("callback_query")
        if isinstance(query, dict) and "id" in query:
            self._world.presses[str(query["id"])] = Press(chat, datetime.now(UTC))

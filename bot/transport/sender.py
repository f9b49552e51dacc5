"""How answers get out: calls of the Bot API, retried until they arrive or time is up.

What is said, and where unsent calls are kept, does not belong here.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import Random
from typing import Any

import structlog
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import UndeliveredError
from bot.store.calls import Call
from bot.transport.api import Result, call_api
from bot.transport.attempts import Attempt, Tried, of_error, unheard
from bot.transport.backoff import Backoff, seconds_of

_log = structlog.get_logger(__name__)

Sent = Mapping[str, Any] | bool | None

# Refusals of what has happened already: the message says it, or the person no longer waits.
_FINE = (
    "message is not modified",
    "query is too old",
    "query id is invalid",
    "query_id_invalid",
)


class Sender:
    """Delivers calls in order; a trouble with one delivery holds back no other.

    `patience` is how many seconds a delivery may take in all. A call that timed out may have
    arrived, and is sent again all the same: an answer seen twice is better than none. `tried` hears
    how every attempt ended.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        patience: float = 300.0,
        random: Random | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tried: Tried = unheard,
    ) -> None:
        self._bot = bot
        self._tried = tried
        self._patience = patience
        self._random = random or Random()
        self._clock = clock
        self._sleep = sleep
        self._stopped = False
        self._pauses: set[asyncio.Future[None]] = set()

    def stop(self) -> None:
        """Try nothing a second time from now on: what does not arrive is raised as undelivered."""
        self._stopped = True
        for pause in self._pauses:
            pause.cancel()

    async def deliver(self, calls: Sequence[Call]) -> Sequence[Sent]:
        """Send `calls` one after another and return the raw result of each.

        A call that can never arrive (the person blocked the bot, a malformed request) is logged
        and gives None. Raises UndeliveredError when patience runs out or the token is rejected:
        the caller keeps the calls from the first one without a result on.
        """
        until = self._clock() + self._patience
        sent: list[Sent] = []
        blocked = False
        for call in calls:
            try:
                sent.append(await self._arrive(call, until))
            except Forbidden as error:
                sent.append(None)
                if not blocked:
                    blocked = True
                    _log.info("refused by the chat", method=call.method, reason=error.message)
            except TelegramError as error:
                reason = f"{call.method} was not delivered: {error.message}"
                raise UndeliveredError(reason, len(sent)) from error
        return sent

    async def _arrive(self, call: Call, until: float) -> Sent:
        """Send one call until it arrives; raise what ended the attempts."""
        backoff = Backoff(self._random)
        moved: dict[str, object] = {}
        reason: TelegramError
        while True:
            try:
                return await self._send(call, moved)
            except RetryAfter as error:
                wait, reason = seconds_of(error), error
            except BadRequest as error:
                if _fine(error):
                    return True
                _log.error("call refused", method=call.method, reason=error.message)
                return None
            except ChatMigrated as error:
                moved, wait, reason = {"chat_id": error.new_chat_id}, 0.0, error
            except NetworkError as error:
                wait, reason = backoff.next(), error
            if self._clock() + wait <= until and not self._stopped:
                await self._pause(wait)
            else:
                raise reason

    async def _pause(self, seconds: float) -> None:
        """Sleep, or less when `stop` is called."""
        pause = asyncio.ensure_future(self._sleep(seconds))
        self._pauses.add(pause)
        try:
            await asyncio.wait([pause])
        finally:
            self._pauses.discard(pause)
            pause.cancel()

    async def _send(self, call: Call, moved: Mapping[str, object]) -> Sent:
        files = {
            name: InputFile(file.content, filename=file.name) for name, file in call.files.items()
        }
        try:
            params = {**call.params, **moved}
            result: Result = await call_api(self._bot, call.method, params, files)
        except TelegramError as error:
            fine = isinstance(error, BadRequest) and _fine(error)
            self._tried(Attempt.ARRIVED if fine else of_error(error))
            raise
        self._tried(Attempt.ARRIVED)
        # Only methods that send an album answer with a list; its first message stands for it.
        return result[0] if isinstance(result, list) else result


def _fine(error: BadRequest) -> bool:
    """Whether a refusal only says that there is nothing left to do."""
    description = error.message.lower()
    return any(fine in description for fine in _FINE)

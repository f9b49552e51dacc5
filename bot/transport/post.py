"""Messages that nobody asked for: each goes out at its turn, once, and what became of it is told.

Unlike an answer (sender), a message that may have arrived is not sent again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from random import Random

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.store.calls import Call, Fate, Outcome
from bot.transport.api import call_api
from bot.transport.attempts import Attempt, Tried, of_error, unheard
from bot.transport.backoff import Backoff, seconds_of
from bot.transport.pace import Pace
from bot.transport.request import NotConnectedError

_log = structlog.get_logger(__name__)

_SAYS_IT = "message is not modified"


class Post:
    """Sends calls at the pace that Telegram allows; troubles slow everything down.

    `tried` hears how every attempt ended.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        random: Random | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tried: Tried = unheard,
    ) -> None:
        self._bot = bot
        self._tried = tried
        self._sleep = sleep
        self._stopped = asyncio.Event()
        self._pace = Pace(clock)
        self._backoff = Backoff(random or Random(), first=1.0, ceiling=60.0)

    def stop(self) -> None:
        """Keep nobody waiting from now on."""
        self._stopped.set()

    async def turn(self, chat_id: int) -> None:
        """Return when a chat may be written to, or when everything stops."""
        wait = self._pace.reserve(chat_id)
        while wait > 0 and not self._stopped.is_set():
            await self._pause(wait)
            wait = self._pace.held()

    async def send(self, call: Call) -> Outcome:
        """Send a call that has its turn, once, and say what became of it."""
        try:
            result = await call_api(self._bot, call.method, call.params)
        except TelegramError as error:
            outcome, hold = self._trouble(error)
            arrived = outcome.fate is Fate.ARRIVED
            self._tried(Attempt.ARRIVED if arrived else of_error(error))
            if hold:
                self._pace.hold(hold)
                _log.warning("pushes held back", reason=error.message, seconds=round(hold, 1))
            return outcome
        self._tried(Attempt.ARRIVED)
        self._backoff.reset()
        message_id = result.get("message_id") if isinstance(result, Mapping) else None
        return Outcome(Fate.ARRIVED, message_id=message_id)

    async def _pause(self, seconds: float) -> None:
        """Sleep, or less when everything stops."""
        pause = asyncio.ensure_future(self._sleep(seconds))
        stopping = asyncio.ensure_future(self._stopped.wait())
        await asyncio.wait([pause, stopping], return_when=asyncio.FIRST_COMPLETED)
        for task in (pause, stopping):
            task.cancel()
        await asyncio.gather(pause, stopping, return_exceptions=True)

    def _trouble(self, error: TelegramError) -> tuple[Outcome, float]:
        """Return what an error says of the call, and for how long it tells to hold back."""
        match error:
            case Forbidden():
                return Outcome(Fate.BLOCKED, error.message), 0.0
            case RetryAfter():
                return Outcome(Fate.NOT_SENT, error.message), seconds_of(error)
            case BadRequest() if _SAYS_IT in error.message.lower():
                return Outcome(Fate.ARRIVED), 0.0
            case BadRequest():
                return Outcome(Fate.REFUSED, error.message), 0.0
            case NotConnectedError() | InvalidToken():
                return Outcome(Fate.NOT_SENT, type(error).__name__), self._backoff.next()
        return Outcome(Fate.UNKNOWN, error.message), self._backoff.next()

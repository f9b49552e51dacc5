"""How updates get in: long polling that keeps a batch before it tells Telegram that it came.

Updates stay raw here, so that one that the library cannot parse does not take its batch along.
What they mean, and how they are stored, does not belong here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from enum import StrEnum
from random import Random
from typing import Any, TypeVar

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.transport.api import call_api
from bot.transport.backoff import Backoff, seconds_of

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")

RawUpdate = dict[str, Any]
Keep = Callable[[Sequence[RawUpdate]], Awaitable[Sequence[RawUpdate]]]
HandOver = Callable[[RawUpdate], Awaitable[None] | None]

# What Telegram may take beyond the poll's own time before the connection counts as dead.
_SLACK = 10.0


class Alarm(StrEnum):
    """What an operator has to know of, because it does not get better by itself."""

    CONFLICT = "another process polls with the same token, or a webhook is set"
    TOKEN = "Telegram rejects the token"  # noqa: S105 (a sentence, no token)
    STORE = "updates cannot be stored, so none are taken in"


class Poller:
    """Asks for updates until stopped; every batch is kept before the next question confirms it.

    `keep` stores a raw batch durably and returns what was new in it; `hand_over` gives one new
    update on. `alarm` hears of each trouble once, until something works again; `heard`
    is called after every question that was answered and every batch that was kept. `poll_timeout`
    is how long, in seconds, Telegram may hold a question open while there is nothing to tell.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        keep: Keep,
        hand_over: HandOver,
        alarm: Callable[[Alarm], None],
        allowed_updates: Sequence[str],
        heard: Callable[[], None] = lambda: None,
        poll_timeout: int = 30,
        backoff: Backoff | None = None,
    ) -> None:
        self._bot = bot
        self._keep = keep
        self._hand_over = hand_over
        self._alarm = alarm
        self._heard = heard
        self._question: dict[str, object] = {
            "timeout": poll_timeout,
            "allowed_updates": list(allowed_updates),
        }
        self._read_timeout = poll_timeout + _SLACK
        self._backoff = backoff or Backoff(Random())
        self._offset: int | None = None
        self._raised: Alarm | None = None
        self._stopped = False
        self._waiting: asyncio.Task[Any] | None = None

    def stop(self) -> None:
        """End `run`: at once while it waits, else when the batch at hand is kept."""
        self._stopped = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def run(self) -> None:
        """Take updates in until `stop`.

        Raises telegram.error.InvalidToken when Telegram rejects the token, after the alarm;
        everything else is retried.
        """
        while not self._stopped:
            wait = await self._round()
            if wait and not self._stopped:
                await self._unless_stopped(asyncio.sleep(wait))

    async def _round(self) -> float:
        """Take in one batch; return the seconds to wait before the next."""
        try:
            batch = await self._unless_stopped(self._ask())
            if batch and not await self._take_in(batch):
                return self._backoff.next()
        except RetryAfter as error:
            return seconds_of(error)
        except InvalidToken:
            self._report(Alarm.TOKEN)
            raise
        except Conflict:
            self._report(Alarm.CONFLICT)
            return self._backoff.next()
        except TelegramError as error:
            _log.warning("poll failed", error=repr(error))
            return self._backoff.next()
        self._backoff.reset()
        self._raised = None
        self._heard()
        return 0.0

    async def _ask(self) -> list[RawUpdate]:
        result = await call_api(
            self._bot,
            "getUpdates",
            {"offset": self._offset, **self._question},
            read_timeout=self._read_timeout,
        )
        if not isinstance(result, list):
            raise TelegramError("getUpdates was answered without a list")
        return result

    async def _take_in(self, batch: list[RawUpdate]) -> bool:
        """Keep a batch and hand over what is new; return whether it could be kept."""
        try:
            new = await self._keep(batch)
        except Exception:
            # Whatever went wrong, Telegram still has the batch and gives it again.
            _log.exception("updates not kept", count=len(batch))
            self._report(Alarm.STORE)
            return False
        self._offset = max(update["update_id"] for update in batch) + 1
        for update in new:
            try:
                handed = self._hand_over(update)
                if handed is not None:
                    await handed
            except Exception:
                # It is kept and not marked done: the next start hands it over again.
                _log.exception("update not handed over", update_id=update.get("update_id"))
        return True

    async def _unless_stopped(self, waiting: Coroutine[Any, Any, _T]) -> _T | None:
        """Await something that `stop` may cut short, which then gives None."""
        task = asyncio.create_task(waiting)
        self._waiting = task
        try:
            return await task
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if self._stopped and not (current and current.cancelling()):
                return None
            raise
        finally:
            self._waiting = None

    def _report(self, trouble: Alarm) -> None:
        if self._raised is not trouble:
            self._raised = trouble
            self._alarm(trouble)

"""Updates by long polling: a batch is kept before Telegram is told that it came."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from random import Random

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.transport.api import call_api
from bot.transport.backoff import Backoff, seconds_of
from bot.transport.intake import Alarm, Intake, RawUpdate
from bot.transport.waiting import Waiting

_log = structlog.get_logger(__name__)

# What Telegram may take beyond the poll's own time before the connection counts as dead.
_SLACK = 10.0


class Poller:
    """Asks for updates until stopped; every batch is kept before the next question confirms it.

    A webhook that an earlier run has left is removed first, as there are no polls beside one.
    A sign of life is each question that was answered and each batch that was kept. `poll_timeout`
    is how long, in seconds, Telegram may hold a question open while there is nothing to tell.
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        *,
        allowed_updates: Sequence[str],
        poll_timeout: int = 30,
        backoff: Backoff | None = None,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._question: dict[str, object] = {
            "timeout": poll_timeout,
            "allowed_updates": list(allowed_updates),
        }
        self._read_timeout = poll_timeout + _SLACK
        self._backoff = backoff or Backoff(Random())
        self._offset: int | None = None
        self._alone = False
        self._waiting = Waiting()

    def stop(self) -> None:
        """End `run`: at once while it waits, else when the batch at hand is kept."""
        self._waiting.stop()

    async def run(self) -> None:
        """Take updates in until `stop`.

        Raises telegram.error.InvalidToken when Telegram rejects the token, after the alarm;
        everything else is retried.
        """
        while not self._waiting.stopped:
            wait = await self._round()
            if wait and not self._waiting.stopped:
                await self._waiting.unless_stopped(asyncio.sleep(wait))

    async def _round(self) -> float:
        """Take in one batch; return the seconds to wait before the next."""
        try:
            batch = await self._waiting.unless_stopped(self._ask())
            if batch and not await self._take_in(batch):
                return self._backoff.next()
        except RetryAfter as error:
            return seconds_of(error)
        except InvalidToken:
            self._intake.report(Alarm.TOKEN)
            raise
        except Conflict:
            self._intake.report(Alarm.CONFLICT)
            return self._backoff.next()
        except TelegramError as error:
            _log.warning("poll failed", error=repr(error))
            return self._backoff.next()
        self._backoff.reset()
        self._intake.worked()
        self._intake.heard()
        return 0.0

    async def _ask(self) -> list[RawUpdate]:
        if not self._alone:
            await self._remove_webhook()
            self._alone = True
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
        if not await self._intake.take_in(batch):
            return False
        self._offset = max(update["update_id"] for update in batch) + 1
        return True

    async def _remove_webhook(self) -> None:
        info = await call_api(self._bot, "getWebhookInfo", {})
        if isinstance(info, dict) and info.get("url"):
            await call_api(self._bot, "deleteWebhook", {"drop_pending_updates": False})
            _log.info("webhook removed, as updates are asked for now")

"""Updates by long polling: a batch is kept before Telegram is told that it came.

Asking with an offset tells Telegram to forget all that has a lower id. After a week of silence the
ids begin anew, maybe lower (Bot API, `Update.update_id`). So an offset is for confirming what was
kept, and is dropped when that is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from random import Random

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.store.arrivals import usable_id
from bot.transport.api import call_api
from bot.transport.backoff import Backoff, seconds_of
from bot.transport.intake import Alarm, Intake
from bot.transport.rejection import Rejection
from bot.transport.waiting import Waiting

_log = structlog.get_logger(__name__)

# What Telegram may take beyond the poll's own time before the connection counts as dead: until it
# says something, and until it has said everything.
_SLACK, _LONGER_SLACK = 10.0, 30.0


class Poller:
    """Asks for updates until stopped; every batch is kept before the next question confirms it.

    A webhook that an earlier run has left is removed first, as there are no polls beside one.
    A sign of life is each question that was answered and each batch that was kept. `poll_timeout`
    is how long, in seconds, Telegram may hold a question open while there is nothing to tell, and
    `slack` how much longer a question may take to be answered, and to be answered in full.
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        *,
        allowed_updates: Sequence[str],
        poll_timeout: int = 30,
        slack: tuple[float, float] = (_SLACK, _LONGER_SLACK),
        backoff: Backoff | None = None,
        rejection: Rejection | None = None,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._question: dict[str, object] = {
            "timeout": poll_timeout,
            "allowed_updates": list(allowed_updates),
        }
        self._read_timeout, self._whole_timeout = (poll_timeout + each for each in slack)
        self._rejection = rejection or Rejection(bot)
        self._backoff = backoff or Backoff(Random())
        self._offset: int | None = None
        self._alone = False
        self._waiting = Waiting()

    def stop(self) -> None:
        """End `run`: at once while it waits, else when the batch at hand is kept."""
        self._waiting.stop()

    async def run(self) -> None:
        """Take updates in until `stop`.

        Raises telegram.error.InvalidToken when Telegram has rejected the token for a minute, and
        the alarm has rung at once; everything else is retried.
        """
        while not self._waiting.stopped:
            wait = await self._round()
            if wait and not self._waiting.stopped:
                await self._waiting.unless_stopped(asyncio.sleep(wait))

    async def _round(self) -> float:
        """Take in one batch; return the seconds to wait before the next."""
        try:
            batch = await self._waiting.unless_stopped(self._ask())
            self._rejection.over()
            if batch is not None and not await self._take_in(batch):
                return self._backoff.next()
        except RetryAfter as error:
            return seconds_of(error)
        except InvalidToken:
            self._intake.report(Alarm.TOKEN)
            if await self._waiting.unless_stopped(self._rejection.final()):
                raise
            return self._rejection.limited(self._backoff.next())
        except Conflict:
            self._intake.report(Alarm.CONFLICT)
            return self._backoff.next()
        except (TelegramError, TimeoutError) as error:
            _log.warning("poll failed", error=repr(error))
            return self._backoff.next()
        return 0.0

    async def _ask(self) -> list[object]:
        # A line on which a byte comes now and then is dead too.
        async with asyncio.timeout(self._whole_timeout):
            if not self._alone:
                await self._remove_webhook()
                self._alone = True
            result: object = await call_api(
                self._bot,
                "getUpdates",
                {"offset": self._offset, **self._question},
                read_timeout=self._read_timeout,
            )
        if not isinstance(result, list):
            raise TelegramError("getUpdates was answered without a list")
        return result

    async def _take_in(self, batch: list[object]) -> bool:
        """Keep a batch and move on; return whether to ask again at once.

        Not so where it could not be kept, or nothing in it was new: who gives the same again and
        again is not asked without a pause.
        """
        new = await self._intake.take_in(batch) if batch else 0
        if new is None:
            return False
        settled = new > 0 if batch else self._offset is None
        self._offset = _after(batch, self._offset) if batch else None
        if settled:
            self._backoff.reset()
        self._intake.worked()
        self._intake.heard()
        return new > 0 or not batch

    async def _remove_webhook(self) -> None:
        info = await call_api(self._bot, "getWebhookInfo", {})
        if isinstance(info, dict) and info.get("url"):
            await call_api(self._bot, "deleteWebhook", {"drop_pending_updates": False})
            _log.info("webhook removed, as updates are asked for now")


def _after(batch: list[object], offset: int | None) -> int | None:
    """Return the offset that confirms a batch, updates without a usable id included.

    Where none has one, Telegram gave its first ones from the offset on: so many ids later there is
    nothing that was not in the batch. Without an offset the next good update takes them along.
    """
    ids = [found for found in map(usable_id, batch) if found is not None]
    if ids:
        return max(ids) + 1
    return None if offset is None else offset + len(batch)

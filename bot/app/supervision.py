"""What runs as long as the bot does: should a part fail, that is told, and it is started again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import StrEnum
from random import Random

import structlog
from telegram.error import InvalidToken

from bot.errors import SettingsError
from bot.transport.backoff import Backoff
from bot.transport.intake import Alarm

_log = structlog.get_logger()


class Supervision:
    """Runs parts until `end`; `alarm` hears of each that failed."""

    def __init__(
        self, alarm: Callable[[StrEnum, str], None], backoff: Callable[[], Backoff] | None = None
    ) -> None:
        """Run nothing yet; `backoff` makes the waits of one part."""
        self._alarm = alarm
        self._backoff = backoff or (lambda: Backoff(Random()))
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Let parts end from now on."""
        self._ended.set()

    async def run(self, name: str, part: Callable[[], Awaitable[object]]) -> None:
        """Run a part until it returns, and again where it fails before `end`.

        What only an operator can mend ends it for good: raises telegram.error.InvalidToken and
        SettingsError.
        """
        backoff = self._backoff()
        while not self._ended.is_set():
            try:
                await part()
            except (InvalidToken, SettingsError):
                raise
            except Exception:
                _log.exception("a part has failed", part=name)
                self._alarm(Alarm.STOPPED, name)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ended.wait(), backoff.next())
            else:
                return

"""A token that Telegram rejects: given up after a minute, and not while Telegram still knows it.

In outages Telegram has answered 401 for moments to tokens that were good.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.transport.api import call_api

PATIENCE = 60.0
"""Seconds of nothing but rejections after which a token may be given up."""


class Rejection:
    """How long a token has been rejected for; `clock` gives seconds, as is `patience`."""

    def __init__(
        self, bot: Bot, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bot = bot
        self._patience = patience
        self._clock = clock
        self._until: float | None = None

    def over(self) -> None:
        """Note that the token was taken."""
        self._until = None

    async def final(self) -> bool:
        """Note a rejection; return whether to give up.

        That is when the minute is over and getMe, the second opinion, is rejected too.
        """
        if self._until is None:
            self._until = self._clock() + self._patience
        if self._clock() < self._until:
            return False
        try:
            await call_api(self._bot, "getMe", {})
        except InvalidToken:
            return True
        except TelegramError:
            pass
        return False

    def limited(self, wait: float) -> float:
        """Return how many of some seconds to wait, so as to be there when the minute is over."""
        if self._until is None:
            return wait
        left = self._until - self._clock()
        return min(wait, left) if left > 0 else wait

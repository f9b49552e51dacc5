"""How long to wait before trying again; the waiting itself does not belong here."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from telegram.error import RetryAfter


class Backoff:
    """Waits that double from `first` to `ceiling` seconds, each shortened by up to a half.

    The random half keeps many bots, or many chats of one bot, from knocking at the same moment.
    """

    def __init__(self, random: Random, *, first: float = 0.5, ceiling: float = 30.0) -> None:
        self._random = random
        self._first = first
        self._ceiling = ceiling
        self._whole = first

    def next(self) -> float:
        """Return the seconds to wait now; the next wait will be longer."""
        whole, self._whole = self._whole, min(2 * self._whole, self._ceiling)
        return whole * (1 - self._random.random() / 2)

    def reset(self) -> None:
        """Start over: something has worked."""
        self._whole = self._first


def seconds_of(error: RetryAfter) -> float:
    """Return the seconds that Telegram asks to wait, however the library states them."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)

"""How one attempt at a call ended, by name, for whoever counts; what is then done is not here."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError


class Attempt(StrEnum):
    """How an attempt ended; `NETWORK` is what says nothing of the call: time-outs, lost lines."""

    ARRIVED = "arrived"
    FLOOD = "flood"
    NETWORK = "network"
    BLOCKED = "blocked"
    REFUSED = "refused"
    TOKEN = "token"  # noqa: S105 - the name of a trouble, no token


Tried = Callable[[Attempt], None]
"""Hears how every attempt ended."""


def unheard(_: Attempt) -> None:
    """Count nothing."""


def of_error(error: TelegramError) -> Attempt:
    """Return how an attempt ended that raised."""
    match error:
        case RetryAfter():
            return Attempt.FLOOD
        case Forbidden():
            return Attempt.BLOCKED
        case InvalidToken():
            return Attempt.TOKEN
        case BadRequest():
            return Attempt.REFUSED
    return Attempt.NETWORK

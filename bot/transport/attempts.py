"""One attempt at a call, and what it says of the call; what is then done is not here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.store.calls import Call
from bot.transport.api import Result, call_api
from bot.transport.backoff import seconds_of
from bot.transport.request import NotConnectedError

Sent = Mapping[str, Any] | bool | None

UNSTATED = 1.0
"""Seconds to wait where Telegram says that it is too much and not for how long."""

_TOO_MANY = "too many requests"

# Refusals of what has happened already: the message says it, or the person no longer waits.
_FINE = (
    "message is not modified",
    "query is too old",
    "query id is invalid",
    "query_id_invalid",
)


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


@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt ended, and why; `result` is what Telegram answered.

    `certain` is whether it is known if the call took effect: after a time-out, a lost line, an
    error of the server (5xx) or an answer that cannot be read it may have. `wait` is how many
    seconds Telegram asks to wait, `chat_id` where a group has gone that became a supergroup.
    """

    how: Attempt
    why: str = ""
    result: Sent = None
    certain: bool = True
    wait: float = 0.0
    chat_id: int | None = None


async def attempt(bot: Bot, call: Call, chat_id: int | None = None) -> Ended:
    """Try a call once, in another chat than its own where one is given."""
    files = {name: InputFile(file.content, filename=file.name) for name, file in call.files.items()}
    params = call.params if chat_id is None else {**call.params, "chat_id": chat_id}
    try:
        result: Result = await call_api(bot, call.method, params, files)
    except TelegramError as error:
        return of_error(error)
    # Only methods that send an album answer with a list; its first message stands for it.
    return Ended(Attempt.ARRIVED, result=result[0] if isinstance(result, list) else result)


def of_error(error: TelegramError) -> Ended:
    """Return how an attempt ended that raised."""
    why = error.message
    if isinstance(error, RetryAfter):
        return Ended(Attempt.FLOOD, why, wait=seconds_of(error))
    if isinstance(error, ChatMigrated):
        return Ended(Attempt.NETWORK, why, chat_id=error.new_chat_id)
    if isinstance(error, BadRequest) and any(fine in why.lower() for fine in _FINE):
        return Ended(Attempt.ARRIVED, why, result=True)
    for kind, how in _PLAIN.items():
        if isinstance(error, kind):
            return Ended(how, why)
    if why.lower().startswith(_TOO_MANY):
        return Ended(Attempt.FLOOD, why, wait=UNSTATED)
    return Ended(Attempt.NETWORK, why, certain=False)


_PLAIN = {
    Forbidden: Attempt.BLOCKED,
    InvalidToken: Attempt.TOKEN,
    # To the library a refusal is a trouble of the network, too.
    BadRequest: Attempt.REFUSED,
    NotConnectedError: Attempt.NETWORK,
}

"""What can go wrong between a bot and Telegram, as frozen values.

    what                         value
    asked to wait                flood(seconds)           429 with retry_after
    Telegram is down             INTERNAL, BAD_GATEWAY    500 and 502 with a page of HTML
    the line breaks              RESET, RESET_AFTER       before and after the call had its effect
    nothing comes back           HANG, REPLY_LOST         the same
    the gateway gives up         GATEWAY_TIMEOUT          504 with a page, after the effect
    half an answer, or none      TRUNCATED, EMPTY         200, after the effect
    the token was revoked        UNAUTHORIZED             401
    the person blocked the bot   BLOCKED                  403
    a group has a new id         moved(chat)              400 with migrate_to_chat_id
    updates out of order         Disorder.REVERSED        the next batch backwards
    updates come again           Disorder.TWICE           what was confirmed last, once more
    one that nobody can parse    UNPARSEABLE              a message without what messages have

A fault befalls the next calls to which it is put: `BAD_GATEWAY.on("sendMessage", chat=7, count=3)`.
A 409 is no fault to be put: it comes to a poll when another poll of the same token comes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Harm(StrEnum):
    """How a call goes wrong, seen from the line."""

    REFUSAL = "Telegram's own words, in JSON"
    PAGE = "a gateway's words, in HTML"
    RESET = "the connection is reset"
    HANG = "nothing ever comes"
    CUT = "the connection ends in the middle of the answer"
    EMPTY = "an answer without a body"


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls the next `count` calls of a method, in a chat where one is named.

    `applied` is whether the call had its effect before. No method means every one.
    """

    harm: Harm
    code: int = 200
    description: str = ""
    parameter: tuple[str, int] | None = None
    applied: bool = False
    method: str = ""
    chat: int | None = None
    count: int = 1

    def on(self, method: str = "", *, chat: int | None = None, count: int = 1) -> Fault:
        """Return this fault for some calls."""
        return replace(self, method=method, chat=chat, count=count)

    def befalls(self, method: str, chat: int | None) -> bool:
        """Whether a call is one of those."""
        if self.method and self.method.lower() != method.lower():
            return False
        return self.chat is None or self.chat == chat


def flood(seconds: int) -> Fault:
    """Ask to wait; whole seconds, as Telegram says them."""
    words = f"Too Many Requests: retry after {seconds}"
    return Fault(Harm.REFUSAL, 429, words, ("retry_after", seconds))


def moved(chat: int) -> Fault:
    """Say that a group has become a supergroup, which has another id."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return Fault(Harm.REFUSAL, 400, words, ("migrate_to_chat_id", chat))


INTERNAL = Fault(Harm.PAGE, 500, "Internal Server Error")
BAD_GATEWAY = Fault(Harm.PAGE, 502, "Bad Gateway")
GATEWAY_TIMEOUT = Fault(Harm.PAGE, 504, "Gateway Time-out", applied=True)
RESET = Fault(Harm.RESET)
RESET_AFTER = Fault(Harm.RESET, applied=True)
HANG = Fault(Harm.HANG)
REPLY_LOST = Fault(Harm.HANG, applied=True)
TRUNCATED = Fault(Harm.CUT, applied=True)
EMPTY = Fault(Harm.EMPTY, applied=True)
UNAUTHORIZED = Fault(Harm.REFUSAL, 401, "Unauthorized")
BLOCKED = Fault(Harm.REFUSAL, 403, "Forbidden: bot was blocked by the user")


NOT_DONE = (INTERNAL, BAD_GATEWAY, RESET, HANG)
"""After these the call had no effect, which whoever sent it cannot know."""

DONE = (GATEWAY_TIMEOUT, RESET_AFTER, REPLY_LOST, TRUNCATED, EMPTY)
"""After these it had, and whoever sent it cannot know that either."""


class Disorder(StrEnum):
    """In which way updates come otherwise than they were made."""

    TWICE = "the last ones that were confirmed come once more"
    REVERSED = "the newest comes first"


UNPARSEABLE: Mapping[str, Any] = {"message": {"message_id": "a word", "date": "yesterday"}}
"""The content of an update that python-telegram-bot cannot parse."""


class Faults:
    """Which faults wait for their calls."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def put(self, *faults: Fault) -> None:
        """Have faults befall the calls to come, the first put first."""
        self._waiting += faults

    def clear(self) -> None:
        """Take back whatever has not happened yet."""
        self._waiting.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """Return what befalls a call, and count it."""
        for place, fault in enumerate(self._waiting):
            if fault.befalls(method, chat):
                left = [replace(fault, count=fault.count - 1)] if fault.count > 1 else []
                self._waiting[place : place + 1] = left
                return fault
        return None

"""An event loop whose time passes at once, and a Bot API in memory that notes what goes out."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar, cast

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import RequestData

from bot.store.calls import Call
from bot.transport.sender import Sender

_T = TypeVar("_T")


class _Skipping(selectors.DefaultSelector):
    """Moves the time on instead of waiting for it."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        """Return what is ready; nobody is waited for but timers."""
        assert timeout is not None, "everybody waits, and for no timer"
        self.now += max(0.0, timeout)
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        """Return the seconds skipped so far."""
        return self._skipping.now


def run(test: Coroutine[Any, Any, _T]) -> _T:
    """Run to the end in a time of its own, which begins at 0."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(test)


@dataclass(frozen=True)
class Departure:
    """One call on its way: when, how, to whom, saying what."""

    at: float
    method: str
    chat_id: int | None
    text: str


@dataclass
class Api:
    """Takes calls; `latency` and `trouble` say how long each takes and what it raises, if any.

    It is a bot to those who send: what of a bot they use is here.
    """

    latency: Callable[[], float] = lambda: 0.05
    trouble: Callable[[Departure], TelegramError | None] = lambda _: None
    went: list[Departure] = field(default_factory=list)
    arrived: list[Departure] = field(default_factory=list)
    base_url: str = "https://nowhere.invalid/bot"

    @property
    def request(self) -> Api:
        """What sends requests."""
        return self

    async def post(self, url: str, data: RequestData, **_: object) -> object:
        """Take a call."""
        params: dict[str, Any] = data.parameters
        loop = asyncio.get_running_loop()
        method = url.rpartition("/")[2]
        went = Departure(loop.time(), method, params.get("chat_id"), params.get("text", ""))
        self.went.append(went)
        await asyncio.sleep(self.latency())
        if (error := self.trouble(went)) is not None:
            raise error
        self.arrived.append(went)
        return {"message_id": len(self.arrived)} if method.startswith("send") else True

    def sender(self, **options: Any) -> Sender:
        """Return what sends here, in the time of the running loop."""
        clock = asyncio.get_running_loop().time
        return Sender(cast(Bot, self), clock=clock, random=Random(1), **options)

    def texts(self, chat_id: int) -> list[str]:
        """Return what has arrived in a chat."""
        return [each.text for each in self.arrived if each.chat_id == chat_id]


def text(words: str, chat_id: int = 7) -> Call:
    """Build the call that says something in a chat."""
    return Call("sendMessage", {"chat_id": chat_id, "text": words})

"""When chats act: at once, after a while of thinking, or in bursts whatever the bot does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

Updates = list[dict[str, Any]]
"""What one chat does at a time."""

TICK = 0.01
"""Seconds between two looks at who acts."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a crowd behaves.

    With a `burst`, so many chats act within `within` seconds, evenly, every `every` seconds, after
    `think` seconds at least; without one each acts when it has thought. `typed` is the share of
    answers that are written, `twice` that of presses which are made twice. `first` is the id of
    the first chat, where the run's own is not to be taken; the others count up from it.
    """

    think: float = 0.0
    burst: float = 0.0
    within: float = 1.0
    every: float = 1.0
    typed: float = 0.0
    twice: float = 0.0
    first: float = 0.0


class Rhythm:
    """Lets chats act by `act` when it is their turn, and nobody any more when `stopped`.

    `idle` counts those who have not acted yet. `missed` counts turns that nobody could take, as
    too many chats still wait for their answers or think.
    """

    def __init__(self, manner: Manner, act: Callable[[Updates], None]) -> None:
        self.missed = 0
        self.idle = 0
        self.stopped = False
        self._manner = manner
        self._act = act
        self._ready: list[Updates] = []
        self._random = Random(1)

    def add(self, what: Updates, *, thought: bool = False) -> None:
        """Take somebody in who will act, after thinking."""
        self.idle += 1
        if self._manner.think and not thought:
            asyncio.get_running_loop().call_later(self._manner.think, self._come, what)
        else:
            self._come(what)

    async def run(self) -> None:
        """Let chats act in bursts until `stopped`; return at once where there are none."""
        manner, loop = self._manner, asyncio.get_running_loop()
        began, turns = loop.time(), 0
        while manner.burst and not self.stopped:
            await asyncio.sleep(TICK)
            whole, part = divmod(loop.time() - began, manner.every)
            due = int(manner.burst * (whole + min(1.0, part / manner.within)))
            for _ in range(due - turns):
                if self._ready:
                    self._turn(self._any())
                else:
                    self.missed += 1
            turns = due

    def _any(self) -> Updates:
        """Take anybody out: in turn all would be at the same question for ever."""
        ready, place = self._ready, self._random.randrange(len(self._ready))
        ready[place], ready[-1] = ready[-1], ready[place]
        return ready.pop()

    def _come(self, what: Updates) -> None:
        if self._manner.burst:
            self._ready.append(what)
        elif not self.stopped:
            self._turn(what)

    def _turn(self, what: Updates) -> None:
        self.idle -= 1
        self._act(what)

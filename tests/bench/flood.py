"""One chat that sends as much as it can, beside whoever else is there. Pure but for its pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

FLOODER = 99
"""The chat that floods: an id that no crowd has."""

TICK = 0.01
"""Seconds between two handfuls."""

RawUpdate = dict[str, Any]


class Flood:
    """Gives `rate` updates a second, presses of a button or messages, until it is `stopped`."""

    def __init__(self, rate: float, by: str, give: Callable[[list[RawUpdate]], None]) -> None:
        self.stopped = False
        self.sent = 0
        self._rate = rate
        self._make = {"press": _press, "message": _message}[by]
        self._give = give
        self._numbers = count(1)

    async def run(self) -> None:
        """Send; what a pause was too long for comes after it."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not self.stopped:
            due = int((loop.time() - began) * self._rate) - self.sent
            self._give([self._make(next(self._numbers)) for _ in range(due)])
            self.sent += due
            await asyncio.sleep(TICK)


def _message(number: int) -> RawUpdate:
    user = {"id": FLOODER, "is_bot": False, "first_name": "M"}
    chat = {"id": FLOODER, "type": "private", "first_name": "M"}
    entities = [{"type": "bot_command", "offset": 0, "length": 5}]
    said = {"text": f"/help {number}", "entities": entities}
    return {"message": {"message_id": number, "date": 1, "chat": chat, "from": user, **said}}


def _press(number: int) -> RawUpdate:
    user = {"id": FLOODER, "is_bot": False, "first_name": "M"}
    under = {"message_id": 1, "date": 1, "chat": {"id": FLOODER, "type": "private"}, "text": "…"}
    query = {"id": f"{number}-{FLOODER}", "from": user, "chat_instance": "1", "data": "h"}
    return {"callback_query": {**query, "message": under}}

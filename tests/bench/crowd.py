"""Who talks to the bot under test: chats that each wait for an answer before they go on.

Pure: takes the calls that arrived and gives the updates they lead to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any, Protocol

from tests.bench.buttons import Step, recognised

RawUpdate = dict[str, Any]


class Crowd(Protocol):
    """Chats in a closed loop.

    `waiting` has what each chat waits for an answer to, `done` counts by step what was answered.
    When `quiet`, the crowd takes the answers that are still out and says nothing more.
    """

    done: Counter[Step]
    waiting: dict[int, Step]
    quiet: bool

    def begin(self) -> list[RawUpdate]:
        """Return each chat's first update."""

    def called(self, params: Mapping[str, Any], message_id: int) -> RawUpdate | None:
        """Take a call about a message of a chat; return the update that it leads to."""


@dataclass(frozen=True, slots=True)
class _Numbers:
    update: count[int]
    first_chat: int
    chats: int

    @classmethod
    def of(cls, chats: int, run: int) -> _Numbers:
        # Every run has numbers of its own, so that no bot takes them for a second delivery.
        return cls(count(run * 10_000_000 + 1), run * 10_000 + 1, chats)

    def message(self, chat_id: int, text: str) -> RawUpdate:
        update_id = next(self.update)
        message = {
            "message_id": 1_000_000 + update_id % 10_000_000,
            "date": 1_700_000_000,
            "chat": _chat(chat_id),
            "from": _user(chat_id),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return {"update_id": update_id, "message": message}

    def press(self, chat_id: int, message_id: int, data: str) -> RawUpdate:
        update_id = next(self.update)
        under = {
            "message_id": message_id,
            "date": 1_700_000_000,
            "chat": _chat(chat_id),
            "from": BOT,
            "text": "…",
        }
        return {
            "update_id": update_id,
            "callback_query": {
                "id": str(update_id),
                "from": _user(chat_id),
                "chat_instance": str(chat_id),
                "message": under,
                "data": data,
            },
        }

    @property
    def all_chats(self) -> range:
        return range(self.first_chat, self.first_chat + self.chats)


BOT = {"id": 4711, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Echoers:
    """Chats that say something again whenever they are answered."""

    def __init__(self, chats: int, run: int) -> None:
        self.done: Counter[Step] = Counter()
        self.waiting: dict[int, Step] = {}
        self.quiet = False
        self._numbers = _Numbers.of(chats, run)

    def begin(self) -> list[RawUpdate]:
        """Return each chat's first words."""
        return [self._say(chat_id) for chat_id in self._numbers.all_chats]

    def called(self, params: Mapping[str, Any], message_id: int) -> RawUpdate | None:
        """Count the answer and say the next thing."""
        chat_id = params["chat_id"]
        if self.waiting.pop(chat_id, None) is None:
            return None
        self.done[Step.SAY] += 1
        return None if self.quiet else self._say(chat_id)

    def _say(self, chat_id: int) -> RawUpdate:
        self.waiting[chat_id] = Step.SAY
        return self._numbers.message(chat_id, "Who says so, and how do they know?")


class Learners:
    """Chats that play: they press under the newest message that has something to press."""

    def __init__(self, chats: int, run: int) -> None:
        self.done: Counter[Step] = Counter()
        self.waiting: dict[int, Step] = {}
        self.quiet = False
        self._numbers = _Numbers.of(chats, run)
        self._random = Random(run)

    def begin(self) -> list[RawUpdate]:
        """Return the greeting of each chat."""
        for chat_id in self._numbers.all_chats:
            self.waiting[chat_id] = Step.SAY
        return [self._numbers.message(chat_id, "/start") for chat_id in self._numbers.all_chats]

    def called(self, params: Mapping[str, Any], message_id: int) -> RawUpdate | None:
        """Press what the message offers, if the chat waited for that."""
        chat_id = params["chat_id"]
        offer = recognised(params.get("reply_markup") or {})
        if offer is None or chat_id not in self.waiting:
            return None
        self.done[self.waiting.pop(chat_id)] += 1
        if self.quiet:
            return None
        step, data = offer
        self.waiting[chat_id] = step
        return self._numbers.press(chat_id, message_id, self._random.choice(data))


def _chat(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "type": "private", "first_name": "A"}


def _user(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": "A", "language_code": "en"}

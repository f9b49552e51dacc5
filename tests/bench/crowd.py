"""Who talks to the bot under test: chats that each wait for an answer before they go on.

Pure: takes the calls that arrived and gives the updates they lead to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any, Protocol

from tests.bench.buttons import Offer, Step, recognised
from tests.bench.rhythm import Manner

RawUpdate = dict[str, Any]


class Crowd(Protocol):
    """Chats in a closed loop.

    `waiting` has what each chat waits for an answer to, `done` counts by step what was answered.
    `disorder` counts messages that came in another order than their chat's updates, or twice.
    When `quiet`, the crowd takes the answers that are still out and says nothing more.
    """

    done: Counter[Step]
    waiting: dict[int, Step]
    disorder: int
    quiet: bool

    def begin(self) -> list[RawUpdate]:
        """Return each chat's first update."""

    def called(self, params: Mapping[str, Any], message_id: int) -> list[RawUpdate] | None:
        """Take a call about a message of a chat; return what the chat does next.

        None for a call that the chat did not wait for.
        """


@dataclass(frozen=True, slots=True)
class _Numbers:
    update: count[int]
    first_chat: int
    chats: int

    @classmethod
    def of(cls, chats: int, run: int, manner: Manner) -> _Numbers:
        return cls(count(first_update(run)), int(manner.first) or first_chat(run), chats)

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
                # The chat stands in it, so that whoever gets it back knows whose press it was.
                "id": f"{update_id}-{chat_id}",
                "from": _user(chat_id),
                "chat_instance": str(chat_id),
                "message": under,
                "data": data,
            },
        }

    @property
    def all_chats(self) -> range:
        return range(self.first_chat, self.first_chat + self.chats)


def first_update(run: int) -> int:
    """Return the number of a run's first update: no bot takes another run's for the same."""
    return run * 10_000_000 + 1


def first_chat(run: int) -> int:
    """Return the id of a run's first chat; the others count up from it."""
    return run * 100_000 + 1


BOT = {"id": 4711, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Echoers:
    """Chats that say something again whenever they are answered."""

    def __init__(self, chats: int, run: int, manner: Manner) -> None:
        self.done: Counter[Step] = Counter()
        self.waiting: dict[int, Step] = {}
        self.disorder = 0
        self.quiet = False
        self._numbers = _Numbers.of(chats, run, manner)

    def begin(self) -> list[RawUpdate]:
        """Return each chat's first words."""
        return [self._say(chat_id) for chat_id in self._numbers.all_chats]

    def called(self, params: Mapping[str, Any], message_id: int) -> list[RawUpdate] | None:
        """Count the answer and say the next thing."""
        chat_id = params["chat_id"]
        if self.waiting.pop(chat_id, None) is None:
            return None
        self.done[Step.SAY] += 1
        return [] if self.quiet else [self._say(chat_id)]

    def _say(self, chat_id: int) -> RawUpdate:
        self.waiting[chat_id] = Step.SAY
        return self._numbers.message(chat_id, "Who says so, and how do they know?")


class Askers:
    """A chat that asks for one page after another, the one that is told to it."""

    def __init__(self, page: str, run: int, manner: Manner) -> None:
        self.done: Counter[Step] = Counter()
        self.waiting: dict[int, Step] = {}
        self.disorder = 0
        self.quiet = False
        self._page = page
        self._numbers = _Numbers.of(1, run, manner)

    def begin(self) -> list[RawUpdate]:
        """Return the first question for the page."""
        return [self._ask()]

    def called(self, params: Mapping[str, Any], message_id: int) -> list[RawUpdate] | None:
        """Ask again when the text of the page has come; pictures come before it."""
        if "text" not in params or self.waiting.pop(params["chat_id"], None) is None:
            return None
        self.done[Step.SAY] += 1
        return [] if self.quiet else [self._ask()]

    def _ask(self) -> RawUpdate:
        chat_id = self._numbers.first_chat
        self.waiting[chat_id] = Step.SAY
        return self._numbers.message(chat_id, self._page)


class Learners:
    """Chats that play: they press under the newest message that has something to press.

    Some answers they write, and some presses they make twice, as people do.
    """

    def __init__(self, chats: int, run: int, manner: Manner) -> None:
        self.done: Counter[Step] = Counter()
        self.waiting: dict[int, Step] = {}
        self.disorder = 0
        self.quiet = False
        self._numbers = _Numbers.of(chats, run, manner)
        self._random = Random(run)
        self._manner = manner
        self._places: dict[int, tuple[str, int]] = {}
        self._offers: dict[int, Offer] = {}

    def begin(self) -> list[RawUpdate]:
        """Return the greeting of each chat."""
        for chat_id in self._numbers.all_chats:
            self.waiting[chat_id] = Step.SAY
        return [self._numbers.message(chat_id, "/start") for chat_id in self._numbers.all_chats]

    def called(self, params: Mapping[str, Any], message_id: int) -> list[RawUpdate] | None:
        """Do what the message offers, if the chat waited for that."""
        chat_id = params["chat_id"]
        offer = recognised(params.get("reply_markup") or {})
        if offer is None:
            return None
        self._follow(chat_id, offer, fresh="message_id" not in params)
        # The same offer comes again where a press came twice, and leads to nothing new.
        if chat_id not in self.waiting or self._offers.get(chat_id) == offer:
            return None
        self._offers[chat_id] = offer
        self.done[self.waiting.pop(chat_id)] += 1
        if self.quiet:
            return []
        self.waiting[chat_id] = offer.step
        wishes = offer.step is Step.ANSWER and self._random.random() < self._manner.typed
        if wishes and (words := self._words(offer, params["text"])):
            return [self._numbers.message(chat_id, words)]
        data = self._random.choice(offer.data)
        # Whoever presses "Play" twice gets two rounds: that is what was asked for.
        again = offer.step is not Step.BEGIN and self._random.random() < self._manner.twice
        times = 2 if again else 1
        return [self._numbers.press(chat_id, message_id, data) for _ in range(times)]

    def _follow(self, chat_id: int, offer: Offer, *, fresh: bool) -> None:
        """Look whether a question is the one after the last, and a verdict on the last one."""
        place, last = offer.place, self._places.get(chat_id)
        if place is None:
            return
        if offer.step is Step.ANSWER and fresh:
            after = last[1] + 1 if last and last[0] == place[0] else 0
            self._places[chat_id] = place
            self.disorder += place[1] != after
        else:
            self.disorder += place != last

    def _words(self, offer: Offer, html: str) -> str:
        """Return an answer in words: a kind by its name, a reason, or a word of the passage."""
        if offer.letter == "k":
            return self._random.choice(offer.labels[:-1])
        if offer.letter == "p":
            return "it names no source"
        # Short ones are words like "their", which alone are no answer.
        target = re.search("<b>([^<&]*)", html.partition("<blockquote>")[2])
        words = re.findall(r"(?<!\S)[a-z]{7,}(?!\S)", target[1]) if target else []
        return self._random.choice(words) if words else ""


def _chat(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "type": "private", "first_name": "A"}


def _user(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": "A", "language_code": "en"}

"""The updates of one bot, by Telegram's rules, with a ledger of what was handed over for good."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from bot.local.updates import Updates
from tests.telegram_server.faults import Disorder

RawUpdate = dict[str, Any]


class Queue(Updates):
    """Updates that wait; `handed` has those that a bot got and confirmed, by number.

    Confirmed means: a later offset came for it after it was given out, or a webhook took it with a
    status of 2xx. Telegram never gives such an update again, so from then on it is the bot's.
    """

    def __init__(self, first: int) -> None:
        super().__init__(first)
        self.handed: dict[int, RawUpdate] = {}
        self._given: dict[int, RawUpdate] = {}
        self._last: list[RawUpdate] = []
        self._disorders: deque[Disorder] = deque()

    @property
    def waiting(self) -> list[RawUpdate]:
        """What is not confirmed yet, in order."""
        return self._waiting

    def give(self, *updates: RawUpdate) -> None:
        """Queue updates as they are, whatever they are."""
        self._waiting.extend(updates)
        for listener in tuple(self._listeners):
            listener()

    def slip_in(self, content: Mapping[str, Any]) -> int:
        """Queue an update of any content under the next number, and return that."""
        number = self._next
        self._next += 1
        self.give({"update_id": number, **content})
        return number

    def disorder(self, *disorders: Disorder) -> None:
        """Have the next batches that are not empty come in disorder."""
        self._disorders.extend(disorders)

    def take(self, offset: int, limit: int | None) -> list[dict[str, object]]:
        """Note what the offset confirms, and give out what waits."""
        if offset > 0:
            self._confirm([each for number, each in self._given.items() if number < offset])
        batch = super().take(offset, limit)
        if batch and self._disorders:
            match self._disorders.popleft():
                case Disorder.REVERSED:
                    batch = batch[::-1]
                case Disorder.TWICE:
                    batch = [*self._last, *batch]
        self._given |= {int(str(each["update_id"])): each for each in batch}
        return batch

    def first(self, line: list[RawUpdate]) -> RawUpdate:
        """Return which of one chat's updates a webhook is brought now."""
        if len(line) > 1 and Disorder.REVERSED in self._disorders:
            self._disorders.remove(Disorder.REVERSED)
            return line[-1]
        return line[0]

    def taken(self, update: RawUpdate) -> bool:
        """Note that a webhook took an update; return whether it is brought once more."""
        if Disorder.TWICE in self._disorders:
            self._disorders.remove(Disorder.TWICE)
            return True
        self._waiting = [each for each in self._waiting if each is not update]
        self._confirm([update])
        return False

    def _confirm(self, updates: list[RawUpdate]) -> None:
        if updates:
            self._last = updates
        for update in updates:
            number = int(update["update_id"])
            self.handed[number] = update
            self._given.pop(number, None)


def chat_of(update: RawUpdate) -> int | None:
    """Return the chat that an update of any shape is about, where it says so."""
    part = update.get("callback_query", update)
    message = part.get("message") if isinstance(part, Mapping) else None
    chat = message.get("chat") if isinstance(message, Mapping) else None
    number = chat.get("id") if isinstance(chat, Mapping) else None
    return number if isinstance(number, int) else None

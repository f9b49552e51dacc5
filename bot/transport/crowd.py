"""How many updates of one chat may wait; who sends more is passed over, and told so once.

What passing over means for the store, and the words, do not belong here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

WAITING = 50
"""Updates of one chat that wait at most.

Somebody who types as fast as they can sends two or three messages in a second and reads the answers
meanwhile, and what an app kept while it was offline is seldom more than ten. Fifty that are all
unanswered come from no reader. They take less than a megabyte.
"""


Raw = dict[str, Any]


AGAIN = timedelta(minutes=1)
"""How long a chat is not told again: whoever goes on has not read it yet."""


@dataclass(frozen=True, slots=True)
class Over:
    """An update that is passed over; `first` is the one by which its chat is told."""

    update_id: int
    chat_id: int
    first: bool


class Room:
    """How many more updates of each of some chats may wait: a moment of a crowd, used up once.

    It belongs to nobody else, so that it can be asked on another thread.
    """

    def __init__(self, left: dict[int, int]) -> None:
        self._left = left

    def take(self, update: Mapping[str, Any]) -> bool:
        """Whether a raw update may wait; then it takes a place. Who names no chat always may."""
        chat_id = _whence(update)
        if chat_id is None or chat_id not in self._left:
            return True
        self._left[chat_id] -= 1
        return self._left[chat_id] >= 0


class Crowd:
    """Counts what waits, chat by chat; a chat with nothing waiting takes no memory."""

    def __init__(self, most: int = WAITING) -> None:
        self._most = most
        self._waiting: Counter[int] = Counter()
        self._chats: dict[int, int] = {}
        self._told: dict[int, datetime] = {}

    def room(self, batch: Iterable[object]) -> Room:
        """Return the room that the chats of a batch have now."""
        found = (_whence(update) for update in batch if isinstance(update, Mapping))
        chats = {chat for chat in found if chat is not None}
        return Room({chat: self._most - self._waiting[chat] for chat in chats})

    def over(self, updates: Iterable[Raw], now: datetime) -> list[Over]:
        """Return the raw updates, for which there was no room, as what is passed over."""
        whence = ((int(update["update_id"]), _whence(update)) for update in updates)
        return [
            Over(number, chat_id, first=self._tells(chat_id, now))
            for number, chat_id in whence
            if chat_id is not None
        ]

    def admit(self, updates: Iterable[Raw], now: datetime) -> tuple[list[Raw], list[Over]]:
        """Return the raw updates that may wait, and those that are too many of their chat."""
        admitted, over = [], []
        for update in updates:
            chat_id, update_id = _whence(update), int(update["update_id"])
            if chat_id is not None and self._waiting[chat_id] >= self._most:
                over.append(Over(update_id, chat_id, first=self._tells(chat_id, now)))
                continue
            if chat_id is not None and update_id not in self._chats:
                self._waiting[chat_id] += 1
                self._chats[update_id] = chat_id
            admitted.append(update)
        return admitted, over

    def leave(self, update_id: int) -> None:
        """Note that an update waits no longer; nothing happens for one that never did."""
        chat_id = self._chats.pop(update_id, None)
        if chat_id is None:
            return
        self._waiting[chat_id] -= 1
        if not self._waiting[chat_id]:
            del self._waiting[chat_id]

    def _tells(self, chat_id: int, now: datetime) -> bool:
        """Whether a chat is to be told now; old news of others is forgotten on the way."""
        told = self._told.get(chat_id)
        if told is not None and now - told < AGAIN:
            return False
        self._told = {chat: at for chat, at in self._told.items() if now - at < AGAIN}
        self._told[chat_id] = now
        return True

    @property
    def chats(self) -> int:
        """How many chats have something waiting."""
        return len(self._waiting)


def _whence(update: Mapping[str, Any]) -> int | None:
    """Return the chat that a raw update comes from, else its sender; None where it names none."""
    for part in update.values():
        if not isinstance(part, Mapping):
            continue
        message = part.get("message", part)
        chat = message.get("chat") if isinstance(message, Mapping) else None
        for one in (chat, part.get("from")):
            found = one.get("id") if isinstance(one, Mapping) else None
            if type(found) is int:
                return found
    return None

"""How fast messages may go out: the published limits as arithmetic on moments, in seconds.

"Avoid sending more than one message per second" in a chat, with "short bursts"; "more than 20
messages per minute" in a group; "about 30 messages per second" in all (core.telegram.org/bots/faq,
"My bot is hitting limits"). What counts is messages, not edits and not the answers to presses.
Waiting, and who goes first, does not belong here.
"""

from __future__ import annotations

from collections import deque
from math import inf

RATE = 30
"""Messages in any second, in all."""

BURST = 5
"""Messages that a chat may get at once: what opens a round, a verdict, the next question, and a
page with its picture. A chat that had none for five seconds has all of them again."""

EVERY = 1.0
"""Seconds for each further message to a person."""

EVERY_IN_GROUP = 4.0
"""Seconds for each further message to a group: with the burst, 5 + 60 / 4 = 20 in any minute."""

SHARE = 2 / 3
"""How much of the rate pushes may use: the rest is there for answers at any moment."""

REMEMBERED = 1_000
"""Chats from which on those are forgotten whose moment has passed."""


class Moments:
    """A moment to come for each chat; those that have passed are forgotten in time."""

    def __init__(self) -> None:
        """Know of no chat."""
        self._by_chat: dict[int | None, float] = {}
        self._most = REMEMBERED

    def __len__(self) -> int:
        return len(self._by_chat)

    def of(self, chat_id: int | None) -> float:
        """Return the moment of a chat, long past where none is known."""
        return self._by_chat.get(chat_id, -inf)

    def put(self, chat_id: int | None, moment: float, now: float) -> None:
        """Set the moment of a chat."""
        self._by_chat[chat_id] = moment
        if len(self._by_chat) > self._most:
            self._by_chat = {chat: at for chat, at in self._by_chat.items() if at > now}
            # Doubled, so that clearing up costs no message more than a constant.
            self._most = max(REMEMBERED, 2 * len(self._by_chat))


class Limits:
    """What has gone out, and from when on more may."""

    def __init__(self, rate: int = RATE) -> None:
        """Allow `rate` messages in any second."""
        self._went: deque[float] = deque(maxlen=rate)
        self._push_every = 1 / (SHARE * rate)
        self._push_at = -inf
        # When a chat's bucket will be full again (the generic cell rate algorithm).
        self.full = Moments()

    def chat_at(self, chat_id: int, *, push: bool) -> float:
        """Return from when on a chat may get a message.

        A push needs a chat that could get a whole burst: it takes no answer's place.
        """
        return self.full.of(chat_id) - (0 if push else BURST - 1) * _every(chat_id)

    def all_at(self, *, push: bool) -> float:
        """Return from when on any chat may get a message."""
        first = self._went[0] + 1 if len(self._went) == self._went.maxlen else -inf
        return max(first, self._push_at) if push else first

    def take(self, chat_id: int | None, now: float, *, push: bool) -> None:
        """Count a message; None for a chat that has no number."""
        self._went.append(now)
        if push:
            self._push_at = now + self._push_every
        if chat_id is not None:
            full = max(now, self.full.of(chat_id)) + _every(chat_id)
            self.full.put(chat_id, full, now)


def _every(chat_id: int) -> float:
    """Return the seconds between messages to a chat; the ids of groups are negative."""
    return EVERY if chat_id > 0 else EVERY_IN_GROUP

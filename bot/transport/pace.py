"""How fast messages that nobody waits for may go out, within the limits that Telegram publishes.

"Avoid sending more than one message per second in a chat", "more than 20 messages per minute" in
a group, "about 30 messages per second" in all (core.telegram.org/bots/faq, "My bot is hitting
limits"). Answers are not held back: they have the rest of the 30 to themselves.
"""

from __future__ import annotations

from collections.abc import Callable

OVERALL = 1 / 20
"""Seconds between two messages: of Telegram's 30 a second a third is left for answers."""

PER_CHAT = 1.0
"""Seconds between two messages to one person."""

PER_GROUP = 60 / 20
"""Seconds between two messages to one group, whose ids are negative."""

REMEMBERED = 10_000
"""Chats from which on those are forgotten whose next turn has come anyway."""


class Pace:
    """Gives out turns. `clock` counts seconds from wherever it likes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Owe nobody a pause yet."""
        self._clock = clock
        self._next = 0.0
        self._held = 0.0
        self._by_chat: dict[int, float] = {}

    def reserve(self, chat_id: int) -> float:
        """Take the next turn to write to a chat and return in how many seconds it comes."""
        now = self._clock()
        at = max(now, self._next, self._held, self._by_chat.get(chat_id, 0.0))
        # A chat whose own turn is far away must not hold back the others.
        self._next = max(now, self._next, self._held) + OVERALL
        self._by_chat[chat_id] = at + (PER_CHAT if chat_id > 0 else PER_GROUP)
        if len(self._by_chat) > REMEMBERED:
            self._by_chat = {chat: turn for chat, turn in self._by_chat.items() if turn > now}
        return at - now

    def hold(self, seconds: float) -> None:
        """Let nobody write for so many seconds."""
        self._held = max(self._held, self._clock() + seconds)

    def held(self) -> float:
        """Return for how many more seconds nobody may write."""
        return max(0.0, self._held - self._clock())

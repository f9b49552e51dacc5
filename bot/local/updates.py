"""The queue of updates between people and the bot, with getUpdates' rules.

An update is kept until a call confirms it with a higher offset. Which kinds are queued at all is
decided when they happen: `allowed_updates` has no effect on what waits already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

MOST_AT_ONCE = 100
# Kinds that a bot gets only where it asks for them by name.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """Updates that wait for the bot; numbers count up by one."""

    def __init__(self, first: int) -> None:
        self._next = first
        self._waiting: list[dict[str, object]] = []
        self._allowed: frozenset[str] | None = None
        self._listeners: list[Callable[[], None]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, value: object) -> None:
        """Queue an update and tell the listeners; drop a kind the bot did not ask for."""
        wanted = kind not in _ON_REQUEST if self._allowed is None else kind in self._allowed
        if not wanted:
            return
        self._waiting.append({"update_id": self._next, kind: value})
        self._next += 1
        for listener in tuple(self._listeners):
            listener()

    def take(self, offset: int, limit: int | None) -> list[dict[str, object]]:
        """Forget what `offset` confirms and return the earliest that wait.

        A negative offset keeps that many from the end and forgets the ones before.
        """
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset > 0:
            self._waiting = [each for each in self._waiting if _number(each) >= offset]
        most = limit if limit is not None and 1 <= limit <= MOST_AT_ONCE else MOST_AT_ONCE
        return self._waiting[:most]

    def allow(self, kinds: Sequence[str]) -> None:
        """Queue only these kinds from now on; none named means the usual ones."""
        self._allowed = frozenset(kinds) or None

    def forget(self) -> None:
        """Drop everything that waits."""
        self._waiting.clear()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each update is queued; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


def _number(update: dict[str, object]) -> int:
    number = update["update_id"]
    return number if isinstance(number, int) else 0

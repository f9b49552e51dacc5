"""How long chats wait: from what they do to the call that answers it. Pure; moments are given."""

from __future__ import annotations

from dataclasses import dataclass, field

PERCENTILES = (50, 95, 99, 100)


@dataclass(slots=True)
class _Wait:
    acted: float
    handed: float | None = None
    served: float = 0.0
    until: float = 0.0


@dataclass(slots=True)
class Waits:
    """One wait per chat at a time; moments and spans are seconds of one clock.

    `handling` is from handing an update out to the call that answers it, less what the Bot API
    itself took meanwhile to serve this chat's other calls. `learner` is from the learner's doing
    to the same call, with all of that and the poll.
    """

    handling: list[float] = field(default_factory=list)
    learner: list[float] = field(default_factory=list)
    _open: dict[int, _Wait] = field(default_factory=dict)

    def acted(self, chat: int, at: float) -> None:
        """Note that a learner did something."""
        self._open[chat] = _Wait(at)

    def handed(self, chat: int, at: float) -> None:
        """Note that a chat's update was handed out; only the first time counts."""
        wait = self._open.get(chat)
        if wait is not None and wait.handed is None:
            wait.handed = at

    def served(self, chat: int, began: float, ended: float) -> None:
        """Note from when to when the Bot API served a call for a chat; side by side counts once."""
        wait = self._open.get(chat)
        if wait is not None and wait.handed is not None:
            wait.served += max(0.0, ended - max(began, wait.handed, wait.until))
            wait.until = max(wait.until, ended)

    def answered(self, chat: int, at: float) -> None:
        """Note that the call arrived which answers a chat."""
        wait = self._open.pop(chat, None)
        if wait is not None and wait.handed is not None:
            self.handling.append(at - wait.handed - wait.served)
            self.learner.append(at - wait.acted)

    def taken(self) -> dict[str, list[float]]:
        """Return the percentiles of both in milliseconds, and begin to count anew."""
        found = {"handling": spread(self.handling), "learner": spread(self.learner)}
        self.handling, self.learner = [], []
        return found


def spread(values: list[float]) -> list[float]:
    """Return `PERCENTILES` of seconds as milliseconds; empty for no values."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return [round(1000 * ordered[last * p // 100], 2) for p in PERCENTILES] if ordered else []

"""How much of what is costly one person may have; who asks for more is told to wait.

Counted by Telegram id, so that being forgotten and coming back gives nothing new. Kept in memory: a
restart lets everybody begin anew, which costs little. What is said does not belong here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


@dataclass(frozen=True, slots=True)
class Ration:
    """`burst` at once, and then another one every `every`."""

    burst: int
    every: timedelta


class Costly(Enum):
    """What costs more than a few milliseconds, or may not be tried as often as one likes."""

    PICTURE = Ration(6, timedelta(seconds=10))
    """Drawn in some tenths of a second of one core; nobody looks at more."""

    FILE = Ration(6, timedelta(seconds=30))
    """Everything about somebody or from a class: as long as the log, and kept until it is sent."""

    UPLOAD = Ration(10, timedelta(seconds=30))
    """A set is checked, an article read by the classifier, in up to some seconds of one core."""

    TRIAL = Ration(20, timedelta(seconds=3))
    """A typed answer of somebody who tries a set out is judged, in some hundredths of a second."""

    GUESS = Ration(10, timedelta(minutes=6))
    """A code that opens nothing. Ten typing errors are many; 240 tries a day find no class among
    27 thousand million codes."""


REMEMBERED = 10_000
"""Counts from which on those are dropped that are whole again."""


class Allowance:
    """Counts what people had. Of each only the moment is kept at which all of it will be back."""

    def __init__(self) -> None:
        self._whole: dict[tuple[int, Costly], datetime] = {}

    def spent(self, person: int, what: Costly, now: datetime) -> bool:
        """Whether somebody has had all that there is for now."""
        back = self._whole.get((person, what), now)
        return back - now > (what.value.burst - 1) * what.value.every

    def take(self, person: int, what: Costly, now: datetime) -> bool:
        """Let somebody have one, unless all is spent; return whether they may."""
        if self.spent(person, what, now):
            return False
        if len(self._whole) >= REMEMBERED:
            self._whole = {key: back for key, back in self._whole.items() if back > now}
        back = max(self._whole.get((person, what), now), now)
        self._whole[person, what] = back + what.value.every
        return True

"""What stands behind a poller or a webhook in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.store.arrivals import usable_id
from bot.transport.intake import Alarm, Intake


class Home:
    """Keeps updates, drops duplicates, and can be out of space; notes alarms and signs of life."""

    def __init__(self) -> None:
        self.kept: list[int] = []
        self.odd: list[object] = []
        self.handed: list[int] = []
        self.alarms: list[Alarm] = []
        self.words: list[str] = []
        self.heard = 0
        self.full = 0
        self.choke_on: int | None = None

    async def keep(self, batch: Sequence[object]) -> Sequence[dict[str, Any]]:
        """Store what is new, unless there is no space; what has no id is noted beside."""
        if self.full:
            self.full -= 1
            raise OSError(28, "No space left on device")
        self.odd += [one for one in batch if usable_id(one) is None and one not in self.odd]
        good = [one for one in batch if isinstance(one, dict) and usable_id(one) is not None]
        new = [update for update in good if update["update_id"] not in self.kept]
        self.kept += [update["update_id"] for update in new]
        return new

    async def hand_over(self, update: dict[str, Any]) -> None:
        """Note what was handed over."""
        if update["update_id"] == self.choke_on:
            raise LookupError(self.choke_on)
        self.handed.append(update["update_id"])

    def alarm(self, alarm: Alarm, words: str) -> None:
        """Note what rang, and with which words."""
        self.alarms.append(alarm)
        self.words.append(words)

    def hear(self) -> None:
        """Count the signs of life."""
        self.heard += 1

    def intake(self) -> Intake:
        """Return the intake that ends here."""
        return Intake(keep=self.keep, hand_over=self.hand_over, alarm=self.alarm, heard=self.hear)


def updates(*ids: int) -> list[dict[str, Any]]:
    """Build raw updates of a kind that nothing can parse."""
    return [{"update_id": number, "from_the_future": {"id": None}} for number in ids]

"""How the bot is, as one frozen value; whoever looks it up is not here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

Figures = Mapping[str, float]
"""What is to be told of a trouble: bytes, seconds, shares of 1 or counts, by name."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """In how many of so many answers that the machine graded it was not sure."""

    unsure: int
    of: int


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is: counts of updates, sizes in bytes, and what is wrong by kind.

    `waiting` and `unsent` are there now; `failed` counts a day. `model_state` is `works`, `asleep`
    (not needed yet) or `broken`. `recent` are the last answers that the machine graded, `before`
    those before them. `backup_age` is None where there is no backup, and `backed_up` whether there
    are to be any.
    """

    version: str
    uptime: timedelta
    handled_hour: int
    handled_day: int
    waiting: int
    unsent: int
    failed: int
    model: str
    model_state: str
    recent: Doubt
    before: Doubt
    disk_free: int
    database: int
    backup_age: timedelta | None
    backed_up: bool
    troubles: tuple[tuple[str, Figures], ...] = ()

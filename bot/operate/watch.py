"""What is wrong with a bot, and what operators have not been told of it yet. Pure.

What was seen is an argument, and so is what was told before; looking and telling are not here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt

from bot.operate.pulse import STALE
from bot.operate.vitals import Vitals

LEAST_FREE = 200_000_000
"""Bytes free besides what copying the database takes: room for its log and some days of writing."""

COPIES = 2
"""Times the size of the database that must be free: a backup, and one before an upgrade."""

RECENT, BEFORE = 100, 1_000
"""Machine-graded answers that are compared with those before them."""

LEAST_BEFORE = 300
"""Answers to compare with at least: fewer say too little of what is usual."""

Z = 3.0
"""Half-width of both intervals in standard errors.

Simulated: with an unchanged rate of 2 to 50 % one window of 8,000 looked like a jump, in spells of
some dozen. A rate that goes from 10 to 30 % is found by the hundredth answer in 93 of 100 cases,
one from 20 to 40 % in 74, one from 5 to 15 % in 47.
"""

MATTERS = 0.1
"""Share in doubt from which on a rise matters: people can settle fewer as they come."""

OVERDUE = 2
"""Intervals after which a backup is late: one that is running, or a bot that was off, is not."""

QUIET = timedelta(hours=1)
"""Least time between two messages that a trouble of one kind has begun."""


class Kind(StrEnum):
    """What can be wrong. A rejected token is told of where Telegram takes it for sending."""

    POLLING = "polling"
    CONFLICT = "conflict"
    WEBHOOK = "webhook"
    TOKEN = "token"  # noqa: S105 - the name of a trouble, no token
    STOPPED = "stopped"
    STORE = "store"
    DISK = "disk"
    MODEL = "model"
    DOUBT = "doubt"
    BACKUP = "backup"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Observed:
    """What was seen at a moment.

    `heard` is when updates last could come in, None while that is not to be expected. `raised` are
    troubles that somebody else found. `every` is the time between two backups, None for none.
    """

    now: datetime
    started: datetime
    heard: datetime | None
    vitals: Vitals
    raised: frozenset[Kind] = frozenset()
    every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong, with figures: bytes, seconds, shares of 1 or counts by name."""

    kind: Kind
    figures: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Told:
    """When operators were last told that a trouble began, and whether it is over as they know."""

    at: datetime
    over: bool = False


Memory = Mapping[Kind, Told]
"""What operators were told, by kind."""


@dataclass(frozen=True, slots=True)
class News:
    """What operators are to be told: what began, and which kinds are over."""

    begun: tuple[Trouble, ...] = ()
    over: tuple[Kind, ...] = ()


def troubles(seen: Observed) -> list[Trouble]:
    """Return what is wrong, in the order of `Kind`."""
    vitals, files = seen.vitals, seen.vitals.files
    found = [Trouble(kind) for kind in seen.raised]
    if seen.heard is not None:
        silent = (seen.now - seen.heard).total_seconds()
        if silent > STALE:
            found.append(Trouble(Kind.POLLING, {"silent": silent}))
    needed = room_needed(files.database)
    if files.free < needed:
        found.append(Trouble(Kind.DISK, {"free": files.free, "needed": needed}))
    if (jumped := jump(vitals.doubts)) is not None:
        found.append(Trouble(Kind.DOUBT, {"recent": jumped[0], "before": jumped[1]}))
    if seen.every is not None:
        age = seen.now - max(files.backup or seen.started, seen.started)
        if overdue(age, seen.every):
            since = seen.now - (files.backup or seen.started)
            found.append(Trouble(Kind.BACKUP, {"age": since.total_seconds()}))
    if vitals.failed_hour:
        found.append(Trouble(Kind.FAILED, {"count": vitals.failed_hour}))
    kinds = tuple(Kind)
    return sorted(found, key=lambda trouble: kinds.index(trouble.kind))


def room_needed(database: int) -> int:
    """Return the bytes that must be free beside a database of so many."""
    return LEAST_FREE + COPIES * database


def overdue(age: timedelta, every: timedelta) -> bool:
    """Whether the newest backup is too old where one is made every so often."""
    return age > OVERDUE * every


def jump(doubts: Sequence[bool]) -> tuple[float, float] | None:
    """Return the shares in doubt of the newest answers and of those before, where they jumped.

    `doubts` has the newest first. A jump is when the Wilson interval of the newest lies above that
    of those before (E. B. Wilson, Probable inference, JASA 22, 1927).
    """
    recent, before = doubts[:RECENT], doubts[RECENT : RECENT + BEFORE]
    if len(recent) < RECENT or len(before) < LEAST_BEFORE:
        return None
    now, usual = sum(recent) / len(recent), sum(before) / len(before)
    risen = wilson(sum(recent), len(recent))[0] > wilson(sum(before), len(before))[1]
    return (now, usual) if risen and now >= MATTERS else None


def wilson(count: int, total: int, z: float = Z) -> tuple[float, float]:
    """Return the interval of a share, `z` standard errors to either side; total is at least 1."""
    share, square = count / total, z * z / total
    middle = share + square / 2
    half = z * sqrt(share * (1 - share) / total + square / (4 * total))
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def news(memory: Memory, found: Sequence[Trouble], now: datetime) -> News:
    """Return what operators do not know yet.

    A trouble that comes back within an hour of being told of is told of when the hour is over, if
    it is still there: what comes and goes makes one message an hour and no flood.
    """
    there = {trouble.kind for trouble in found}
    over = tuple(kind for kind, told in memory.items() if not told.over and kind not in there)
    begun = tuple(trouble for trouble in found if _untold(memory.get(trouble.kind), now))
    return News(begun, over)


def remembered(memory: Memory, told: News, now: datetime) -> Memory:
    """Return the memory after operators were told."""
    ended = {kind: Told(memory[kind].at, over=True) for kind in told.over}
    return {**memory, **ended, **{trouble.kind: Told(now) for trouble in told.begun}}


def dump(memory: Memory) -> str:
    """Return a memory as text."""
    return json.dumps({kind: [told.at.isoformat(), told.over] for kind, told in memory.items()})


def load(text: str) -> Memory:
    """Return what `dump` wrote; of any other text an empty memory, so that all is told again."""
    try:
        found = json.loads(text)
        return {Kind(kind): Told(_aware(at), over=bool(over)) for kind, (at, over) in found.items()}
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}


def _untold(told: Told | None, now: datetime) -> bool:
    return told is None or (told.over and now - told.at >= QUIET)


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment

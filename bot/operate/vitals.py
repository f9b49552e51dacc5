"""What can be seen of a bot from its files: its inbox, its log, its disk and its backups."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.operate.backup import free, newest
from bot.store import inbox, log
from bot.store.copies import read_only

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

GRADED = 1_200
"""Answers that the machine graded, to compare the newest with those before."""


@dataclass(frozen=True, slots=True)
class Files:
    """What the file system says: bytes free where it is scarcest, of the database, and a moment."""

    free: int
    database: int
    backup: datetime | None


@dataclass(frozen=True, slots=True)
class Vitals:
    """All of it. `doubts` are the last machine-graded answers, newest first: whether in doubt."""

    files: Files
    handled_hour: int
    handled_day: int
    failed_hour: int
    failed_day: int
    waiting: int
    unsent: int
    doubts: tuple[bool, ...]


def vitals(database: Path, backups: Path, now: datetime) -> Vitals:
    """Look at everything, over a connection of its own, so that any thread may.

    sqlite3.Error when the database cannot be read.
    """
    with closing(read_only(database)) as db:
        hour, day = inbox.done_since(db, now - HOUR, now - DAY)
        waiting, unsent = inbox.waiting(db)
        doubts = tuple(log.accepted_in_doubt(db, GRADED))
    return Vitals(
        files=files(database, backups),
        handled_hour=hour[0],
        handled_day=day[0],
        failed_hour=hour[1],
        failed_day=day[1],
        waiting=waiting,
        unsent=unsent,
        doubts=doubts,
    )


def files(database: Path, backups: Path) -> Files:
    """Look at the files alone: some microseconds."""
    last = newest(backups)
    parts = [database, database.with_name(f"{database.name}-wal")]
    return Files(
        free=min(free(folder) for folder in (database.parent, backups)),
        database=sum(part.stat().st_size for part in parts if part.exists()),
        backup=last.at if last else None,
    )

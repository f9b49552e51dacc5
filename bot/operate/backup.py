"""Backups: named by their moment, verified, the oldest given up; and coming back to one.

Copying itself is in `bot.store.copies`; when a running bot makes one is decided by `due`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import BackupError, StoreError
from bot.operate.pulse import STALE, last_beat
from bot.store import inbox, learners
from bot.store.copies import copy, read_only, verify
from bot.store.upgrade import STAMP

ROOM = 1.2
"""Free space that a copy needs, as a multiple of the file: its log is written beside it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database, its moment in UTC and its size in bytes."""

    path: Path
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring did: where the database before it is kept, and who was forgotten again."""

    kept: Path | None
    forgotten: int


def make(database: Path, folder: Path, now: datetime, keep: int) -> Backup:
    """Copy the database into a folder, verified, and give up all but the newest `keep` backups.

    StoreError when it cannot be done; then no older backup is given up.
    """
    if not database.is_file():
        raise StoreError(f"{database}: there is no database to back up yet")
    room, needed = free(folder), ROOM * database.stat().st_size
    if room < needed:
        raise StoreError(
            f"{folder} has {_megabytes(room)} MB free and a backup needs {_megabytes(needed)} MB:"
            " free some, or set WHOSAYS_BACKUP_TO to another disk"
        )
    path = folder / f"{database.stem}-{now.astimezone(UTC).strftime(STAMP)}{database.suffix}"
    copy(database, path)
    for old in everything(folder)[keep:]:
        old.path.unlink(missing_ok=True)
    return Backup(path, now.astimezone(UTC).replace(microsecond=0), path.stat().st_size)


def everything(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the newest first; those before upgrades are none."""
    found = [_backup(path) for path in folder.glob("*.sqlite3")] if folder.is_dir() else []
    return sorted((one for one in found if one), key=lambda one: one.at, reverse=True)


def newest(folder: Path) -> Backup | None:
    """Return the newest backup in a folder, where there is one."""
    return next(iter(everything(folder)), None)


def due(folder: Path, every: timedelta, now: datetime) -> timedelta:
    """Return how long until the next backup; zero when it is due, or none was ever made."""
    last = newest(folder)
    return max(timedelta(), last.at + every - now) if last else timedelta()


def free(folder: Path) -> int:
    """Return the bytes free on the disk of a folder that need not be there yet."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return shutil.disk_usage(there).free


def restore(backup: Path, database: Path, folder: Path, now: datetime, *, force: bool) -> Restored:
    """Put a backup in the place of the database, a copy of which is kept in the folder.

    Who asked to be forgotten since the backup was made is forgotten in it too, as far as the
    database that is replaced can tell. BackupError without `force` where there is a database, or
    a bot that runs on it; StoreError for a backup that is not sound.
    """
    verify(backup)
    age = last_beat(database.parent)
    if not force and age is not None and age < STALE:
        raise BackupError(f"a bot showed life {age:.0f} s ago: stop it first, or use --force")
    if not force and database.exists():
        raise BackupError(f"{database} exists: use --force to replace it (a copy is kept)")
    kept: Path | None = None
    forgotten: Sequence[int] = ()
    if database.exists():
        forgotten = _forgotten(database, backup)
        stamp = now.astimezone(UTC).strftime(STAMP)
        kept = folder / f"{database.stem}-{stamp}-before-restore{database.suffix}"
        _keep(database, kept)
    part = database.with_name(f"{database.name}.part")
    copy(backup, part)
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA secure_delete=ON")
        for learner in forgotten:
            if telegram_id := learners.telegram_id(db, learner):
                inbox.forget_all(db, telegram_id)
            learners.forget(db, learner)
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    part.replace(database)
    return Restored(kept, len(forgotten))


def _keep(database: Path, kept: Path) -> None:
    """Keep the database that is about to be replaced, sound or not."""
    try:
        copy(database, kept)
    except StoreError:
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(database, kept)


def _forgotten(database: Path, backup: Path) -> Sequence[int]:
    """Return the learners of a backup who are not in the database any more."""
    try:
        with closing(read_only(database)) as now, closing(read_only(backup)) as then:
            left = {learner for (learner,) in now.execute("SELECT id FROM learners")}
            were = {learner for (learner,) in then.execute("SELECT id FROM learners")}
            newest_ = now.execute("SELECT seq FROM sqlite_sequence WHERE name = 'learners'")
            (last,) = newest_.fetchone() or (0,)
    except sqlite3.Error:
        return []
    # A number above the last one given out belongs to another database's history.
    return sorted(learner for learner in were - left if learner <= last)


def _backup(path: Path) -> Backup | None:
    try:
        at = datetime.strptime(path.stem.rpartition("-")[2], STAMP).replace(tzinfo=UTC)
        return Backup(path, at, path.stat().st_size)
    except (ValueError, OSError):
        return None


def _megabytes(size: float) -> int:
    return round(size / 1e6)

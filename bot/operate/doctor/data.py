"""Checks of the data folder: the disk, the database, its backups, the sign of life."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

from bot.errors import StoreError
from bot.operate import backup
from bot.operate.doctor.lines import Line, failing, ok, warning
from bot.operate.pulse import STALE, last_beat
from bot.operate.vitals import files
from bot.operate.watch import overdue, room_needed
from bot.store.copies import read_only, verify
from bot.store.inbox import TOO_MANY
from bot.store.moments import to_text
from bot.store.upgrade import pending_steps, unknown_steps

FULL = 50_000_000
"""Bytes free below which the next commit may fail: the write-ahead log alone may grow to these."""

_PAGE = 4096  # bytes that are written to see whether anything can be: a block of most disks

HANDLED_WITHIN = timedelta(minutes=5)
"""After so long an update that is not handled is stuck: handling takes milliseconds."""


def folder(path: Path) -> Line:
    """Check that the data folder can be written."""
    if not path.exists():
        return warning("data folder", f"{path} is not there yet", "`whosays run` makes it")
    try:
        # A disk that is full, or went read-only after an error, says so to nobody who only asks.
        with TemporaryFile(dir=path) as file:
            file.write(bytes(_PAGE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return failing(
            "data folder",
            f"{path} cannot be written: {error.strerror}",
            "give it to the user that the bot runs as, mend its disk, or set WHOSAYS_DATA",
        )
    return ok("data folder", str(path))


def disk(path: Path, backups: Path) -> Line:
    """Check the room on the disks of the database and of its backups, as alerts do."""
    seen = files(path, backups)
    found = f"{seen.free / 1e9:.1f} GB free"
    advice = "free some, or move the data folder (WHOSAYS_DATA) and the backups (WHOSAYS_BACKUP_TO)"
    if seen.free < FULL:
        return failing("disk", found, advice)
    if seen.free < room_needed(seen.database):
        return warning("disk", found, advice)
    return ok("disk", found)


def database(path: Path, now: datetime) -> Iterator[Line]:
    """Check that the database is sound, of this version, and that nothing is stuck in it."""
    if not path.exists():
        yield warning("database", f"{path.name} is not there yet", "`whosays run` makes it")
        return
    try:
        verify(path)
        with closing(read_only(path)) as db:
            size = path.stat().st_size / 1e6
            (answers,) = db.execute("SELECT count(*) FROM answers").fetchone()
            yield ok("database", f"sound; {size:.1f} MB, {answers} answers")
            yield _schema(db, path)
            yield from _inbox(db, now)
    except (StoreError, sqlite3.Error, OSError) as error:
        yield failing("database", str(error), "stop the bot and restore a backup: whosays restore")


def _schema(db: sqlite3.Connection, path: Path) -> Line:
    if unknown := unknown_steps(db):
        return failing(
            "schema",
            f"{path.name} is of a newer version ({unknown[-1]})",
            "install that version of whosays, or restore a backup made before the upgrade",
        )
    if pending := pending_steps(db):
        return warning(
            "schema",
            f"of an older version; {len(pending)} steps to take",
            "the next start upgrades it, after a backup",
        )
    return ok("schema", "up to date")


def _inbox(db: sqlite3.Connection, now: datetime) -> Iterator[Line]:
    """Check for updates that nobody handles and answers that nobody got."""
    if pending_steps(db):
        return
    long_ago, yesterday = to_text(now - HANDLED_WITHIN), to_text(now - timedelta(days=1))
    (stuck,) = db.execute(
        "SELECT count(*) FROM inbox WHERE received_at < ?"
        " AND (replies IS NOT NULL OR (body IS NOT NULL AND failure IS NULL))",
        (long_ago,),
    ).fetchone()
    (failed,) = db.execute(
        "SELECT count(*) FROM inbox WHERE received_at >= ? AND failure != ?",
        (yesterday, TOO_MANY),
    ).fetchone()
    if stuck:
        yield warning("inbox", f"{stuck} updates wait for more than 5 minutes", "start the bot")
    elif failed:
        yield warning(
            "inbox", f"{failed} updates failed in the last 24 hours", "look for them in the log"
        )
    else:
        yield ok("inbox", "nothing stuck, no failures in the last 24 hours")


def backups(path: Path, every: timedelta, now: datetime) -> Line:
    """Check that there is a backup that is young enough."""
    last = backup.newest(path)
    if last is None:
        return warning("backups", f"none in {path}", "make one: whosays backup")
    age = now - last.at
    found = f"the newest is of {last.at:%Y-%m-%d %H:%M} UTC, {last.size / 1e6:.1f} MB"
    if every and overdue(age, every):
        return warning("backups", found, "older than it should be: look into the log, or back up")
    return ok("backups", found)


def alive(data: Path, path: Path) -> list[Line]:
    """Check within moments whether a bot shows life on a data folder, and its database opens."""
    return [_pulse(data), _opens(path)]


def _pulse(data: Path) -> Line:
    age = last_beat(data)
    if age is None:
        return failing("running", "the bot has shown no sign of life", "start it: whosays run")
    if age > STALE:
        return failing(
            "running",
            f"the last sign of life is {age:.0f} s old",
            "look into its log and start it again",
        )
    return ok("running", f"alive, {age:.0f} s ago")


def _opens(path: Path) -> Line:
    try:
        with closing(read_only(path)) as db:
            db.execute("SELECT 1 FROM answers LIMIT 1").fetchone()
    except sqlite3.Error as error:
        return failing("database", f"{path} cannot be read: {error}", "run: whosays doctor")
    return ok("database", "can be read")

"""Consistent copies of the database while others write to it, verified before they count.

A copy is one read transaction over SQLite's backup interface: in WAL mode nobody waits for it, and
what it holds is one moment. It is a single file that needs no `-wal` beside it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from bot.errors import StoreError

BACKUPS = "backups"
"""Folder beside the database for copies of it, where nobody names another."""

ALL_PAGES = -1
"""In one step. In several the copy would begin anew whenever somebody else wrote between them."""


def copy(source: Path, target: Path) -> None:
    """Copy a database to a file that takes the name `target` once it is whole and verified.

    StoreError when there is none, when it cannot be read or written, or when the copy is not
    sound; no file is left behind then.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.touch(mode=0o600)
        with closing(read_only(source)) as db, closing(sqlite3.connect(part)) as to:
            db.backup(to, pages=ALL_PAGES)
            to.execute("PRAGMA journal_mode=DELETE")
        if fault := _fault(part):
            raise StoreError(f"{source} is no sound database: {fault}")
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"cannot copy {source} to {target}: {error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def verify(path: Path) -> None:
    """Open a database and check every page of it; StoreError, naming it, when it is not sound."""
    try:
        fault = _fault(path)
    except sqlite3.Error as error:
        fault = str(error)
    if fault:
        raise StoreError(f"{path} is no sound database: {fault}")


def _fault(path: Path) -> str:
    """Return what is wrong with a file; sqlite3.Error when it is no database at all."""
    with closing(read_only(path)) as db:
        (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    if found != "ok":
        return str(found)
    return "" if "answers" in tables else "it holds no answers, so it is another program's"


def read_only(path: Path) -> sqlite3.Connection:
    """Open a database that is only read; sqlite3.Error when it is not there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _to_disk(path: Path) -> None:
    """Make sure that a file, or the names in a folder, outlast a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

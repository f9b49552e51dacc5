"""Bringing a database to the newest schema, once, under a lock, with a copy of it made first."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.copies import copy
from bot.store.migrations import migrations

PATIENCE_MS = 10 * 60_000
"""Milliseconds to wait while another process upgrades: it copies the whole file first."""

STAMP = "%Y%m%dT%H%M%SZ"
"""How the moment of a copy, in UTC, stands in its name."""


def prepare(connection: sqlite3.Connection, path: Path, backups: Path) -> None:
    """Bring a file to the newest schema; of several processes that start, one does it.

    A file that holds anything is copied into the folder `backups` before it is changed. StoreError
    for one of a newer version, which is left as it is.
    """
    connection.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    unknown = unknown_steps(connection)
    if not unknown:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Asked again: while this process waited for the lock another one may have upgraded.
            unknown = unknown_steps(connection)
            if not unknown:
                _apply(connection, path, backups)
        except BaseException:
            # Where the disk is full SQLite may have rolled back by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    if unknown:
        raise StoreError(
            f"{path} was written by a newer version of Who Says (it has {unknown[-1]}): install"
            f" that version, or restore a backup that was made before the upgrade from {backups}"
        )


def unknown_steps(connection: sqlite3.Connection) -> list[str]:
    """Return the schema steps that a file has and this version does not know, in order."""
    db = Database(connection)
    known = {step.name for step in migrations.pending(Database(memory=True))}
    return [step.name for step in migrations.applied(db) if step.name not in known]


def pending_steps(connection: sqlite3.Connection) -> list[str]:
    """Return the schema steps that a file has yet to take, in order."""
    return [step.name for step in migrations.pending(Database(connection))]


def _apply(connection: sqlite3.Connection, path: Path, backups: Path) -> None:
    db = Database(connection)
    steps = pending_steps(connection)
    if not steps:
        return
    if migrations.applied(db):
        stamp = datetime.now(UTC).strftime(STAMP)
        copy(path, backups / f"{path.stem}-{stamp}-before-{steps[0]}{path.suffix}")
    migrations.apply(db)

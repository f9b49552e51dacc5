"""The files of a snapshot and its store, opened together."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

T = TypeVar("T")

BUSY_S = 60.0
"""Seconds to wait for another process that builds the same snapshot."""

CACHE_KIB = 128 * 1024
"""Memory for pages while building: most of the indexes of a million answers."""

_PRIVATE = 0o600

Build = Callable[[sqlite3.Connection], T]
"""Builds on a connection with both files: the store as `live`, the snapshot as `review`."""


def update(store: Path, snapshot: Path, build: Build[T]) -> T:
    """Build in a snapshot's file, or make it. OSError and sqlite3.Error where that fails."""
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    if not snapshot.exists():
        return _first(store, snapshot, build)
    _make_private(snapshot)
    with closing(_attached(store, snapshot, "WAL")) as db:
        return build(db)


def _first(store: Path, snapshot: Path, build: Build[T]) -> T:
    """Build where there is no snapshot yet, and nobody reads it: with no log, twice as fast.

    It appears under its name when it is whole.
    """
    part = snapshot.with_name(f"{snapshot.name}.{os.getpid()}.part")
    try:
        _make_private(part)
        with closing(_attached(store, part, "OFF")) as db:
            built = build(db)
            db.execute("PRAGMA review.journal_mode=WAL")
        with part.open("rb") as whole:
            os.fsync(whole.fileno())
        if not snapshot.exists():  # else another process was faster, and its snapshot is as good
            part.rename(snapshot)
    finally:
        part.unlink(missing_ok=True)
    return built


def _make_private(snapshot: Path) -> None:
    """Make the file readable by its owner alone; SQLite gives its log the same rights."""
    os.close(os.open(snapshot, os.O_RDWR | os.O_CREAT, _PRIVATE))


def _attached(store: Path, snapshot: Path, journal: str) -> sqlite3.Connection:
    """Open both files; a name without a schema is the store's, since it comes first."""
    db = sqlite3.connect(":memory:", uri=True, isolation_level=None, timeout=BUSY_S)
    try:
        db.execute("ATTACH ? AS live", (f"file:{quote(str(store))}?mode=ro",))
        db.execute("ATTACH ? AS review", (f"file:{quote(str(snapshot))}?mode=rw",))
        db.execute(f"PRAGMA review.journal_mode={journal}")
        db.execute(f"PRAGMA review.synchronous={'NORMAL' if journal == 'WAL' else 'OFF'}")
        db.execute("PRAGMA review.secure_delete=ON")
        db.execute(f"PRAGMA review.cache_size=-{CACHE_KIB}")
        db.execute("PRAGMA temp_store=MEMORY")
    except sqlite3.Error:
        db.close()
        raise
    return db

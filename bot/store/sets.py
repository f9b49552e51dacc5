"""Published quiz sets, every version of them, as the JSON records that bot.sets writes."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from bot.store.moments import to_text


def publish(
    db: sqlite3.Connection,
    record: dict[str, object],
    fingerprint: str,
    now: datetime,
    origin: str = "",
) -> int:
    """Publish a set and return its version; a set that has not changed keeps the one it has.

    `origin` names the bytes that the set was read from (`published_from`).
    """
    slug = str(record["set"])
    row = db.execute(
        "SELECT version, fingerprint FROM sets WHERE slug = ? ORDER BY version DESC LIMIT 1",
        (slug,),
    ).fetchone()
    if row and row[1] == fingerprint:
        db.execute(
            "UPDATE sets SET origin = ? WHERE slug = ? AND version = ?", (origin, slug, row[0])
        )
        return int(row[0])
    version = int(row[0]) + 1 if row else 1
    db.execute(
        "INSERT INTO sets (slug, version, title, fingerprint, origin, body, published_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            slug,
            version,
            record["title"],
            fingerprint,
            origin,
            json.dumps(record, ensure_ascii=False),
            to_text(now),
        ),
    )
    return version


def published_from(db: sqlite3.Connection, origin: str) -> bool:
    """Whether the newest version of some set was read from these bytes."""
    row = db.execute(
        "SELECT 1 FROM sets WHERE origin = ? AND version ="
        " (SELECT max(version) FROM sets AS other WHERE other.slug = sets.slug)",
        (origin,),
    ).fetchone()
    return row is not None


def newest(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return slug and newest version of every set, in the order of first publication."""
    rows = db.execute("SELECT slug, max(version) FROM sets GROUP BY slug ORDER BY min(rowid)")
    return [(slug, version) for slug, version in rows]


def load(db: sqlite3.Connection, slug: str, version: int) -> dict[str, object]:
    """Return the record of a version; KeyError when it was never published."""
    row = db.execute(
        "SELECT body FROM sets WHERE slug = ? AND version = ?", (slug, version)
    ).fetchone()
    if row is None:
        raise KeyError((slug, version))
    record: dict[str, object] = json.loads(row[0])
    return record

"""Published quiz sets, every version of them, as the JSON records that bot.sets writes."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import NamedTuple

from bot.store.moments import to_text


class Newest(NamedTuple):
    """The newest version of a set, the bytes it was read from, and whether all may play it."""

    version: int
    origin: str
    listed: bool


def publish(
    db: sqlite3.Connection,
    record: dict[str, object],
    fingerprint: str,
    now: datetime,
    origin: str = "",
    by: int | None = None,
    *,
    listed: bool = True,
) -> int:
    """Publish a set and return its version; a set that has not changed keeps the one it has.

    `origin` names the bytes that the set was read from (`published_from`), `by` the person who
    publishes it. A set that is not `listed` comes to learners by a push alone.
    """
    slug = str(record["set"])
    row = db.execute(
        "SELECT version, fingerprint FROM sets WHERE slug = ? ORDER BY version DESC LIMIT 1",
        (slug,),
    ).fetchone()
    if row and row[1] == fingerprint:
        db.execute(
            "UPDATE sets SET origin = ?, listed = ? WHERE slug = ? AND version = ?",
            (origin, listed, slug, row[0]),
        )
        return int(row[0])
    version = int(row[0]) + 1 if row else 1
    db.execute(
        "INSERT INTO sets (slug, version, title, fingerprint, origin, body, published_at,"
        " published_by, listed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            slug,
            version,
            record["title"],
            fingerprint,
            origin,
            json.dumps(record, ensure_ascii=False),
            to_text(now),
            by,
            listed,
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


def newest(db: sqlite3.Connection, *, listed: bool = False) -> list[tuple[str, int]]:
    """Return slug and newest version of every set, or of the listed ones, the oldest first."""
    rows = db.execute(
        "SELECT slug, version FROM sets WHERE version ="
        " (SELECT max(version) FROM sets AS other WHERE other.slug = sets.slug)"
        " AND (listed OR NOT ?)"
        " ORDER BY (SELECT min(rowid) FROM sets AS other WHERE other.slug = sets.slug)",
        (listed,),
    )
    return [(slug, version) for slug, version in rows]


def newest_of(db: sqlite3.Connection, slug: str) -> Newest | None:
    """Return the newest version of a set; None when there is no such set."""
    row = db.execute(
        "SELECT version, origin, listed FROM sets WHERE slug = ? ORDER BY version DESC LIMIT 1",
        (slug,),
    ).fetchone()
    return Newest(row[0], row[1], bool(row[2])) if row else None


def publisher(db: sqlite3.Connection, slug: str) -> tuple[bool, int | None]:
    """Return whether there is a set of that slug, and who published its first version."""
    row = db.execute(
        "SELECT published_by FROM sets WHERE slug = ? ORDER BY version LIMIT 1", (slug,)
    ).fetchone()
    return row is not None, row[0] if row else None


def published_by(db: sqlite3.Connection, learner: int) -> list[str]:
    """Return the slugs of the sets whose first version somebody published, the oldest first."""
    rows = db.execute(
        "SELECT slug FROM sets WHERE published_by = ? AND version ="
        " (SELECT min(version) FROM sets AS other WHERE other.slug = sets.slug) ORDER BY rowid",
        (learner,),
    )
    return [slug for (slug,) in rows]


def load(db: sqlite3.Connection, slug: str, version: int) -> dict[str, object]:
    """Return the record of a version; KeyError when it was never published."""
    row = db.execute(
        "SELECT body FROM sets WHERE slug = ? AND version = ?", (slug, version)
    ).fetchone()
    if row is None:
        raise KeyError((slug, version))
    record: dict[str, object] = json.loads(row[0])
    return record

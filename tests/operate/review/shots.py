"""Snapshots for tests: built, compared, and read as an operator's tools read them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.operate.review.snapshot import NAME, Built, build
from tests.quiz.builders import NOW

GENERATED = 2_000


@dataclass(frozen=True)
class Shot:
    """A store and the snapshot that is made of it."""

    store: Path
    path: Path

    def build(self, *, with_text: bool = False, now: datetime = NOW) -> Built:
        """Bring the snapshot up to date."""
        return build(self.store, self.path, now, lambda done, total: None, with_text=with_text)

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what the snapshot answers."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as db:
            return db.execute(statement, values).fetchall()

    def one(self, statement: str, *values: object) -> dict[str, Any]:
        """Return the only row, by column."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            (row,) = db.execute(statement, values)
        return dict(row)

    def dump(self) -> list[str]:
        """Return everything that is in the snapshot, but when it was made, as statements."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as db:
            return sorted(line for line in db.iterdump() if 'INTO "snapshot"' not in line)

    def bytes(self) -> bytes:
        """Return what lies on disk, of the file and of its log."""
        return b"".join(
            file.read_bytes() for file in sorted(self.path.parent.glob(f"{self.path.name}*"))
        )

    def do(self, *statements: str) -> None:
        """Change the store as another process would."""
        with closing(sqlite3.connect(self.store)) as db:
            db.execute("PRAGMA foreign_keys=ON")
            for statement in statements:
                db.execute(statement)
            db.commit()

    def anew(self) -> list[str]:
        """Return what a snapshot holds that is built from nothing."""
        fresh = Shot(self.store, self.path.with_name("fresh.db"))
        fresh.path.unlink(missing_ok=True)
        fresh.build()
        return fresh.dump()


def shot_of(store: Path) -> Shot:
    """Return a store with the snapshot in its folder."""
    return Shot(store, store.parent / NAME)

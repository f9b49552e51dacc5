"""A class of everybody who will come, and a push to it at a time: what runs beside the answers."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.app.resources import seed_files
from bot.settings import DATABASE
from bot.store import classes, learners, pushes
from bot.store.database import Store
from bot.store.pushes import Push, PushState
from bot.teaching.library import Library


def enrol(folder: Path, telegram_ids: range) -> int:
    """Make a class with so many members in a bot's store; return its number."""
    now = datetime.now(UTC)
    with Store(folder / DATABASE) as store:
        Library(store).publish(seed_files(), now)

        def unit(db: sqlite3.Connection) -> int:
            class_id = classes.create(db, "Everybody", "everybody", "UTC", now)
            # Somebody watches how the push goes.
            teacher = learners.enrol(db, telegram_ids.stop, now)
            classes.add_instructor(db, class_id, teacher, leads=True)
            for telegram_id in telegram_ids:
                classes.join(db, class_id, learners.enrol(db, telegram_id, now), now)
            return class_id

        return store.write_now(unit)


def push(folder: Path, class_id: int) -> None:
    """Let a set come to everybody in a class now, as `whosays push` does beside a running bot."""
    with Store(folder / DATABASE) as store:
        first = Library(store).newest()[0]
        push_ = Push(
            0,
            class_id,
            first.slug,
            first.version,
            state=PushState.WAITING,
            send_at=datetime.now(UTC),
        )
        store.write_now(lambda db: pushes.create(db, push_))


def delivered(folder: Path) -> dict[str, int]:
    """Return how many deliveries of all pushes stand in each state."""
    with Store(folder / DATABASE) as store:
        return dict(
            store.reader.execute("SELECT state, count(*) FROM deliveries GROUP BY state").fetchall()
        )

"""Keeping no longer than an operator wants to: at once from the shell, daily in a running bot."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.store import retention
from bot.store.database import Store
from bot.store.retention import Pruned


def prune_now(store: Store, before: datetime) -> Pruned:
    """Remove all that is older than a moment."""
    return sum((store.write_now(unit) for unit in retention.units(store.reader, before)), Pruned())


async def prune(store: Store, before: datetime) -> Pruned:
    """Do what `prune_now` does between the writes of a running bot."""
    found = Pruned()
    for unit in retention.units(store.reader, before):
        found += await store.write(unit)
    return found


async def forget_updates(store: Store, before: datetime) -> int:
    """Remove updates that were done before a moment, between the writes of a running bot."""
    removed, unit = 0, retention.settled_updates(before)
    while (some := await store.write(unit)) == retention.CHUNK:
        removed += some
    return removed + some


def count(store: Store, before: datetime) -> Pruned:
    """Return what would be removed, and remove nothing."""

    def tried(db: sqlite3.Connection) -> Pruned:
        db.execute("SAVEPOINT counting")
        try:
            return sum((unit(db) for unit in retention.units(db, before)), Pruned())
        finally:
            db.execute("ROLLBACK TO counting")
            db.execute("RELEASE counting")

    return store.write_now(tried)

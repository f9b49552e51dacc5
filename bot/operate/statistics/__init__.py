"""What the score log says as a whole: counted, as a table, as JSON and as a picture."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from bot.errors import LogError
from bot.operate.statistics.counting import statistics
from bot.operate.statistics.figures import Statistics
from bot.operate.statistics.picture import picture
from bot.operate.statistics.record import to_record
from bot.operate.statistics.table import print_statistics
from bot.operate.times import read_past
from bot.store import tallies
from bot.store.filters import Filter

__all__ = ["draw", "of_log", "print_statistics", "to_record"]


def of_log(db: sqlite3.Connection, chosen: Filter, now: datetime) -> Statistics:
    """Count what is meant of the log; today begins at midnight where the machine stands."""
    today = read_past("today", now)
    rows = tallies.short_rows(db, chosen)
    return statistics(rows, tallies.disputes(db, chosen), now, today.start if today else now)


def draw(path: Path, found: Statistics) -> None:
    """Write the picture; LogError where that cannot be done."""
    try:
        path.write_bytes(picture(found))
    except OSError as error:
        raise LogError(f"cannot write {path}: {error.strerror}") from error

"""Data folders for bots that are killed as soon as they have started."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from bot.app.resources import seed_files
from bot.store import readings
from bot.store.database import Store
from bot.teaching.library import Library
from tests.chat.dialogs import START, reading


def prepare(folder: Path, bots: int) -> None:
    """Make data folders whose passages are all read, so that no start spends its time on that."""
    first = folder / "bot0"
    lived_in(first)
    for number in range(1, bots):
        shutil.copytree(first, folder / f"bot{number}")


def lived_in(data: Path) -> None:
    """Make the data folder of a bot that has run before: its sets published, its passages read."""
    known = reading()

    def keep(db: sqlite3.Connection) -> None:
        for passage in passages:
            readings.save(db, passage, known)

    with Store(data / "whosays.sqlite3") as store:
        library = Library(store)
        library.publish(seed_files(), START)
        passages = [one.passage for quiz_set in library.everything() for one in quiz_set.questions]
        store.write_now(keep)

"""A store on a fresh file, and learners and rounds in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import learners
from bot.store.database import Store
from tests.quiz.builders import NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name a file for a database that is not there yet."""
    return tmp_path / "whosays.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Open a store on a fresh file."""
    with Store(path) as opened:
        yield opened


@pytest.fixture
def learner(store: Store) -> int:
    """Enrol a learner whose Telegram id is 700001."""
    return store.write_now(lambda db: learners.enrol(db, 700001, NOW))


@pytest.fixture
def other(store: Store, learner: int) -> int:
    """Enrol a second learner, whose Telegram id is 700002."""
    return store.write_now(lambda db: learners.enrol(db, 700002, NOW))

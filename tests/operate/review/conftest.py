"""A store that was played, a log that was generated, and their snapshots."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.store.database import Store
from tests.operate.generated import write_log
from tests.operate.review.shots import GENERATED, Shot, shot_of
from tests.store.conftest import learner, other, path, store

__all__ = ["learner", "other", "path", "store"]


@pytest.fixture
def shot(store: Store) -> Shot:
    """Return the snapshot of a store in which nothing is yet, not built."""
    return shot_of(store.path)


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a log of some thousand answers, which nobody may write to."""
    path = tmp_path_factory.mktemp("log") / "whosays.sqlite3"
    write_log(path, GENERATED)
    return path


@pytest.fixture
def generated(log: Path, tmp_path: Path) -> Shot:
    """Return the snapshot of a copy of the generated log, not built."""
    copy = tmp_path / "whosays.sqlite3"
    shutil.copy(log, copy)
    return shot_of(copy)

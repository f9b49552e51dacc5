"""The log of a million answers that several tests look at, built once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from tests.operate.generated import write_log

MILLION = 1_000_000


@pytest.fixture(scope="session")
def million(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a store with a million answers, which nobody may write to."""
    base = tmp_path_factory.getbasetemp()
    # Workers that run side by side have folders in one, where the first builds it for all.
    path = (base if worker_id == "master" else base.parent) / "million.sqlite3"
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            half = path.with_suffix(".half")
            write_log(half, MILLION)
            half.rename(path)
    return path

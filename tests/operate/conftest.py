"""The long log that several tests look at, built once for all of them.

`make test` makes it a tenth of what is promised, to take seconds; `make test-million` makes it a
million answers long, with the same limits.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from tests.operate.generated import write_log

MILLION = int(os.environ.get("ANSWERS", "100000"))
"""Answers in the long log."""


@pytest.fixture(scope="session")
def million(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a store with so many answers, which nobody may write to."""
    base = tmp_path_factory.getbasetemp()
    # Workers that run side by side have folders in one, where the first builds it for all.
    path = (base if worker_id == "master" else base.parent) / "million.sqlite3"
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            half = path.with_suffix(".half")
            write_log(half, MILLION)
            half.rename(path)
    return path

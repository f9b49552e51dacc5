"""A folder of its own for every command."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with no setting but where the data goes: a folder of its own."""
    for name in [name for name in os.environ if name.startswith("WHOSAYS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WHOSAYS_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path

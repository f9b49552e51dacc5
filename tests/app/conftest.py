"""A folder of its own for every command, and data of a bot that has run before."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.kills.folders import lived_in


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with no setting but where the data goes: a folder of its own."""
    for name in [name for name in os.environ if name.startswith("WHOSAYS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WHOSAYS_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def _lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make such data once."""
    made = tmp_path_factory.mktemp("lived-in") / "data"
    lived_in(made)
    return made


@pytest.fixture
def data(_lived_in: Path, tmp_path: Path) -> Path:
    """Return the data folder of a bot that has run before, so that a start reads no passage."""
    return Path(shutil.copytree(_lived_in, tmp_path / "data"))

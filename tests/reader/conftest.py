"""The installed model, loaded once per test process."""

from __future__ import annotations

import pytest

from bot.reader.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Load the model that is installed with the package."""
    return Reader.load()

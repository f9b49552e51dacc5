"""A chat with a bot that knows one set of one question; what the bot logs goes nowhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.chat.dialogs import Chat
from tests.chat.sets import asks, seeds


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> Iterator[None]:
    """Log nowhere: painting a traceback for a terminal takes a second, and nobody looks."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory(), processors=[_dropped])
    yield
    structlog.reset_defaults()


def _dropped(_logger: object, _name: str, _event: MutableMapping[str, Any]) -> str:
    return ""


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Return a chat whose bot asks one thing: what kind of sentence is it (a sourced fact)."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        yield chat

"""A chat with a bot that knows one set of one question; what the bot logs is plain."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from tests.chat.classroom import TWO, Classroom, classroom
from tests.chat.dialogs import Chat
from tests.chat.sets import asks, seeds


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> Iterator[None]:
    """Log plainly: painting a traceback for a terminal takes a second."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.dev.ConsoleRenderer()],
        logger_factory=lambda *_: structlog.PrintLogger(),
    )
    yield
    structlog.reset_defaults()


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Return a chat whose bot asks one thing: what kind of sentence is it (a sourced fact)."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        yield chat


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Classroom]:
    """Return a class of two."""
    async with Chat(tmp_path, TWO) as chat:
        yield await classroom(chat)

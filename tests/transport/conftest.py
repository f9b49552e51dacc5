"""A loopback Telegram and a bot that talks to it through the backend under test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.transport.request import AiohttpRequest
from tests.telegram_server.server import TOKEN, TelegramServer


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """Serve a loopback Bot API to whose bot some people and a group have written."""
    async with TelegramServer() as server:
        server.open(1, 2, 7, 8, 424242, -1, -100)
        yield server


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    """Build a bot of the loopback Bot API, on the backend under test."""
    async with AiohttpRequest(limit=8, read_timeout=2.0) as request:
        yield Bot(TOKEN, base_url=telegram.base_url, request=request, get_updates_request=request)

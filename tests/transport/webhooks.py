"""A webhook under test, behind the loopback Telegram."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Any

from telegram import Bot

from bot.transport.admission import SECRET_HEADER
from bot.transport.backoff import Backoff
from bot.transport.webhook import Times, Webhook
from tests.telegram_server.server import TelegramServer
from tests.transport.home import Home

URL = "https://bot.example/a%20hook"
PATH = "/a%20hook"
SECRET = "a-secret-of-43-letters-as-token_urlsafe-gives"
KNOWN = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
"""What Telegram sends along."""


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def webhook(
    home: Home, bot: Bot, port: int, check: float = 180.0, rejected: float = 60.0
) -> Webhook:
    """Build a webhook that waits for milliseconds where a real one waits for seconds."""
    return Webhook(
        bot,
        home.intake(),
        url=URL,
        secret=SECRET,
        listen=("127.0.0.1", port),
        allowed_updates=["message", "callback_query"],
        backoff=Backoff(Random(1), first=0.001, ceiling=0.002),
        times=Times(beat=0.01, check=check, patience=0.3, rejected=rejected),
    )


@asynccontextmanager
async def running(
    telegram: TelegramServer, bot: Bot, home: Home, *, check: float = 180.0
) -> AsyncIterator[str]:
    """Run a webhook for the length of a block, give its plain address, and see that it stops."""
    port = free_port()
    telegram.proxied = f"http://127.0.0.1:{port}"
    one = webhook(home, bot, port, check)
    task = asyncio.create_task(one.run())
    await telegram.until(lambda: bool(telegram.push.url) or task.done())
    yield telegram.proxied + PATH
    one.stop()
    await asyncio.wait_for(task, 10)


async def until(condition: Any) -> None:
    """Return when a condition holds; TimeoutError when it does not."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - nothing signals what is waited for
            await asyncio.sleep(0.005)

"""A poller under test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from telegram import Bot

from bot.transport.backoff import Backoff
from bot.transport.poller import Poller
from bot.transport.rejection import Rejection
from tests.transport.home import Home


def poller(
    home: Home,
    bot: Bot,
    poll_timeout: int = 20,
    *,
    slack: tuple[float, float] = (10.0, 30.0),
    rejection: Rejection | None = None,
) -> Poller:
    """Build a poller that waits for milliseconds where a real one waits for seconds."""
    return Poller(
        bot,
        home.intake(),
        allowed_updates=["message", "callback_query"],
        poll_timeout=poll_timeout,
        slack=slack,
        backoff=Backoff(Random(1), first=0.001, ceiling=0.002),
        rejection=rejection,
    )


@asynccontextmanager
async def running(running_: Poller) -> AsyncIterator[None]:
    """Run a poller for the length of a block, and see that it stops at once."""
    task = asyncio.create_task(running_.run())
    yield
    running_.stop()
    await asyncio.wait_for(task, 10)

"""The webhook: Telegram hears 200 only for what is kept, and nothing is lost at the end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.errors import ListenError
from bot.store import arrivals, database
from bot.store.database import Store
from bot.transport.intake import Alarm
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import refused
from tests.transport.home import Home, updates
from tests.transport.webhooks import SECRET, URL, free_port, running, webhook

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)


async def test_the_webhook_is_set(telegram: TelegramServer, bot: Bot) -> None:
    """Telegram is told where to call, with which secret and kinds, and to drop nothing."""
    async with running(telegram, bot, Home()):
        pass
    assert telegram.calls("setWebhook") == [
        {
            "url": URL,
            "secret_token": SECRET,
            "allowed_updates": ["message", "callback_query"],
            "max_connections": 40,
            "drop_pending_updates": False,
        }
    ]
    assert telegram.calls("deleteWebhook") == []


async def test_telegram_brings_updates(telegram: TelegramServer, bot: Bot) -> None:
    """What waits is brought once the webhook is set, and what comes later too."""
    home = Home()
    await telegram.give(*updates(5, 6))
    async with running(telegram, bot, home):
        await telegram.until(lambda: not telegram.updates)
        await telegram.give(*updates(7))
        await telegram.until(lambda: not telegram.updates)
    assert sorted(home.handed) == [5, 6, 7]


async def test_only_what_is_kept_is_acknowledged(telegram: TelegramServer, bot: Bot) -> None:
    """While `keep` fails Telegram hears 500 and the alarm rings once; then nothing is missing."""
    home = Home()
    home.full = 3
    await telegram.give(*updates(5))
    async with running(telegram, bot, home, check=0.01):
        await telegram.until(lambda: not telegram.updates)
    assert telegram.push.statuses == [(5, 500)] * 3 + [(5, 200)]
    assert home.alarms == [Alarm.STORE]
    assert home.handed == [5]


async def test_a_second_delivery_is_acknowledged(telegram: TelegramServer, bot: Bot) -> None:
    """What `keep` knows already is taken off Telegram's hands, and handed over once."""
    home = Home()
    home.kept = [5]
    await telegram.give(*updates(5))
    async with running(telegram, bot, home):
        await telegram.until(lambda: not telegram.updates)
    assert telegram.push.statuses == [(5, 200)]
    assert home.handed == []


async def test_many_at_once_share_commits(
    telegram: TelegramServer, bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates that come at the same time are committed together, and none is lost."""
    sizes: list[int] = []
    commit = database._commit

    def counting(connection: Any, group: Any) -> None:
        sizes.append(len(group))
        commit(connection, group)

    monkeypatch.setattr(database, "_commit", counting)
    home = Home()
    with Store(tmp_path / "bot.sqlite3") as store:

        async def keep(batch: Sequence[object]) -> Sequence[dict[str, Any]]:
            moment = datetime.now(UTC)
            kept = await store.write(lambda db: arrivals.keep(db, batch, moment))
            return kept.updates

        home.keep = keep  # type: ignore[method-assign]
        await telegram.give(*updates(*range(200)))
        async with running(telegram, bot, home):
            await telegram.until(lambda: not telegram.updates)
    assert sum(sizes) == 200
    assert len(sizes) < 100
    assert sorted(home.handed) == list(range(1, 201)), "the inbox numbers them anew"


async def test_a_port_in_use(bot: Bot) -> None:
    """A port that somebody else has is named, and Telegram is not told to call there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match=f"127.0.0.1 port {port}: Address already in use"):
            await asyncio.wait_for(webhook(Home(), bot, port).run(), 10)


async def test_stop_finishes_the_request_at_hand(telegram: TelegramServer, bot: Bot) -> None:
    """An update that has arrived when `stop` is called is kept, handed over and acknowledged."""
    home, asked = Home(), asyncio.Event()
    keep = home.keep

    async def slow_keep(batch: Sequence[object]) -> Sequence[dict[str, Any]]:
        asked.set()
        await asyncio.sleep(0.1)
        return await keep(batch)

    home.keep = slow_keep  # type: ignore[method-assign]
    await telegram.give(*updates(5))
    async with running(telegram, bot, home):
        await asyncio.wait_for(asked.wait(), 10)
    assert home.handed == [5]
    assert telegram.push.statuses == [(5, 200)]


async def test_stop_while_telegram_is_not_reached(bot: Bot, telegram: TelegramServer) -> None:
    """`stop` ends the wait between two attempts to set the webhook."""
    telegram.next_answers["setWebhook"].append(refused(429, "Too Many", retry_after=600))
    one = webhook(Home(), bot, free_port())
    task = asyncio.create_task(one.run())
    await telegram.until(lambda: bool(telegram.calls("setWebhook")))
    await asyncio.sleep(0.02)
    one.stop()
    await asyncio.wait_for(task, 10)

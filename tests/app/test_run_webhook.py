"""`whosays run` by webhook, as a process: nothing is lost and nothing is done twice."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.app.processes import PATIENCE, whosays
from tests.app.serving import SECRET, Serving, files_with, running
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.updates import pressed, said
from tests.telegram_server.wire import ok
from tests.transport.webhooks import free_port

URL = "https://bot.example/hook"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """Serve a loopback Bot API that brings updates to the bot's port."""
    async with TelegramServer() as server:
        server.proxied = f"http://127.0.0.1:{free_port()}"
        yield server


@asynccontextmanager
async def serving(
    telegram: TelegramServer, data: Path, *, url: str = URL, **settings: str
) -> AsyncIterator[Serving]:
    """Run the bot for the length of a block; without an address it polls."""
    port = telegram.proxied.rpartition(":")[2]
    settings = {"LOG_LEVEL": "DEBUG", "WEBHOOK_PORT": port, **settings}
    async with running(data, API_URL=telegram.base_url, WEBHOOK_URL=url, **settings) as bot:
        yield bot


async def taken(telegram: TelegramServer) -> None:
    """Return when the bot has taken every update."""
    await telegram.until(lambda: not telegram.updates, PATIENCE)


def greetings(telegram: TelegramServer) -> list[str]:
    """Return the answers to /start so far."""
    return [call["text"] for call in telegram.calls("sendMessage") if "Who says?" in call["text"]]


def rows(data: Path, query: str) -> list[Any]:
    """Return what the store has."""
    with sqlite3.connect(data / "whosays.sqlite3") as db:
        found = db.execute(query).fetchall()
    db.close()
    return found


def offered(telegram: TelegramServer) -> str | None:
    """Return the first answer that the newest question offers."""
    for call in reversed(telegram.calls("sendMessage")):
        keyboard = call.get("reply_markup")
        if isinstance(keyboard, dict) and keyboard.get("inline_keyboard"):
            return str(keyboard["inline_keyboard"][0][0]["callback_data"])
    return None


async def test_a_dialogue(tmp_path: Path, data: Path, telegram: TelegramServer) -> None:
    """A question is asked, answered and graded, all brought by Telegram; the secret stays one."""
    async with serving(telegram, data, LOG_JSON="yes") as bot:
        await telegram.give(said(5, "/quiz"))
        await telegram.until(lambda: offered(telegram) is not None, PATIENCE)
        await telegram.give(pressed(6, str(offered(telegram)), 1))
        await telegram.until(lambda: bool(telegram.calls("answerCallbackQuery")), PATIENCE)
        health = await asyncio.to_thread(whosays, data, "doctor", "--live")
        ended = await bot.end()
    log = whosays(data, "log", "--json").stdout
    assert len(log.splitlines()) == 1
    assert json.loads(log)["verdict"]
    assert [status for _, status in telegram.push.statuses] == [200, 200]
    assert telegram.calls("getUpdates") == []
    assert health.returncode == 0
    assert ended.status == 0, ended.words
    assert telegram.push.url == URL, "Telegram keeps what comes until the next start"
    for secret in (SECRET, telegram.push.secret):
        assert secret not in ended.words
        assert files_with(tmp_path, secret) == []


async def test_killed_between_storing_and_handling(data: Path, telegram: TelegramServer) -> None:
    """An update that Telegram was told of as taken is handled after a kill, and once."""
    never = asyncio.Event()

    async def hold() -> web.Response:
        await never.wait()
        return ok(result=True)

    telegram.next_answers["sendMessage"].append(hold)
    async with serving(telegram, data) as bot:
        # While the answer to the first hangs, the second is kept and waits for its turn.
        await telegram.give(said(5, "/start"), said(6, "/quiz"))
        await taken(telegram)
        await telegram.until(lambda: bool(telegram.calls("sendMessage")), PATIENCE)
        bot.process.kill()
        await bot.process.wait()
    assert rows(data, "SELECT count(*) FROM rounds") == [(0,)]
    assert rows(data, "SELECT update_id FROM inbox WHERE done_at IS NULL") == [(6,)]
    async with serving(telegram, data) as bot:
        await telegram.until(lambda: offered(telegram) is not None, PATIENCE)
        await telegram.give(said(7, "/help"))
        await taken(telegram)
        assert (await bot.end()).status == 0
    assert rows(data, "SELECT count(*) FROM rounds") == [(1,)]
    assert rows(data, "SELECT count(*) FROM inbox WHERE done_at IS NULL") == [(0,)]
    assert [status for _, status in telegram.push.statuses].count(200) == 3
    assert len({call["secret_token"] for call in telegram.calls("setWebhook")}) == 2


async def test_a_store_that_fails(data: Path, telegram: TelegramServer) -> None:
    """While nothing can be stored Telegram hears so and repeats; then it is done once."""
    async with serving(telegram, data) as bot:
        await telegram.until(lambda: bool(telegram.push.url), PATIENCE)
        with sqlite3.connect(data / "whosays.sqlite3") as db:
            db.execute(
                "CREATE TRIGGER full BEFORE INSERT ON inbox"
                " BEGIN SELECT RAISE(ABORT, 'no space'); END"
            )
        await telegram.give(said(5, "/quiz"))
        await telegram.until(lambda: len(telegram.push.statuses) > 2, PATIENCE)
        assert rows(data, "SELECT count(*) FROM inbox") == [(0,)]
        with db:
            db.execute("DROP TRIGGER full")
        db.close()
        await taken(telegram)
        await telegram.until(lambda: offered(telegram) is not None, PATIENCE)
        ended = await bot.end()
    *refused, last = [status for _, status in telegram.push.statuses]
    assert set(refused) == {500}
    assert last == 200
    assert rows(data, "SELECT count(*) FROM rounds") == [(1,)]
    assert ended.words.count("updates cannot be stored") == 1


async def test_from_webhook_to_polling_and_back(data: Path, telegram: TelegramServer) -> None:
    """What comes while the bot is away is taken in by either way, and all of it once."""
    for away, here, url in ((None, 5, URL), (6, 7, ""), (8, 9, URL)):
        if away:
            await telegram.give(said(away, "/start"))
        async with serving(telegram, data, url=url) as bot:
            await telegram.give(said(here, "/start"))
            await _until_greeted(telegram, here - 4)
            ended = await bot.end()
        assert ended.status == 0, ended.words
        assert "alarm" not in ended.words
    assert len(telegram.calls("deleteWebhook")) == 1
    assert len(greetings(telegram)) == 5
    assert rows(data, "SELECT update_id FROM inbox ORDER BY 1") == [(n,) for n in range(5, 10)]


async def _until_greeted(telegram: TelegramServer, times: int) -> None:
    await telegram.until(lambda: len(greetings(telegram)) >= times, PATIENCE)


async def test_a_port_in_use(tmp_path: Path, telegram: TelegramServer) -> None:
    """A port that is taken ends `run` with status 2 and one line that names the settings."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(telegram.proxied.rpartition(":")[2])))
        other.listen()
        async with serving(telegram, tmp_path / "data", LOG_LEVEL="ERROR") as bot:
            ended = await bot.ended()
    assert ended.status == 2
    line = ended.words.splitlines()[-1]
    assert "Address already in use" in line
    assert "WHOSAYS_WEBHOOK_PORT" in line
    assert "Traceback" not in ended.words
    assert telegram.calls("setWebhook") == []

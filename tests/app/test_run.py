"""`whosays run` as a process, against a Telegram on the loopback interface."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.processes import PATIENCE, whosays
from tests.app.serving import SECRET, files_with, running
from tests.telegram_server.faults import flood
from tests.telegram_server.server import TOKEN, TelegramServer
from tests.telegram_server.updates import said

SAID_START = said(5, "/start")


async def test_serving(tmp_path: Path) -> None:
    """The bot answers, is healthy, ends when it is told to, and writes its token nowhere."""
    data = tmp_path / "data"
    async with TelegramServer() as telegram:
        await telegram.give(SAID_START)
        settings = {"API_URL": telegram.base_url, "LOG_LEVEL": "DEBUG", "LOG_JSON": "yes"}
        async with running(data, **settings) as bot:
            await telegram.until(lambda: bool(telegram.calls("sendMessage")), PATIENCE)
            (greeting,) = telegram.calls("sendMessage")
            health = await asyncio.to_thread(whosays, data, "doctor", "--live")
            ended = await bot.end()
    assert "Who says?" in greeting["text"]
    assert {request.token for request in telegram.requests} == {TOKEN}
    assert (health.returncode, health.stderr) == (0, "")
    assert ended.status == 0, ended.words
    assert "stopped" in ended.words
    assert SECRET not in ended.words
    assert files_with(tmp_path, "sqlite"), "there is something to look through"
    assert files_with(tmp_path, SECRET) == []


async def test_a_token_that_telegram_rejects(tmp_path: Path) -> None:
    """A token that Telegram does not know ends `run` with status 2 and one line."""
    async with TelegramServer() as telegram:
        telegram.state().revoked = True
        async with running(tmp_path / "data", API_URL=telegram.base_url) as bot:
            ended = await bot.ended()
    assert ended.status == 2
    (line,) = ended.words.splitlines()
    assert line.startswith("whosays: Telegram rejects WHOSAYS_TOKEN")
    assert SECRET not in ended.words


async def test_a_telegram_that_cannot_be_reached(tmp_path: Path) -> None:
    """While Telegram cannot be reached the bot waits, says so, and can be ended."""
    async with TelegramServer() as telegram:
        nowhere = telegram.base_url
    async with running(tmp_path / "data", API_URL=nowhere, LOG_LEVEL="DEBUG") as bot:
        assert bot.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            first = await bot.process.stderr.readline()
        ended = await bot.end()
    assert b"Telegram cannot be reached" in first
    assert ended.status == 0, ended.words
    assert SECRET not in ended.words
    assert SECRET.encode() not in first
    assert files_with(tmp_path, SECRET) == []


@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
async def test_a_telegram_that_asks_to_wait(data: Path, method: str) -> None:
    """When Telegram asks for patience at the start, the bot waits as long and then answers."""
    async with TelegramServer() as telegram:
        telegram.faults.put(flood(1).on(method))
        await telegram.give(SAID_START)
        async with running(data, API_URL=telegram.base_url) as bot:
            await telegram.until(lambda: bool(telegram.calls("sendMessage")), PATIENCE)
            ended = await bot.end()
    assert len(telegram.calls(method)) == 2
    assert ended.status == 0, ended.words
    assert "again_in=1.0" in ended.words
    assert SECRET not in ended.words


LOGGING = """
import logging, sys, structlog
from bot.operate import logs
secret = sys.argv[1]
logs.configure("INFO", as_json=sys.argv[2] == "yes", secret=secret)
structlog.get_logger().error("told", what=f"bot{secret}/getMe")
try:
    raise ValueError(f"a library quotes {secret}")
except ValueError:
    logging.getLogger("library").exception("failed with %s", secret)
"""


@pytest.mark.parametrize("as_json", ["no", "yes"])
def test_logs_cut_the_token_out(as_json: str) -> None:
    """Should anything ever log the token, tracebacks included, the lines show that it was there."""
    result = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", LOGGING, SECRET, as_json],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )
    assert SECRET not in result.stdout + result.stderr
    assert result.stderr.count("<token>") == 3
    assert "a library quotes <token>" in result.stderr

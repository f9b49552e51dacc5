"""What a bot sees of each fault: the library's own request layer and ours, beside each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.transport.request import AiohttpRequest
from tests.telegram_server import faults
from tests.telegram_server.faults import BAD_GATEWAY, RESET, Fault, flood, moved
from tests.telegram_server.server import TOKEN, TelegramServer

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)

SOON = 0.3
CASES: list[tuple[Fault, type[TelegramError], bool]] = [
    (flood(7), RetryAfter, False),
    (faults.INTERNAL, NetworkError, False),
    (BAD_GATEWAY, NetworkError, False),
    (faults.GATEWAY_TIMEOUT, NetworkError, True),
    (RESET, NetworkError, False),
    (faults.RESET_AFTER, NetworkError, True),
    (faults.HANG, TimedOut, False),
    (faults.REPLY_LOST, TimedOut, True),
    (faults.TRUNCATED, NetworkError, True),
    (faults.EMPTY, TelegramError, True),
    (faults.UNAUTHORIZED, InvalidToken, False),
    (faults.BLOCKED, Forbidden, False),
    (moved(-100), ChatMigrated, False),
]
"""Each fault with the error that the library makes of it, and whether the message is there."""

LAYERS = [
    lambda: HTTPXRequest(read_timeout=SOON, connect_timeout=5.0),
    lambda: AiohttpRequest(read_timeout=SOON),
]


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """Serve a Bot API to whose bot somebody has written."""
    async with TelegramServer() as server:
        server.open(7, 8)
        yield server


@pytest.fixture(params=LAYERS, ids=["httpx", "aiohttp"])
async def bot(telegram: TelegramServer, request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    """Build a bot on either request layer."""
    layer: Callable[[], BaseRequest] = request.param
    async with layer() as backend:
        yield Bot(TOKEN, base_url=telegram.base_url, request=backend)


def said(telegram: TelegramServer, chat: int = 7) -> list[str]:
    """Return what the bot has in a chat."""
    return [message.text for message in telegram.state()._world.chats[chat].messages.values()]


def name(case: object) -> str:
    """Name a case by its fault."""
    if not isinstance(case, Fault):
        return ""
    return f"{case.harm.name.lower()}-{case.code}{'-applied' if case.applied else ''}"


@pytest.mark.parametrize(("fault", "error", "applied"), CASES, ids=name)
async def test_what_a_bot_sees(
    telegram: TelegramServer, bot: Bot, fault: Fault, error: type[TelegramError], applied: bool
) -> None:
    """Each fault is the error that the real thing would give, had its effect or not, and passes."""
    telegram.faults.put(fault.on("sendMessage"))
    with pytest.raises(error) as caught:
        await bot.send_message(7, "first")
    assert type(caught.value) is error or error in (NetworkError, TelegramError)
    assert not isinstance(caught.value, BadRequest)
    await bot.send_message(7, "second")
    assert said(telegram) == ([*["first"] * applied, "second"])


async def test_what_comes_with_a_refusal(telegram: TelegramServer, bot: Bot) -> None:
    """A flood says for how long, and a group that moved says where to."""
    telegram.faults.put(flood(7).on("sendMessage"), moved(-100).on("sendMessage"))
    with pytest.raises(RetryAfter) as asked:
        await bot.send_message(7, "a")
    with pytest.raises(ChatMigrated) as told:
        await bot.send_message(7, "a")
    assert asked.value._retry_after in (7, timedelta(seconds=7))
    assert told.value.new_chat_id == -100


async def test_faults_befall_what_they_are_put_on(telegram: TelegramServer) -> None:
    """A fault counts the calls of its method in its chat, and leaves every other one alone."""
    telegram.faults.put(BAD_GATEWAY.on("sendMessage", chat=7, count=2))
    async with AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=telegram.base_url, request=request)
        for failing in (True, True, False):
            await bot.send_message(8, "other chat")
            await bot.send_chat_action(7, "typing")
            if failing:
                with pytest.raises(NetworkError):
                    await bot.send_message(7, "a")
            else:
                await bot.send_message(7, "a")
    assert (said(telegram, 7), said(telegram, 8)) == (["a"], ["other chat"] * 3)


async def test_a_reset_is_a_reset(telegram: TelegramServer) -> None:
    """The line is reset and not just closed: a client hears ECONNRESET."""
    telegram.faults.put(RESET)
    port = int(telegram.base_url.removesuffix("/bot").rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /bot{TOKEN}/getMe HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()


async def test_faults_of_one_token_are_not_another_s(telegram: TelegramServer) -> None:
    """Each token has faults, people and updates of its own."""
    other = "471148:BB-not-a-real-token-but-of-its-shape_0"
    telegram.faults.put(BAD_GATEWAY.on("getMe"))
    telegram.people.say(telegram.people.user(9, "Ann"), "/start")
    async with AiohttpRequest() as request:
        bot = Bot(other, base_url=telegram.base_url, request=request, get_updates_request=request)
        await bot.get_me()
        assert await bot.get_updates() == ()
        telegram.state(other).revoked = True
        with pytest.raises(InvalidToken):
            await bot.get_me()
    assert len(telegram.updates) == 1

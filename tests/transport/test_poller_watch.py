"""The poller in trouble: a rejected token and a dead line are noticed, told and outlived."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken

from bot.transport.intake import Alarm
from bot.transport.rejection import PATIENCE, Rejection
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import ok, refused
from tests.transport.home import Home, updates
from tests.transport.pollers import poller, running

REJECTED = [(401, "Unauthorized"), (404, "Not Found")]


class Seconds:
    """A clock that goes on by some seconds each time that it is looked at."""

    def __init__(self, step: float) -> None:
        self.now = 0.0
        self._step = step

    def __call__(self) -> float:
        """Return the seconds."""
        self.now += self._step
        return self.now


@pytest.mark.parametrize(("code", "description"), REJECTED)
async def test_a_single_rejection_is_outlived(
    telegram: TelegramServer, bot: Bot, code: int, description: str
) -> None:
    """One 401, as outages have given, rings the alarm at once; then updates come in as before."""
    telegram.next_answers["getUpdates"].append(refused(code, description))
    home = Home()
    await telegram.give(*updates(5))
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 2)
    assert home.alarms == [Alarm.TOKEN]
    assert home.handed == [5]
    assert telegram.calls("getMe") == []


@pytest.mark.parametrize(("code", "description"), REJECTED)
async def test_a_token_rejected_for_a_minute_ends_the_loop(
    telegram: TelegramServer, bot: Bot, code: int, description: str
) -> None:
    """When getMe is rejected too after a minute of rejections, `run` raises; nothing was heard."""
    for method in ("getUpdates", "getMe"):
        telegram.next_answers[method].extend(refused(code, description) for _ in range(999))
    home, clock = Home(), Seconds(1.0)
    one = poller(home, bot, rejection=Rejection(bot, clock=clock))
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(one.run(), 10)
    assert PATIENCE <= clock.now <= PATIENCE + 10
    assert len(telegram.calls("getUpdates")) > 10
    assert len(telegram.calls("getMe")) == 1
    assert home.alarms == [Alarm.TOKEN]
    assert home.heard == 0


@pytest.mark.parametrize("opinion", [lambda: ok({"id": 1}), lambda: refused(502, "Bad Gateway")])
async def test_a_token_that_telegram_still_knows(
    telegram: TelegramServer, bot: Bot, opinion: Callable[[], web.Response]
) -> None:
    """While getMe knows the token, or cannot say, a minute of rejections ends nothing."""
    telegram.next_answers["getUpdates"].extend(refused(401, "Unauthorized") for _ in range(40))
    telegram.next_answers["getMe"].extend(opinion() for _ in range(99))
    home = Home()
    await telegram.give(*updates(5))
    async with running(poller(home, bot, rejection=Rejection(bot, clock=Seconds(5.0)))):
        await telegram.until(lambda: telegram.polls == 2)
    assert home.alarms == [Alarm.TOKEN]
    assert home.handed == [5]
    assert telegram.calls("getMe")


def test_the_minute_is_waited_out_and_not_longer() -> None:
    """A wait is cut where the minute is over, so that its end is not missed by a long one."""
    now = [0.0]
    rejection = Rejection(Bot("1:x"), clock=lambda: now[0])
    assert rejection.limited(30.0) == 30.0
    assert asyncio.run(rejection.final()) is False
    now[0] = 50.0
    assert rejection.limited(30.0) == 10.0
    rejection.over()
    assert rejection.limited(30.0) == 30.0


async def test_a_line_on_which_nothing_comes(telegram: TelegramServer, bot: Bot) -> None:
    """A poll that is taken and never answered is cut and asked anew; it is no sign of life."""

    async def hang() -> web.Response:
        await asyncio.sleep(5)
        return ok([])

    telegram.next_answers["getUpdates"].extend([hang, hang])
    home = Home()
    await telegram.give(*updates(5))
    async with running(poller(home, bot, poll_timeout=0, slack=(0.1, 0.5))):
        await telegram.until(lambda: len(telegram.calls("getUpdates")) == 2)
        assert home.heard == 0
        await telegram.until(lambda: not telegram.updates)
    assert home.handed == [5]


async def test_a_line_on_which_too_little_comes(bot: Bot, telegram: TelegramServer) -> None:
    """A byte now and then does not keep a poll open for ever."""
    asked = 0
    ended: list[int] = []

    async def trickle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")
        with suppress(ConnectionError):
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.02)
        writer.close()
        ended.append(asked)

    server = await asyncio.start_server(trickle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        slow = Bot(bot.token, base_url=f"http://127.0.0.1:{port}/bot", request=bot.request)
        one = poller(Home(), slow, poll_timeout=0, slack=(0.1, 0.2))
        one._alone = True
        async with running(one):
            async with asyncio.timeout(20):
                while asked < 3:  # noqa: ASYNC110 - nothing signals what is waited for
                    await asyncio.sleep(0.01)
        async with asyncio.timeout(20):
            while len(ended) < asked:  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.01)

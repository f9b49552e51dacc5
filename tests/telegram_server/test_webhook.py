"""The side that brings updates: the secret, the order of a chat, what is repeated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.telegram_server.faults import Disorder
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.updates import said

SET = {"url": "https://bot.example/hook", "secret_token": "s", "allowed_updates": ["message"]}


class Hook:
    """A webhook that notes what it is brought and answers as it is told to, then 200."""

    def __init__(self) -> None:
        self.came: list[int] = []
        self.secrets: set[str] = set()
        self.answers: list[int] = []
        self.hold: set[int] = set()
        self.release = asyncio.Event()

    async def take(self, request: web.BaseRequest) -> web.Response:
        """Take one request."""
        number = (await request.json())["update_id"]
        self.came.append(number)
        self.secrets.add(request.headers["X-Telegram-Bot-Api-Secret-Token"])
        if number in self.hold:
            await self.release.wait()
        return web.Response(status=self.answers.pop(0) if self.answers else 204)


@pytest.fixture
async def hook() -> Hook:
    """Make a webhook."""
    return Hook()


@pytest.fixture
async def telegram(hook: Hook) -> AsyncIterator[TelegramServer]:
    """Serve a Bot API that has been told of the webhook."""
    runner = web.ServerRunner(web.Server(hook.take, access_log=None), shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with TelegramServer() as server:
        server.proxied = f"http://127.0.0.1:{runner.addresses[0][1]}"
        await server.push.answer("setWebhook", SET)
        yield server
    await runner.cleanup()


async def test_updates_are_brought_with_the_secret(telegram: TelegramServer, hook: Hook) -> None:
    """Each update is brought once, and is the bot's for good when it was taken."""
    await telegram.give(said(5, "a"), said(6, "a"))
    await telegram.until(lambda: not telegram.updates)
    assert (hook.came, hook.secrets) == ([5, 6], {"s"})
    assert [*telegram.queue.handed] == [5, 6]


async def test_what_is_not_taken_is_repeated(telegram: TelegramServer, hook: Hook) -> None:
    """Any status but a 2xx one brings the update again, and the next of its chat waits."""
    hook.answers = [500, 302]
    await telegram.give(said(5, "a"), said(6, "a"))
    await telegram.until(lambda: not telegram.updates)
    assert hook.came == [5, 5, 5, 6]
    assert [status for _, status in telegram.push.statuses] == [500, 302, 204, 204]


async def test_one_chat_does_not_wait_for_another(telegram: TelegramServer, hook: Hook) -> None:
    """While one chat's update is not answered its next one waits, and other chats go on."""
    hook.hold = {5}
    await telegram.give(said(5, "a"), said(6, "a"), said(7, "a", 8), said(8, "a", 8))
    await telegram.until(lambda: len(telegram.push.statuses) == 2)
    assert hook.came == [5, 7, 8]
    hook.release.set()
    await telegram.until(lambda: not telegram.updates)
    assert hook.came == [5, 7, 8, 6]


async def test_only_what_was_asked_for(telegram: TelegramServer, hook: Hook) -> None:
    """A kind of update that setWebhook did not name is not queued."""
    ann = telegram.people.user(7, "Ann")
    telegram.people.press_data(ann, 1, "k:1")
    telegram.people.say(ann, "a")
    await telegram.until(lambda: len(telegram.push.statuses) == 1)
    assert len(hook.came) == 1


async def test_disorder(telegram: TelegramServer, hook: Hook) -> None:
    """An update may be brought once more although it was taken, and a later one first."""
    telegram.queue.disorder(Disorder.REVERSED, Disorder.TWICE)
    await telegram.give(said(5, "a"), said(6, "a"))
    await telegram.until(lambda: not telegram.updates)
    assert (hook.came[0], sorted(hook.came)) == (6, [5, 6, 6])


async def test_nothing_is_brought_after_the_end(telegram: TelegramServer, hook: Hook) -> None:
    """A webhook that was deleted is brought nothing, and what waits may be dropped."""
    await telegram.push.answer("deleteWebhook", {"drop_pending_updates": True})
    await telegram.give(said(5, "a"))
    await asyncio.sleep(0.05)
    assert (hook.came, len(telegram.updates)) == ([], 1)

"""The webhook between updates: it is set, shows life, and says when Telegram does not reach it."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import InvalidToken

from bot.transport.intake import Alarm
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import ok, refused
from tests.transport.home import Home, updates
from tests.transport.webhooks import free_port, running, until, webhook

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)


@pytest.mark.parametrize(
    ("code", "description", "parameters", "words"),
    [
        (502, "Bad Gateway", {}, []),
        (429, "Too Many Requests: retry after 0.01", {"retry_after": 0.01}, []),
        (400, "Bad Request: bad webhook: Failed to resolve host", {}, ["failed to resolve host"]),
    ],
)
async def test_a_webhook_that_is_not_set_at_first(
    telegram: TelegramServer,
    bot: Bot,
    code: int,
    description: str,
    parameters: dict[str, object],
    words: list[str],
) -> None:
    """Setting is tried until Telegram agrees; what an operator can mend rings once, in words."""
    for _ in range(3):
        telegram.next_answers["setWebhook"].append(refused(code, description, **parameters))
    home = Home()
    async with running(telegram, bot, home):
        assert home.heard == 0
        await until(lambda: home.heard > 0)
    assert len(telegram.calls("setWebhook")) == 4
    assert home.alarms == [Alarm.WEBHOOK] * len(words)
    assert all(part in told for part, told in zip(words, home.words, strict=True))


@pytest.mark.parametrize(("code", "description"), [(401, "Unauthorized"), (404, "Not Found")])
@pytest.mark.parametrize("method", ["setWebhook", "getWebhookInfo"])
async def test_a_rejected_token_ends_the_webhook(
    telegram: TelegramServer, bot: Bot, code: int, description: str, method: str
) -> None:
    """The alarm rings at the first rejection; when nothing else comes for a while, `run` raises."""
    for each in (method, "getMe"):
        telegram.next_answers[each].extend(refused(code, description) for _ in range(999))
    home = Home()
    one = webhook(home, bot, free_port(), check=0.01, rejected=0.05)
    task = asyncio.create_task(one.run())
    await until(lambda: home.alarms)
    assert not task.done()
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(task, 10)
    assert home.alarms == [Alarm.TOKEN]
    assert len(telegram.calls(method)) > 1


@pytest.mark.parametrize("method", ["setWebhook", "getWebhookInfo"])
async def test_a_rejection_that_passes(telegram: TelegramServer, bot: Bot, method: str) -> None:
    """A 401 or two, as outages have given, ring the alarm and end nothing."""
    telegram.next_answers[method].extend(refused(401, "Unauthorized") for _ in range(2))
    home = Home()
    async with running(telegram, bot, home, check=0.01):
        await telegram.until(lambda: len(telegram.calls("getWebhookInfo")) > 4)
        await telegram.give(*updates(5))
        await telegram.until(lambda: not telegram.updates)
    assert home.alarms == [Alarm.TOKEN]
    assert home.handed == [5]


async def test_life_is_shown_while_nothing_comes(telegram: TelegramServer, bot: Bot) -> None:
    """A webhook that nobody calls shows life again and again, and asks nothing meanwhile."""
    home = Home()
    async with running(telegram, bot, home):
        await until(lambda: home.heard >= 3)
    assert len(telegram.calls("getWebhookInfo")) == 1


async def test_a_webhook_that_is_not_reached(telegram: TelegramServer, bot: Bot) -> None:
    """What Telegram says of its failures rings once, in its words, and again after it worked."""
    home = Home()
    telegram.push.fail("an old failure, of before this start")
    async with running(telegram, bot, home, check=0.01):
        await telegram.until(lambda: len(telegram.calls("getWebhookInfo")) > 3)
        assert home.alarms == []
        telegram.push.fail("Connection timed out")
        await until(lambda: home.alarms)
        telegram.push.fail("Connection timed out")
        await telegram.until(lambda: len(telegram.calls("getWebhookInfo")) > 9)
        await telegram.give(*updates(5))
        await telegram.until(lambda: not telegram.updates)
        telegram.push.fail("SSL error")
        await until(lambda: len(home.alarms) > 1)
    assert home.alarms == [Alarm.WEBHOOK] * 2
    assert home.words == ["Connection timed out", "SSL error"]


async def test_a_webhook_that_somebody_else_removed(telegram: TelegramServer, bot: Bot) -> None:
    """Where another process takes the updates, the alarm rings and the webhook is set again."""
    home = Home()
    async with running(telegram, bot, home, check=0.01):
        await until(lambda: home.heard)
        await telegram.push.answer("deleteWebhook", {})
        await telegram.give(*updates(5))
        await telegram.until(lambda: not telegram.updates)
    assert home.alarms == [Alarm.CONFLICT]
    assert home.handed == [5]


async def test_a_check_that_fails(telegram: TelegramServer, bot: Bot) -> None:
    """That Telegram cannot be asked for a while ends nothing."""
    home = Home()
    async with running(telegram, bot, home, check=0.01):
        telegram.next_answers["getWebhookInfo"].extend([refused(502, "Bad Gateway"), ok([])])
        await telegram.until(lambda: len(telegram.calls("getWebhookInfo")) > 4)
    assert home.alarms == []

"""The poller: nothing is confirmed before it is kept, and no trouble ends the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from telegram import Bot

from bot.transport.backoff import Backoff
from bot.transport.intake import Alarm
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import ok, refused
from tests.transport.home import Home, updates
from tests.transport.pollers import poller, running

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)


async def test_a_batch_is_kept_before_it_is_confirmed(telegram: TelegramServer, bot: Bot) -> None:
    """The offset that confirms a batch is sent only after `keep` has returned."""
    home = Home()
    kept_at_poll: list[tuple[int | None, int]] = []
    keep = home.keep

    async def slow_keep(batch: Sequence[object]) -> Sequence[dict[str, Any]]:
        kept_at_poll.append((telegram.calls("getUpdates")[-1].get("offset"), len(home.kept)))
        await asyncio.sleep(0.02)
        return await keep(batch)

    home.keep = slow_keep  # type: ignore[method-assign]
    await telegram.give(*updates(5, 6))
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 2)
        assert home.kept == [5, 6]
        await telegram.give(*updates(7))
        await telegram.until(lambda: telegram.polls == 3)

    assert kept_at_poll == [(None, 0), (7, 2)]
    assert home.handed == [5, 6, 7]


async def test_the_question_names_what_is_wanted(telegram: TelegramServer, bot: Bot) -> None:
    """The first poll carries the kinds of updates, the time to hold it open, and no offset."""
    async with running(poller(Home(), bot, poll_timeout=17)):
        await telegram.until(lambda: bool(telegram.calls("getUpdates")))
    assert telegram.calls("getUpdates") == [
        {"timeout": 17, "allowed_updates": ["message", "callback_query"]}
    ]


async def test_a_webhook_is_removed_first(telegram: TelegramServer, bot: Bot) -> None:
    """Where an earlier run has left a webhook, it goes, and what waited for it is polled."""
    await telegram.push.answer("setWebhook", {"url": "https://bot.example/hook"})
    telegram.next_answers["getWebhookInfo"].append(refused(502, "Bad Gateway"))
    await telegram.give(*updates(5))
    home = Home()
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 2)
    assert telegram.calls("deleteWebhook") == [{"drop_pending_updates": False}]
    assert home.handed == [5]
    assert home.alarms == []


async def test_no_webhook_is_looked_for_once(telegram: TelegramServer, bot: Bot) -> None:
    """Without a webhook none is removed, and later polls do not ask again."""
    telegram.next_answers["getUpdates"].extend([ok([]), ok([])])
    async with running(poller(Home(), bot)):
        await telegram.until(lambda: telegram.polls == 1)
    methods = [request.method for request in telegram.requests]
    assert methods == ["getWebhookInfo", "getUpdates", "getUpdates", "getUpdates"]


async def test_a_second_delivery_is_not_handed_over(telegram: TelegramServer, bot: Bot) -> None:
    """What `keep` knows already is confirmed again but handed over once."""
    home = Home()
    home.kept = [5]
    await telegram.give(*updates(5, 6))
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 2)
    assert home.handed == [6]


async def test_a_full_disk_confirms_nothing(telegram: TelegramServer, bot: Bot) -> None:
    """While `keep` fails the offset stays and the alarm rings once; then nothing is missing."""
    home = Home()
    home.full = 3
    await telegram.give(*updates(5, 6))
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 5)
    offsets = [params.get("offset") for params in telegram.calls("getUpdates")]
    assert offsets == [None] * 4 + [7]
    assert home.alarms == [Alarm.STORE]
    assert home.handed == [5, 6]


async def test_a_failing_hand_over_does_not_stop_the_batch(
    telegram: TelegramServer, bot: Bot
) -> None:
    """An update that cannot be handed over stays kept; the ones behind it go on."""
    home = Home()
    home.choke_on = 5
    await telegram.give(*updates(5, 6))
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 2)
    assert home.kept == [5, 6]
    assert home.handed == [6]


@pytest.mark.parametrize(
    ("code", "description", "parameters", "alarms"),
    [
        (502, "Bad Gateway", {}, []),
        (500, "Internal Server Error", {}, []),
        (429, "Too Many Requests: retry after 0.01", {"retry_after": 0.01}, []),
        (409, "Conflict: terminated by other getUpdates request", {}, [Alarm.CONFLICT]),
        (400, "Bad Request: something", {}, []),
    ],
)
async def test_a_trouble_is_outlived(
    telegram: TelegramServer,
    bot: Bot,
    code: int,
    description: str,
    parameters: dict[str, object],
    alarms: list[Alarm],
) -> None:
    """After refusals the loop asks again, and each trouble is reported once."""
    for _ in range(3):
        telegram.next_answers["getUpdates"].append(refused(code, description, **parameters))
    home = Home()
    await telegram.give(*updates(5))
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 2)
    assert home.handed == [5]
    assert home.alarms == alarms


async def test_a_poll_that_went_well_is_heard(telegram: TelegramServer, bot: Bot) -> None:
    """Each answered question is a sign of life, with updates in it or without."""
    home = Home()
    telegram.next_answers["getUpdates"].extend([ok([]), ok([]), ok(updates(5))])
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 1)
        assert home.heard == 3


async def test_a_poll_that_fails_is_not_heard(telegram: TelegramServer, bot: Bot) -> None:
    """A refused question and a batch that cannot be kept are no signs of life."""
    home = Home()
    home.full = 2
    for trouble in (
        refused(502, "Bad Gateway"),
        refused(429, "Too Many Requests", retry_after=0.01),
        refused(409, "Conflict: terminated by other getUpdates request"),
    ):
        telegram.next_answers["getUpdates"].append(trouble)
    await telegram.give(*updates(5))
    heard: list[int] = []
    keep = home.keep

    async def noting_keep(batch: Sequence[object]) -> Sequence[dict[str, Any]]:
        heard.append(home.heard)
        return await keep(batch)

    home.keep = noting_keep  # type: ignore[method-assign]
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 4)
        assert heard == [0, 0, 0]
        assert home.heard == 1


async def test_stop_ends_a_long_wait(telegram: TelegramServer, bot: Bot) -> None:
    """`stop` ends the wait that Telegram asked for, and `run` is not asked for anything more."""
    telegram.next_answers["getUpdates"].append(refused(429, "Too Many", retry_after=600))
    async with running(poller(Home(), bot)):
        await telegram.until(lambda: bool(telegram.calls("getUpdates")))
        await asyncio.sleep(0.02)
    assert len(telegram.calls("getUpdates")) == 1


async def test_stop_lets_a_batch_be_kept(telegram: TelegramServer, bot: Bot) -> None:
    """A batch that has arrived when `stop` is called is kept and handed over."""
    home, asked = Home(), asyncio.Event()
    keep = home.keep

    async def slow_keep(batch: Sequence[object]) -> Sequence[dict[str, Any]]:
        asked.set()
        await asyncio.sleep(0.02)
        return await keep(batch)

    home.keep = slow_keep  # type: ignore[method-assign]
    await telegram.give(*updates(5))
    async with running(poller(home, bot)):
        await asyncio.wait_for(asked.wait(), 10)
    assert home.handed == [5]


async def test_cancelling_reaches_the_poll(telegram: TelegramServer, bot: Bot) -> None:
    """A cancelled `run` ends as cancelled, not as stopped."""
    task = asyncio.create_task(poller(Home(), bot).run())
    await telegram.until(lambda: telegram.polls == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 10)


def test_waits_double_up_to_a_ceiling() -> None:
    """Each wait lies between half and all of a length that doubles; `reset` starts over."""
    backoff = Backoff(Random(3), first=1, ceiling=8)
    for whole in (1, 2, 4, 8, 8):
        assert whole / 2 <= backoff.next() <= whole
    backoff.reset()
    assert backoff.next() <= 1

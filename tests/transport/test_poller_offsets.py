"""The poller's offset: what is kept is confirmed, whatever it is, and nothing beyond it."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot

from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import ok
from tests.transport.home import Home, updates
from tests.transport.pollers import poller, running

NO_ID: dict[str, Any] = {"message": {"text": "no id"}}

# What has no usable id.
ODD: list[object] = [
    None,
    "a text",
    5,
    [],
    {},
    {"update_id": None},
    {"update_id": "6"},
    {"update_id": -6},
    {"update_id": 10**30},
    {"update_id": True},
]


def offsets(telegram: TelegramServer) -> list[int | None]:
    """Return the offsets that were asked with."""
    return [params.get("offset") for params in telegram.calls("getUpdates")]


@pytest.mark.parametrize("odd", ODD)
async def test_an_update_without_a_usable_id(
    telegram: TelegramServer, bot: Bot, odd: object
) -> None:
    """It is kept beside, the rest of its batch goes on, and the offset moves past all of it."""
    home = Home()
    good, later = updates(5), updates(7)
    telegram.next_answers["getUpdates"].append(ok([*good, odd, *later]))
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 1)
    assert offsets(telegram) == [None, 8]
    assert home.handed == [5, 7]
    assert home.odd == [odd]
    assert home.alarms == []


async def test_nothing_but_updates_without_an_id(telegram: TelegramServer, bot: Bot) -> None:
    """With an offset it moves on by as many, without one there is a pause before the next try."""
    answers = telegram.next_answers["getUpdates"]
    answers.extend([ok(updates(5)), ok([NO_ID, None]), ok([NO_ID]), ok([]), ok([NO_ID])])
    home = Home()
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 1)
    assert offsets(telegram) == [None, 6, 8, 9, None, None]
    assert home.odd == [NO_ID, None]


async def test_an_offset_is_dropped_when_it_has_confirmed(
    telegram: TelegramServer, bot: Bot
) -> None:
    """Ids may begin anew below the last one: so an old offset does not stay."""
    home = Home()
    await telegram.give(*updates(1000, 1001))
    async with running(poller(home, bot, poll_timeout=0)):
        await telegram.until(lambda: telegram.polls > 4)
        await telegram.give(*updates(7))
        await telegram.until(lambda: not telegram.updates)
    assert home.handed == [1000, 1001, 7]
    seen = offsets(telegram)
    assert seen[:3] == [None, 1002, None]
    assert [offset for offset in seen if offset] == [1002, 8]


async def test_a_late_update_with_a_lower_id(telegram: TelegramServer, bot: Bot) -> None:
    """What comes in disorder, in a batch or after one, is taken in and confirmed."""
    telegram.next_answers["getUpdates"].extend([ok(updates(9, 7, 8)), ok(updates(4))])
    home = Home()
    async with running(poller(home, bot)):
        await telegram.until(lambda: telegram.polls == 1)
    assert sorted(home.handed) == [4, 7, 8, 9]
    assert offsets(telegram) == [None, 10, 5]


async def test_who_gives_the_same_again_is_not_asked_at_once(
    telegram: TelegramServer, bot: Bot
) -> None:
    """A server that forgets what was confirmed is asked with growing pauses, not in a loop."""
    waits: list[float] = []
    one = poller(Home(), bot)
    one._backoff.next = lambda: waits.append(0.001) or 0.001  # type: ignore[method-assign,func-returns-value]
    telegram.next_answers["getUpdates"].extend(ok(updates(5)) for _ in range(6))
    async with running(one):
        await telegram.until(lambda: telegram.polls == 1)
    assert len(waits) == 5

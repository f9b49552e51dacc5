"""Order per chat: one after another within a chat, side by side between chats."""

from __future__ import annotations

import asyncio
import gc
from collections import defaultdict
from datetime import UTC, datetime
from random import Random

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.transport.order import ChatOrder, line_of


def message(update_id: int, chat_id: int) -> Update:
    """Build the update of a message in a chat."""
    chat = Chat(chat_id, "private")
    return Update(update_id, message=Message(update_id, datetime.now(UTC), chat))


async def test_randomly_slow_handlers_do_not_reorder() -> None:
    """Fifty chats with twenty updates each are handled in the order of arrival, every one."""
    order, random = ChatOrder(at_once=32), Random(5)
    seen: defaultdict[int, list[int]] = defaultdict(list)

    async def handle(chat: int, number: int) -> None:
        for _ in range(random.randrange(6)):
            await asyncio.sleep(0)
        seen[chat].append(number)

    async with asyncio.TaskGroup() as group:
        for number in range(20):
            for chat in range(50):
                update = message(number, chat)
                group.create_task(order.process_update(update, handle(chat, number)))

    assert list(seen.values()) == [list(range(20))] * 50


async def test_a_slow_chat_does_not_hold_back_others() -> None:
    """A chat that stalls with a backlog larger than the limit leaves room for the others."""
    order, stalled = ChatOrder(at_once=2), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(order.process_update(message(number, 1), stalled.wait()))
        await asyncio.sleep(0)
        await asyncio.wait_for(order.process_update(message(99, 2), asyncio.sleep(0)), 10)
        stalled.set()


async def test_no_more_than_the_limit_run_side_by_side() -> None:
    """`at_once` bounds the updates being handled, of whatever chats."""
    order, running, most = ChatOrder(at_once=3), 0, 0

    async def handle() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    await asyncio.gather(*(order.process_update(message(n, n), handle()) for n in range(20)))
    assert most == 3


async def test_a_failing_update_does_not_stop_its_chat() -> None:
    """The failure reaches whoever handed the update over; the next one is handled."""
    order, handled = ChatOrder(), asyncio.Event()

    async def fail() -> None:
        raise LookupError

    async def handle() -> None:
        handled.set()

    results = await asyncio.gather(
        order.process_update(message(1, 1), fail()),
        order.process_update(message(2, 1), handle()),
        return_exceptions=True,
    )
    assert isinstance(results[0], LookupError)
    assert handled.is_set()


async def test_a_cancelled_wait_keeps_the_order() -> None:
    """When a waiting update is cancelled, the one behind it still waits for the one before."""
    order, first, seen = ChatOrder(), asyncio.Event(), list[int]()

    async def handle(number: int) -> None:
        await first.wait()
        seen.append(number)

    tasks = [asyncio.create_task(order.process_update(message(n, 1), handle(n))) for n in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.sleep(0)
    first.set()
    await asyncio.wait(tasks)
    assert seen == [0, 2]


async def test_quiet_chats_take_no_memory() -> None:
    """Nothing is left of a chat once its updates are through."""
    order = ChatOrder()
    for chat in range(100):
        await order.process_update(message(1, chat), asyncio.sleep(0))
    gc.collect()
    assert order.lines == 0


async def test_idle_waits_for_what_is_in_flight() -> None:
    """`idle` returns at once when nothing runs, and else after the last update."""
    order, gate = ChatOrder(), asyncio.Event()
    await asyncio.wait_for(order.idle(), 10)
    tasks = [asyncio.create_task(order.process_update(message(n, 1), gate.wait())) for n in (1, 2)]
    await asyncio.sleep(0)
    idle = asyncio.create_task(order.idle())
    await asyncio.sleep(0)
    assert not idle.done()
    gate.set()
    await asyncio.wait_for(idle, 10)
    await asyncio.gather(*tasks)


@pytest.mark.parametrize(
    ("update", "line"),
    [
        (message(1, -5), -5),
        (Update(1, callback_query=CallbackQuery("q", User(7, "A", False), "c")), 7),
        (Update(1), None),
        ("no update", None),
    ],
    ids=["chat", "press in an inline message", "nobody", "foreign"],
)
def test_the_line_of_an_update(update: object, line: int | None) -> None:
    """An update stands in its chat's line, else its user's, else in none."""
    assert line_of(update) == line

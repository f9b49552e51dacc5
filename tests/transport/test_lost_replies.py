"""Over HTTP, with Telegram misbehaving: what is tried again, what is not, what is sent instead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from telegram import Bot

from bot.store.calls import Call, Fate, UndeliveredError
from bot.transport.request import AiohttpRequest
from bot.transport.sender import FADES, Sender
from tests.telegram_server.faults import (
    BAD_GATEWAY,
    BLOCKED,
    EMPTY,
    GATEWAY_TIMEOUT,
    HANG,
    INTERNAL,
    REPLY_LOST,
    RESET,
    RESET_AFTER,
    TRUNCATED,
    UNAUTHORIZED,
    Fault,
    flood,
)
from tests.telegram_server.server import TOKEN, TelegramServer
from tests.telegram_server.wire import refused
from tests.transport.test_sender import text
from tests.transport.times import Time

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)

NOT_DONE = [INTERNAL, BAD_GATEWAY, RESET, HANG]
"""After these the call had no effect, which whoever sent it cannot know."""

DONE = [GATEWAY_TIMEOUT, RESET_AFTER, REPLY_LOST, TRUNCATED, EMPTY]
"""After these it had."""

INSTEAD = text("Do you see it?")
QUESTION = Call(
    "sendMessage", {"chat_id": 7, "text": "Who says?"}, remember=(1, 0), instead=INSTEAD
)


def name(fault: Fault) -> str:
    """Return how a fault is called in the list of tests."""
    return f"{fault.harm.name}-{fault.code}-{'done' if fault.applied else 'not-done'}"


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    """Build a bot that does not wait long for an answer."""
    async with AiohttpRequest(limit=8, read_timeout=0.2) as request:
        yield Bot(TOKEN, base_url=telegram.base_url, request=request, get_updates_request=request)


def sender(bot: Bot, time: Time) -> Sender:
    """Build a sender that lives in the given time."""
    return Sender(bot, clock=time.clock, sleep=time.sleep)


def tried(telegram: TelegramServer) -> list[str]:
    """Return the texts of all attempts so far."""
    return [params["text"] for params in telegram.calls("sendMessage")]


def shown(telegram: TelegramServer) -> list[str]:
    """Return what stands in the chat."""
    chats = telegram.people._world.chats
    return [message.text for message in chats[7].messages.values() if message.from_bot]


@pytest.mark.parametrize("fault", [*NOT_DONE, *DONE], ids=name)
async def test_a_question_is_not_tried_again_where_nobody_knows(
    telegram: TelegramServer, bot: Bot, fault: Fault
) -> None:
    """Whatever hides whether a question arrived: it is sent once, and then what it names instead.

    It gives no result, so that no other message is taken for it.
    """
    telegram.faults.put(fault.on("sendMessage"))
    first, second = await sender(bot, Time()).deliver([QUESTION, text("after")])
    assert first is None
    assert second
    assert tried(telegram) == ["Who says?", "Do you see it?", "after"]
    assert shown(telegram) == ["Who says?"] * fault.applied + ["Do you see it?", "after"]


async def test_what_is_sent_instead_is_tried_again(telegram: TelegramServer, bot: Bot) -> None:
    """What stands for a question goes on being tried, and the question never comes again."""
    telegram.faults.put(BAD_GATEWAY.on("sendMessage", count=4))
    await sender(bot, Time()).deliver([QUESTION])
    assert tried(telegram) == ["Who says?"] + ["Do you see it?"] * 4
    assert shown(telegram) == ["Do you see it?"]


@pytest.mark.parametrize(
    "answer",
    [
        refused(429, "Too Many Requests: retry after 2", retry_after=2),
        refused(429, "Too Many Requests"),
    ],
    ids=["with seconds", "without"],
)
async def test_a_question_that_did_not_arrive_is_tried_again(
    telegram: TelegramServer, bot: Bot, answer: object
) -> None:
    """A question that Telegram refused to take yet is itself sent after the wait."""
    telegram.next_answers["sendMessage"].append(answer)  # type: ignore[arg-type] # as made above
    (result,) = await sender(bot, Time()).deliver([QUESTION])
    assert result
    assert shown(telegram) == ["Who says?"]


async def test_without_a_connection_the_question_is_left(telegram: TelegramServer) -> None:
    """Where there is no connection until patience ends, the question itself is what is left."""
    async with AiohttpRequest() as request:
        away = Bot(TOKEN, base_url="http://127.0.0.1:9/bot", request=request)
        with pytest.raises(UndeliveredError) as caught:
            await sender(away, Time()).deliver([QUESTION, text("after")])
    assert caught.value.left == (QUESTION, text("after"))
    assert not telegram.requests


async def test_what_is_left_of_a_question_is_what_it_names_instead(
    telegram: TelegramServer, bot: Bot
) -> None:
    """Where patience ends after an attempt that nobody knows of, no question is left to send."""
    telegram.faults.put(BAD_GATEWAY.on("sendMessage", count=99))
    with pytest.raises(UndeliveredError) as caught:
        await sender(bot, Time()).deliver([QUESTION])
    assert caught.value.left == (INSTEAD,)


@pytest.mark.parametrize("fault", DONE, ids=name)
async def test_a_line_may_come_twice_and_an_edit_has_no_second_effect(
    telegram: TelegramServer, bot: Bot, fault: Fault
) -> None:
    """What names nothing instead is sent again: a copy says the same, an edit is done already."""
    deliver = sender(bot, Time()).deliver
    (first,) = await deliver([text("a")])
    assert isinstance(first, dict)
    telegram.faults.put(fault.on("sendMessage"), fault.on("editMessageText"))
    edit = {"chat_id": 7, "message_id": first["message_id"], "text": "b"}
    assert await deliver([Call("editMessageText", edit)]) == [True]
    await deliver([text("c")])
    assert shown(telegram) == ["b", "c", "c"]


@pytest.mark.parametrize(
    "answer",
    [
        refused(400, "Bad Request: message is too long"),
        refused(413, "Request Entity Too Large"),
        refused(403, "Forbidden: bot was blocked by the user"),
    ],
    ids=["malformed", "too large", "blocked"],
)
async def test_a_refusal_is_final(telegram: TelegramServer, bot: Bot, answer: object) -> None:
    """What Telegram refuses for good is tried once, a question too."""
    telegram.next_answers["sendMessage"].append(answer)  # type: ignore[arg-type] # as made above
    time = Time()
    assert await sender(bot, time).deliver([QUESTION]) == [None]
    assert tried(telegram) == ["Who says?"]
    assert time.slept == []


FATES = [
    (BLOCKED, Fate.BLOCKED),
    (flood(9), Fate.NOT_SENT),
    (UNAUTHORIZED, Fate.NOT_SENT),
    *((fault, Fate.UNKNOWN) for fault in (*NOT_DONE, *DONE)),
]


@pytest.mark.parametrize(("fault", "fate"), FATES, ids=[name(fault) for fault, _ in FATES])
async def test_a_push_is_tried_once(
    telegram: TelegramServer, bot: Bot, fault: Fault, fate: Fate
) -> None:
    """What becomes of a push is told for what it is, and nothing is sent a second time."""
    telegram.faults.put(fault.on("sendMessage"))
    outcome = await sender(bot, Time()).send(text("a"))
    assert outcome.fate is fate
    assert len(telegram.requests) == 1


async def test_a_push_that_arrives_has_a_number(telegram: TelegramServer, bot: Bot) -> None:
    """What arrived is told with the id of the message."""
    outcome = await sender(bot, Time()).send(text("a"))
    assert outcome.fate is Fate.ARRIVED
    assert outcome.message_id is not None


async def test_pushes_are_held_back_in_an_outage(telegram: TelegramServer, bot: Bot) -> None:
    """Each push that fails lets the next ones wait, so that few are lost from sight; no answer."""
    telegram.faults.put(BAD_GATEWAY.on("sendMessage", count=3))
    time = Time()
    sends, went = sender(bot, time), []
    for chat in (1, 2, 7, 8):
        await sends.turn(chat)
        went.append(time.now)
        await sends.send(text("a", chat))
    gaps = [later - earlier for earlier, later in pairwise(went)]
    assert 0.5 <= gaps[0] < gaps[1] < gaps[2]


async def test_a_press_is_answered_again_while_it_is_worth_it(
    telegram: TelegramServer, bot: Bot
) -> None:
    """An answer to a press is tried again for some seconds, and then dropped without an error."""
    telegram.next_answers["answerCallbackQuery"].extend(refused(502, "Bad") for _ in range(99))
    time = Time()
    await sender(bot, time).acknowledge(Call("answerCallbackQuery", {"callback_query_id": "1"}))
    assert 2 <= len(telegram.requests) <= 10
    assert time.now <= FADES


async def test_a_press_that_is_too_old_is_no_trouble(telegram: TelegramServer, bot: Bot) -> None:
    """A press that Telegram knows no more is tried once."""
    time = Time()
    await sender(bot, time).acknowledge(Call("answerCallbackQuery", {"callback_query_id": "1"}))
    assert len(telegram.requests) == 1
    assert time.slept == []


async def test_a_stop_waits_for_nothing(telegram: TelegramServer, bot: Bot) -> None:
    """After a stop nothing is tried a second time, and no turn is waited for."""
    telegram.faults.put(BAD_GATEWAY.on("sendMessage"))
    time = Time()
    sends = sender(bot, time)
    sends.stop()
    with pytest.raises(UndeliveredError) as caught:
        await sends.deliver([QUESTION, text("b")])
    assert caught.value.left == (INSTEAD, text("b"))
    await sends.turn(7)
    assert await sends.deliver([text(str(n)) for n in range(4)])
    with pytest.raises(UndeliveredError):
        await sends.deliver([text("over the limit"), text("more")])
    assert time.slept == []


@pytest.mark.parametrize("begun", [True, False], ids=["under way", "begun after it"])
async def test_an_attempt_that_hangs_ends_soon_after_a_stop(
    telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    """An attempt has a moment to end at a stop; then it counts as one that nobody knows of."""
    monkeypatch.setattr("bot.transport.sender.GRACE", 0.05)
    telegram.faults.put(HANG.on("sendMessage"))
    async with AiohttpRequest(read_timeout=60) as request:
        bot = Bot(TOKEN, base_url=telegram.base_url, request=request)
        sends = Sender(bot)
        if not begun:
            sends.stop()
        delivering = asyncio.ensure_future(sends.deliver([QUESTION]))
        if begun:
            await telegram.until(lambda: bool(telegram.requests))
            sends.stop()
        with pytest.raises(UndeliveredError) as caught:
            await asyncio.wait_for(delivering, 10)
    assert caught.value.left == (INSTEAD,)

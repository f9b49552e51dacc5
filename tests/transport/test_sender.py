"""Delivery: what is retried, what counts as fine, and what is given up."""

from __future__ import annotations

import asyncio
from random import Random

import pytest
from structlog.testing import capture_logs
from telegram import Bot

from bot.store.calls import Call, File, UndeliveredError
from bot.transport.sender import Sender
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import refused
from tests.transport.times import Time

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)


def sender(bot: Bot, time: Time) -> Sender:
    """Build a sender that lives in the given time."""
    return Sender(bot, patience=60, random=Random(1), clock=time.clock, sleep=time.sleep)


def text(words: str, chat_id: int = 7) -> Call:
    """Build the call that says something in a chat."""
    return Call("sendMessage", {"chat_id": chat_id, "text": words})


async def test_calls_arrive_in_order_with_raw_results(telegram: TelegramServer, bot: Bot) -> None:
    """Results stand in the order of the calls and are what Telegram answered."""
    calls = [text("a"), Call("answerCallbackQuery", {"callback_query_id": "1"}), text("b")]
    first, second, third = await sender(bot, Time()).deliver(calls)

    assert [request.method for request in telegram.requests] == [call.method for call in calls]
    assert isinstance(first, dict)
    assert isinstance(third, dict)
    assert (first["message_id"], second, third["message_id"]) == (1, True, 2)


async def test_a_file_is_uploaded(telegram: TelegramServer, bot: Bot) -> None:
    """A call's files arrive beside its parameters, and parameters that are None do not."""
    call = Call(
        "sendDocument",
        {"chat_id": 7, "caption": None, "reply_markup": {"inline_keyboard": []}},
        {"document": File("log.csv", b"a,b\n")},
    )
    await sender(bot, Time()).deliver([call])

    (request,) = telegram.requests
    assert request.files == {"document": ("log.csv", b"a,b\n")}
    assert request.params == {"chat_id": 7, "reply_markup": {"inline_keyboard": []}}


async def test_a_server_error_is_retried(telegram: TelegramServer, bot: Bot) -> None:
    """A 5xx is tried again after waits that grow, and the next call waits its turn."""
    for code in (500, 502, 503):
        telegram.next_answers["sendMessage"].append(refused(code, "Oops"))
    time = Time()
    await sender(bot, time).deliver([text("a"), text("b")])

    assert [params["text"] for params in telegram.calls("sendMessage")] == ["a"] * 4 + ["b"]
    assert len(time.slept) == 3
    assert time.slept[0] < time.slept[1] < time.slept[2]


async def test_flood_control_holds_back_one_delivery_only(
    telegram: TelegramServer, bot: Bot
) -> None:
    """The time that Telegram asks for is waited by one delivery; another one goes through."""
    telegram.next_answers["sendMessage"].append(refused(429, "Too Many", retry_after=9))
    slow, gate = Time(), asyncio.Event()

    async def waiting(seconds: float) -> None:
        slow.slept.append(seconds)
        await gate.wait()

    deliver = Sender(bot, clock=slow.clock, sleep=waiting).deliver
    held = asyncio.create_task(deliver([text("held", 1)]))
    await telegram.until(lambda: bool(telegram.requests))
    await asyncio.wait_for(deliver([text("other", 2)]), 10)
    assert not held.done()
    gate.set()
    await held
    assert slow.slept == [9]
    assert [params["chat_id"] for params in telegram.calls("sendMessage")] == [1, 2, 1]


@pytest.mark.parametrize(
    ("method", "description"),
    [
        (
            "editMessageText",
            "Bad Request: message is not modified: specified new message content is the same",
        ),
        (
            "answerCallbackQuery",
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        ("answerCallbackQuery", "Bad Request: QUERY_ID_INVALID"),
    ],
)
async def test_what_has_happened_already_is_fine(
    telegram: TelegramServer, bot: Bot, method: str, description: str
) -> None:
    """A message that says it already, or a press too old, is neither retried nor logged."""
    telegram.next_answers[method].append(refused(400, description))
    with capture_logs() as logs:
        assert await sender(bot, Time()).deliver([Call(method, {})]) == [True]
    assert len(telegram.requests) == 1
    assert logs == []


async def test_a_bad_request_is_logged_and_passed_over(telegram: TelegramServer, bot: Bot) -> None:
    """A call that can never arrive is logged with method and reason; the next one is sent."""
    telegram.next_answers["sendMessage"].append(refused(400, "Bad Request: message is too long"))
    with capture_logs() as logs:
        sent = await sender(bot, Time()).deliver([text("a"), text("b")])
    assert sent[0] is None
    assert sent[1]
    assert [(log["method"], log["reason"]) for log in logs] == [
        ("sendMessage", "Message is too long")
    ]


async def test_a_block_is_logged_once_without_the_chat(telegram: TelegramServer, bot: Bot) -> None:
    """A delivery to a person who blocked the bot gives None for each call and one log line."""
    blocked = "Forbidden: bot was blocked by the user"
    telegram.next_answers["sendMessage"].extend(refused(403, blocked) for _ in range(2))
    with capture_logs() as logs:
        assert await sender(bot, Time()).deliver([text("a", 424242)] * 2) == [None, None]
    assert len(logs) == 1
    assert "424242" not in str(logs)


async def test_a_group_that_moved_is_followed(telegram: TelegramServer, bot: Bot) -> None:
    """A call to a group that became a supergroup is sent to its new id."""
    telegram.next_answers["sendMessage"].append(
        refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100)
    )
    await sender(bot, Time()).deliver([text("a", -1)])
    assert [params["chat_id"] for params in telegram.calls("sendMessage")] == [-1, -100]


async def test_patience_ends(telegram: TelegramServer, bot: Bot) -> None:
    """After the total time a delivery raises, with the results of what had arrived."""
    time = Time()
    outage = [refused(502, "Bad Gateway") for _ in range(50)]
    telegram.next_answers["editMessageText"].extend(outage)
    calls = [text("a"), Call("editMessageText", {"chat_id": 7, "text": "b"}), text("c")]
    with pytest.raises(UndeliveredError, match="editMessageText") as caught:
        await sender(bot, time).deliver(calls)
    assert [bool(result) for result in caught.value.sent] == [True, False, False]
    assert list(caught.value.left) == calls[1:]
    assert 20 < time.now <= 60
    assert len(telegram.calls("sendMessage")) == 1


async def test_a_rejected_token_is_not_retried(telegram: TelegramServer, bot: Bot) -> None:
    """With a wrong token nothing can be sent: the calls stay with the caller at once."""
    telegram.next_answers["sendMessage"].append(refused(401, "Unauthorized"))
    time = Time()
    with pytest.raises(UndeliveredError, match="Unauthorized"):
        await sender(bot, time).deliver([text("a")])
    assert time.slept == []

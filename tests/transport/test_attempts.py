"""What is counted of sending: how every attempt ended, by name."""

from __future__ import annotations

from random import Random

import pytest
from aiohttp import web
from telegram import Bot

from bot.transport.attempts import Attempt
from bot.transport.sender import Sender
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import refused
from tests.transport.test_sender import text
from tests.transport.times import Time

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)

# What Telegram answers first, and what is counted until an answer has arrived or never can.
ANSWERS = [
    ((), [Attempt.ARRIVED]),
    ((429, "Too Many"), [Attempt.FLOOD, Attempt.ARRIVED]),
    ((502, "Bad Gateway"), [Attempt.NETWORK, Attempt.ARRIVED]),
    ((403, "Forbidden: bot was blocked by the user"), [Attempt.BLOCKED]),
    ((400, "Bad Request: chat not found"), [Attempt.REFUSED]),
    ((400, "Bad Request: message is not modified"), [Attempt.ARRIVED]),
]


@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
async def test_attempts_at_an_answer(
    telegram: TelegramServer, bot: Bot, answer: tuple[int, str], expected: list[Attempt]
) -> None:
    """Each attempt of an answer that is sent again and again counts for itself."""
    if answer:
        telegram.next_answers["sendMessage"].append(_refused(*answer))
    tried: list[Attempt] = []
    time = Time()
    sender = Sender(bot, random=Random(1), clock=time.clock, sleep=time.sleep, tried=tried.append)
    await sender.deliver([text("a")])
    assert tried == expected


@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
async def test_attempts_at_a_push(
    telegram: TelegramServer, bot: Bot, answer: tuple[int, str], expected: list[Attempt]
) -> None:
    """A push makes one attempt, which counts as it ended."""
    if answer:
        telegram.next_answers["sendMessage"].append(_refused(*answer))
    tried: list[Attempt] = []
    time = Time()
    post = Sender(bot, random=Random(1), clock=time.clock, sleep=time.sleep, tried=tried.append)
    await post.send(text("a"))
    assert tried == expected[:1]


def _refused(code: int, description: str) -> web.Response:
    if code == 429:
        return refused(code, description, retry_after=1)
    return refused(code, description)

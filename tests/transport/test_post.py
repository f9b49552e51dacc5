"""Pushes on their way out: their pace, and what becomes of each."""

from __future__ import annotations

from random import Random

import pytest
from telegram import Bot

from bot.store.calls import Call, Fate
from bot.transport.pace import OVERALL, PER_CHAT, PER_GROUP, Pace
from bot.transport.post import Post
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import refused
from tests.transport.test_sender import Time, text

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)


def post(bot: Bot, time: Time) -> Post:
    """Build a post that lives in the given time."""
    return Post(bot, random=Random(1), clock=time.clock, sleep=time.sleep)


async def moments(post_: Post, time: Time, chats: list[int]) -> list[float]:
    """Return when each of some messages, one after the other, would go out."""
    went = []
    for chat in chats:
        await post_.turn(chat)
        went.append(time.now)
    return went


async def test_no_more_than_the_limits_in_any_second(bot: Bot) -> None:
    """To many people twenty messages go out in a second, of Telegram's thirty."""
    time = Time()
    went = await moments(post(bot, time), time, [*range(1, 101)])
    second = 1 - OVERALL / 2  # clear of the rounding of sums
    within = [sum(start <= moment < start + second for moment in went) for start in went]
    assert max(within) <= round(1 / OVERALL)
    assert went[-1] == pytest.approx(99 * OVERALL)


LIMITS = [(7, PER_CHAT), (-7, PER_GROUP)]


@pytest.mark.parametrize(("chat", "apart"), LIMITS)
async def test_one_chat_has_a_limit_of_its_own(bot: Bot, chat: int, apart: float) -> None:
    """To one person goes a message a second, to one group twenty a minute."""
    time = Time()
    went = await moments(post(bot, time), time, [chat] * 4)
    assert went == pytest.approx([0, apart, 2 * apart, 3 * apart])


def test_one_chat_does_not_hold_back_the_others() -> None:
    """Who waits for a turn of their own takes no other chat's."""
    pace = Pace(lambda: 0.0)
    for _ in range(5):
        pace.reserve(1)
    assert pace.reserve(2) == pytest.approx(5 * OVERALL)


FATES = [
    (refused(403, "Forbidden: bot was blocked by the user"), Fate.BLOCKED),
    (refused(400, "Bad Request: chat not found"), Fate.REFUSED),
    (refused(400, "Bad Request: message is not modified: the same"), Fate.ARRIVED),
    (refused(500, "Internal Server Error"), Fate.UNKNOWN),
]


@pytest.mark.parametrize(("answer", "fate"), FATES)
async def test_what_becomes_of_a_message(
    telegram: TelegramServer, bot: Bot, answer: object, fate: Fate
) -> None:
    """Each refusal is told for what it is, and nothing is sent a second time."""
    telegram.next_answers["sendMessage"].append(answer)  # type: ignore[arg-type] # as made above
    outcome = await post(bot, Time()).send(text("a"))
    assert outcome.fate is fate
    assert len(telegram.requests) == 1


async def test_a_message_that_arrives_has_a_number(telegram: TelegramServer, bot: Bot) -> None:
    """What arrived is told with the id of the message."""
    outcome = await post(bot, Time()).send(text("a"))
    assert (outcome.fate, outcome.message_id) == (Fate.ARRIVED, 1)


async def test_a_flood_holds_everybody_back(telegram: TelegramServer, bot: Bot) -> None:
    """Asked to wait, the post sends nothing to anybody before that, and says it was not sent."""
    time = Time()
    telegram.next_answers["sendMessage"].append(
        refused(429, "Too Many Requests: retry after 7", retry_after=7)
    )
    post_ = post(bot, time)
    assert (await post_.send(text("a"))).fate is Fate.NOT_SENT
    assert await moments(post_, time, [8]) == [7.0]


async def test_without_a_connection_nothing_was_sent(telegram: TelegramServer, bot: Bot) -> None:
    """Where no connection was made the message waits and may go out later."""
    away = Bot("123:abc", base_url="http://127.0.0.1:9/bot", request=bot.request)
    outcome = await post(away, Time()).send(Call("sendMessage", {"chat_id": 1, "text": "a"}))
    assert outcome.fate is Fate.NOT_SENT


async def test_a_post_that_stops_keeps_nobody_waiting(bot: Bot) -> None:
    """After the stop a turn comes at once, so that the bot can end."""
    time = Time()
    post_ = post(bot, time)
    post_.stop()
    assert await moments(post_, time, [7, 7, 7]) == [0.0, 0.0, 0.0]

"""The loopback Bot API: strict calls, people, files, polls and their conflicts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from bot.transport.api import call_api
from bot.transport.request import AiohttpRequest
from tests.telegram_server.faults import RESET, UNPARSEABLE, Disorder
from tests.telegram_server.server import TOKEN, TelegramServer
from tests.telegram_server.updates import pressed, said


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """Serve a Bot API."""
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    """Build a bot that meets it."""
    async with AiohttpRequest(limit=8) as request:
        yield Bot(
            TOKEN,
            base_url=telegram.base_url,
            base_file_url=telegram.file_url,
            request=request,
            get_updates_request=request,
        )


async def numbers(bot: Bot, **asked: Any) -> list[int]:
    """Poll and return the numbers of what comes."""
    return [update.update_id for update in await bot.get_updates(**asked)]


async def test_a_dialogue_over_the_wire(telegram: TelegramServer, bot: Bot) -> None:
    """What people say and press reaches the bot, and what the bot says and edits reaches them."""
    ann = telegram.people.user(7, "Ann")
    telegram.people.say(ann, "/start")
    (came,) = await bot.get_updates()
    assert came.effective_message
    assert came.effective_message.text == "/start"
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Öffnen", callback_data="k:1")]])
    sent = await bot.send_message(7, "<b>Who</b> says?", "HTML", reply_markup=keyboard)
    telegram.people.press(ann, sent.message_id, "Öffnen")
    (press,) = await bot.get_updates(offset=came.update_id + 1)
    assert press.callback_query
    assert press.callback_query.data == "k:1"
    await press.callback_query.answer("noted")
    await bot.edit_message_text("Nobody", 7, sent.message_id)
    view = telegram.people.chat(ann)
    assert [message.text for message in view.sent] == ["Nobody"]
    assert [toast.text for toast in view.toasts] == ["noted"]
    assert [*telegram.queue.handed] == [came.update_id]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"chat_id": 8, "text": "a"}, "Chat not found"),
    ("sendMessage", {"chat_id": 7, "text": "a" * 4097}, "Message is too long"),
    ("sendMessage", {"chat_id": 7, "text": "<b>a", "parse_mode": "HTML"}, "Can't parse entities"),
    ("editMessageText", {"chat_id": 7, "message_id": 9, "text": "a"}, "to edit not found"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "Query is too old"),
    ("getFile", {"file_id": "none"}, "Invalid file_id"),
    ("setWebhook", {"url": "http://bot.example"}, "(?i)https url"),
    ("setWebhook", {"url": "https://bot.example", "secret_token": "ä"}, "unallowed characters"),
]


@pytest.mark.parametrize(("method", "params", "words"), REFUSED)
async def test_what_telegram_refuses_is_refused(
    telegram: TelegramServer, bot: Bot, method: str, params: dict[str, Any], words: str
) -> None:
    """A call that Telegram would refuse is a BadRequest with Telegram's words."""
    telegram.open(7)
    with pytest.raises(BadRequest, match=words):
        await call_api(bot, method, params)


async def test_a_block_is_told(telegram: TelegramServer, bot: Bot) -> None:
    """To somebody who blocked the bot nothing can be sent."""
    ann = telegram.people.user(7, "Ann")
    telegram.people.say(ann, "/start")
    telegram.people.block(ann)
    with pytest.raises(Forbidden):
        await bot.send_message(7, "a")


async def test_files_go_up_and_down(telegram: TelegramServer, bot: Bot) -> None:
    """A document of the bot's is in the chat, and one of a person's can be downloaded."""
    ann = telegram.people.user(7, "Ann")
    telegram.people.attach(ann, "set.csv", b"a,b\n")
    (came,) = await bot.get_updates()
    assert came.message
    assert came.message.document
    file = await came.message.document.get_file()
    assert await file.download_as_bytearray() == b"a,b\n"
    # Words that JSON would read as a number stay words in a form.
    await bot.send_document(7, b"c\n", caption="1e3", filename="log.csv")
    (sent,) = telegram.people.chat(ann).sent
    assert sent.document
    assert (sent.document.content, sent.text) == (b"c\n", "1e3")


async def test_offset_and_limit(telegram: TelegramServer, bot: Bot) -> None:
    """Updates come until a higher offset confirms them, and those are the bot's for good."""
    await telegram.give(*(said(number, "a") for number in (5, 6, 7)))
    assert await numbers(bot, limit=2) == [5, 6]
    assert await numbers(bot, limit=2) == [5, 6]
    assert [*telegram.queue.handed] == []
    assert await numbers(bot, offset=6) == [6, 7]
    assert [*telegram.queue.handed] == [5]


async def test_a_poll_is_held_open(telegram: TelegramServer, bot: Bot) -> None:
    """A poll waits for what comes in its time, and not for a kind that nobody asked for."""
    waiting = asyncio.create_task(bot.get_updates(timeout=5, allowed_updates=["message"]))
    await telegram.until(lambda: telegram.polls == 1)
    ann = telegram.people.user(7, "Ann")
    telegram.people.press_data(ann, 1, "k:1")
    telegram.people.say(ann, "a")
    (came,) = await waiting
    assert came.message
    assert await numbers(bot, offset=came.update_id + 1, timeout=0) == []


async def test_a_second_poll_ends_the_first(telegram: TelegramServer, bot: Bot) -> None:
    """Of two polls of one token the older one hears of a conflict, the newer one goes on."""
    older = asyncio.create_task(bot.get_updates(timeout=5))
    await telegram.until(lambda: telegram.polls == 1)
    newer = asyncio.create_task(bot.get_updates(timeout=5))
    with pytest.raises(Conflict, match="other getUpdates"):
        await older
    await telegram.give(said(5, "a"))
    assert [update.update_id for update in await newer] == [5]


async def test_a_poll_that_was_hung_up_is_no_conflict(telegram: TelegramServer, bot: Bot) -> None:
    """A poll whose process is gone is over: the next one meets nobody."""
    gone = asyncio.create_task(bot.get_updates(timeout=5))
    await telegram.until(lambda: telegram.polls == 1)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    await telegram.until(lambda: telegram.state()._poll is None)
    assert await numbers(bot) == []


async def test_no_poll_beside_a_webhook(telegram: TelegramServer, bot: Bot) -> None:
    """While a webhook is set a poll is a conflict."""
    await bot.set_webhook("https://bot.example/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()


async def test_a_broken_line_confirms_nothing(telegram: TelegramServer, bot: Bot) -> None:
    """A poll that never arrived has confirmed nothing."""
    await telegram.give(said(5, "a"))
    await bot.get_updates()
    telegram.faults.put(RESET.on("getUpdates"))
    await asyncio.gather(bot.get_updates(offset=6), return_exceptions=True)
    assert [*telegram.queue.handed] == []


async def test_updates_in_disorder(telegram: TelegramServer, bot: Bot) -> None:
    """A batch may come backwards, and what was confirmed may come once more."""
    await telegram.give(said(5, "a"), said(6, "a"))
    telegram.queue.disorder(Disorder.REVERSED, Disorder.TWICE)
    assert await numbers(bot) == [6, 5]
    await telegram.give(said(7, "a"))
    assert await numbers(bot, offset=7) == [6, 5, 7]
    assert await numbers(bot, offset=8) == []


async def test_an_unparseable_update(telegram: TelegramServer, bot: Bot) -> None:
    """It comes as an update does, and the library cannot parse it."""
    number = telegram.queue.slip_in(UNPARSEABLE)
    batch = await call_api(bot, "getUpdates", {})
    assert isinstance(batch, list)
    raw: Any = batch[0]
    assert raw["update_id"] == number
    with pytest.raises(Exception, match=r".*"):
        Update.de_json(raw, bot)


async def test_a_given_press_can_be_answered(telegram: TelegramServer, bot: Bot) -> None:
    """Chat and press of an update that a test made are there, as they would be."""
    await telegram.give(pressed(5, "k:1", 1))
    assert await bot.answer_callback_query("5")
    assert await bot.send_message(77, "a")


async def test_a_token_that_is_none(telegram: TelegramServer) -> None:
    """A token that cannot be one is not found."""
    async with AiohttpRequest() as request:
        with pytest.raises(InvalidToken):
            await Bot("1:a", base_url=telegram.base_url, request=request).get_me()

"""An unmodified python-telegram-bot talks to the stand-in as it would to Telegram."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.local.faults import flood
from bot.local.request import LocalRequest
from bot.local.telegram import Telegram
from bot.local.values import Account

from .conftest import PNG

TOKEN = "1:local"
YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    """Return a Bot whose both connections lead to the stand-in."""
    async with Bot(
        TOKEN, request=LocalRequest(telegram), get_updates_request=LocalRequest(telegram)
    ) as made:
        yield made


async def until(done: Callable[[], bool]) -> None:
    """Wait for the bot, five seconds at most."""
    async with asyncio.timeout(20):
        while not done():  # noqa: ASYNC110  the stand-in has no event for what the bot did
            await asyncio.sleep(0.005)


async def test_sending_and_editing(telegram: Telegram, ada: Account, bot: Bot) -> None:
    """What the Bot sends and edits is seen, and comes back as the library's own values."""
    sent = await bot.send_message(
        ada.id,
        "<b>Who</b> says?",
        parse_mode=ParseMode.HTML,
        reply_markup=YES,
        reply_to_message_id=1,
    )
    assert (sent.text_html, sent.reply_markup) == ("<b>Who</b> says?", YES)
    assert sent.reply_to_message is not None
    await bot.edit_message_text("Right", ada.id, sent.message_id)
    assert telegram.chat(ada).last.text == "Right"
    await bot.edit_message_reply_markup(ada.id, sent.message_id, reply_markup=YES)
    assert telegram.chat(ada).last.buttons[0].data == "y"
    assert await bot.delete_message(ada.id, sent.message_id)
    assert await bot.send_chat_action(ada.id, "typing")
    assert await bot.set_my_commands([BotCommand("play", "Play")])
    assert [each.command for each in await bot.get_my_commands()] == ["play"]
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_files(telegram: Telegram, ada: Account, bot: Bot) -> None:
    """Files are uploaded with their names and downloaded whole."""
    photo = await bot.send_photo(ada.id, PNG, caption="chart", filename="chart.png")
    assert (photo.photo[-1].width, photo.caption) == (640, "chart")
    await bot.send_document(ada.id, b"a,b", filename="log.csv")
    document = telegram.chat(ada).last.document
    assert document is not None
    assert (document.name, document.content) == ("log.csv", b"a,b")
    telegram.attach(ada, "set.yaml", b"title: x")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"title: x"


REFUSALS: list[tuple[str, dict[str, object], type[TelegramError], str]] = [
    ("sendMessage", {"chat_id": 99, "text": "x"}, BadRequest, "Chat not found"),
    ("sendMessage", {"chat_id": 11, "text": "x", "reply_markup": "{"}, BadRequest, "Can't parse"),
    ("sendMessage", {"chat_id": 12, "text": "x"}, Forbidden, "blocked by the user"),
    ("deleteEverything", {}, InvalidToken, "method not found"),
]


@pytest.mark.parametrize(("method", "params", "kind", "words"), REFUSALS)
async def test_refusals_become_the_librarys_errors(
    telegram: Telegram,
    ada: Account,
    bot: Bot,
    method: str,
    params: dict[str, object],
    kind: type[TelegramError],
    words: str,
) -> None:
    """A refusal raises what the library raises for the same answer over HTTP."""
    ben = telegram.user(12, "Ben")
    telegram.say(ben, "hello")
    telegram.block(ben)
    with pytest.raises(kind, match=words):
        await bot._post(method, params)


async def test_a_flood_limit_says_how_long_to_wait(
    telegram: Telegram, ada: Account, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 429 carries its retry_after."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    telegram.refuse_next("sendMessage", flood(7))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(ada.id, "x")
    assert caught.value.retry_after == timedelta(seconds=7)


async def test_a_poll_waits_for_an_update(telegram: Telegram, ada: Account, bot: Bot) -> None:
    """A poll with nothing to give waits, and returns as soon as something happens."""
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    assert not poll.done()
    telegram.say(ada, "hello")
    [update] = await asyncio.wait_for(poll, 10)
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_poll_gives_up_after_its_timeout(ada: Account, bot: Bot) -> None:
    """A poll returns empty-handed after its timeout, and at once without one."""
    begin = time.monotonic()
    assert await bot.get_updates() == ()
    at_once = time.monotonic() - begin
    assert await bot.get_updates(timeout=1) == ()
    assert time.monotonic() - begin - at_once > max(0.9, at_once)


async def test_an_application_polls_and_answers(telegram: Telegram, ada: Account) -> None:
    """A whole Application, polling, answers a message and a press."""
    connections = LocalRequest(telegram), LocalRequest(telegram)
    builder = ApplicationBuilder().token(TOKEN).job_queue(None)
    application = builder.request(connections[0]).get_updates_request(connections[1]).build()

    async def said(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(f"You said {update.message.text}", reply_markup=YES)

    async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Noted")
        await update.callback_query.edit_message_text(f"You pressed {update.callback_query.data}")

    application.add_handler(MessageHandler(filters.TEXT, said))
    application.add_handler(CallbackQueryHandler(pressed))
    assert application.updater is not None
    async with application:
        await application.start()
        await application.updater.start_polling()
        telegram.say(ada, "hello")
        await until(lambda: telegram.chat(ada).messages[-1].from_bot)
        assert telegram.chat(ada).last.text == "You said hello"
        telegram.press(ada, telegram.chat(ada).last.id, "Yes")
        await until(lambda: telegram.chat(ada).last.text == "You pressed y")
        assert telegram.chat(ada).toasts[0].text == "Noted"
        await application.updater.stop()
        await application.stop()

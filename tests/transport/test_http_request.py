"""The HTTP backend: what reaches Telegram, and what an error may say."""

from __future__ import annotations

import asyncio
import logging
import traceback

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.transport.request import AiohttpRequest, NotConnectedError
from tests.telegram_server.server import TOKEN, TelegramServer
from tests.telegram_server.wire import refused

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Öffnen", callback_data="k:1:2:fact")]])


async def test_parameters_arrive_as_they_were_given(telegram: TelegramServer, bot: Bot) -> None:
    """Numbers, texts beyond ASCII and nested values reach the server unchanged."""
    await bot.send_message(7, 'Wer sagt das? „So“ & <b>"so"</b> 🦉', reply_markup=KEYBOARD)

    assert telegram.calls("sendMessage") == [
        {
            "chat_id": 7,
            "text": 'Wer sagt das? „So“ & <b>"so"</b> 🦉',
            "reply_markup": KEYBOARD.to_dict(),
        }
    ]


async def test_a_file_arrives_with_its_name_and_bytes(telegram: TelegramServer, bot: Bot) -> None:
    """An upload goes as multipart, its name unescaped, beside the other parameters."""
    content = bytes(range(256)) * 8000
    file = InputFile(content, filename="Übung 1.csv")
    await bot.send_document(7, file, caption="Ergebnisse", reply_markup=KEYBOARD)

    (request,) = telegram.requests
    assert request.files == {"document": ("Übung 1.csv", content)}
    assert request.params["chat_id"] == 7
    assert request.params["caption"] == "Ergebnisse"
    assert request.params["reply_markup"] == KEYBOARD.to_dict()


async def test_a_slow_answer_is_a_timeout(telegram: TelegramServer, bot: Bot) -> None:
    """The read timeout of one call overrides the backend's own and raises TimedOut."""
    telegram.next_answers["sendMessage"].append(_never)
    with pytest.raises(TimedOut):
        await bot.send_message(7, "a", read_timeout=0.05)


async def test_a_slow_upload_is_a_timeout(telegram: TelegramServer) -> None:
    """An upload has a limit in all, made of those for connecting, writing and reading."""
    telegram.next_answers["sendDocument"].append(_never)
    async with AiohttpRequest(
        read_timeout=0.05, write_timeout=0.02, connect_timeout=0.02, pool_timeout=0.01
    ) as request:
        bot = Bot(TOKEN, base_url=telegram.base_url, request=request)
        with pytest.raises(TimedOut):
            await bot.send_document(7, InputFile(b"a", filename="a.txt"))


async def test_a_full_pool_is_no_connection(telegram: TelegramServer) -> None:
    """Waiting for a free connection ends with the pool timeout, and nothing was sent."""
    telegram.next_answers["sendMessage"].append(_never)
    async with AiohttpRequest(limit=1, connect_timeout=0.02, pool_timeout=0.02) as request:
        bot = Bot(TOKEN, base_url=telegram.base_url, request=request)
        first = asyncio.create_task(bot.send_message(7, "a"))
        await telegram.until(lambda: bool(telegram.requests))
        with pytest.raises(NotConnectedError):
            await bot.send_message(8, "b")
        first.cancel()


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=502, text=f"Cannot POST /bot{TOKEN}/sendMessage"),
        web.Response(status=200, text=f"<html>Log in to reach /bot{TOKEN}/sendMessage"),
        refused(500, f"no route /bot{TOKEN}/sendMessage nor {TOKEN.replace(':', '%3A')}"),
        refused(400, f"Bad Request: /bot{TOKEN}/sendMessage"),
    ],
    ids=["proxy", "portal", "server error", "bad request"],
)
async def test_an_echoed_address_is_not_quoted(
    telegram: TelegramServer, bot: Bot, answer: web.Response, caplog: pytest.LogCaptureFixture
) -> None:
    """A body that repeats the address leaves the token neither in the error nor in the log."""
    caplog.set_level(logging.INFO)
    telegram.next_answers["sendMessage"].append(lambda: _answer(answer))
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(7, "a")

    _assert_silent(caught.value, caplog)


async def test_a_refused_connection_does_not_name_the_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No connection is a NetworkError whose whole traceback is free of the token."""
    caplog.set_level(logging.INFO)
    async with AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url="http://127.0.0.1:1/bot", request=request)
        with pytest.raises(NetworkError, match="ClientConnectorError") as caught:
            await bot.send_message(7, "a")

    _assert_silent(caught.value, caplog)


@pytest.mark.parametrize("base", ["http://[broken/bot", "nonsense://127.0.0.1/bot", "/bot"])
async def test_a_malformed_address_is_not_quoted(
    base: str, caplog: pytest.LogCaptureFixture
) -> None:
    """What aiohttp says of a malformed address quotes it; what is raised does not."""
    async with AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url=base, request=request)
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(7, "a")

    _assert_silent(caught.value, caplog)


async def test_a_dropped_connection_is_a_network_error(telegram: TelegramServer, bot: Bot) -> None:
    """A server that hangs up before it answers is a NetworkError, not a BadRequest."""
    telegram.next_answers["sendMessage"].append(_hang_up)
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(7, "a")
    assert not isinstance(caught.value, BadRequest)


async def test_open_and_close_may_be_repeated(telegram: TelegramServer) -> None:
    """One backend can serve as both of a bot's, which opens and closes each of them."""
    request = AiohttpRequest(read_timeout=3.5)
    assert request.read_timeout == 3.5
    await request.initialize()
    await request.initialize()
    bot = Bot(TOKEN, base_url=telegram.base_url, request=request, get_updates_request=request)
    assert (await bot.send_message(7, "a")).message_id == 1
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(NetworkError, match="not open"):
        await bot.send_message(7, "a")


async def _answer(answer: web.Response) -> web.Response:
    return answer


async def _never() -> web.Response:
    await asyncio.sleep(30)
    return web.Response()


async def _hang_up() -> web.Response:
    raise web.HTTPException


def _assert_silent(error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    secret = TOKEN.partition(":")[2]
    seen = "".join(traceback.format_exception(error)) + repr(error) + caplog.text
    while error.__context__ or error.__cause__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
        seen += repr(error)
    assert secret not in seen

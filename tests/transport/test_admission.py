"""Which requests the webhook lets in: none without the secret, and no hostile one does harm."""

from __future__ import annotations

import asyncio
import gzip
import json
from io import BytesIO

import aiohttp
import pytest
from telegram import Bot

from bot.transport.admission import LARGEST, SECRET_HEADER
from tests.telegram_server.server import TelegramServer
from tests.transport.home import Home, updates
from tests.transport.webhooks import KNOWN, PATH, SECRET, running


def kept(number: object) -> bytes:
    """Return the body of an update."""
    return json.dumps({"update_id": number}).encode()


NO_SECRET = {"Content-Type": "application/json"}
HOSTILE: dict[str, tuple[int, str, str, dict[str, str], bytes]] = {
    "good": (200, "POST", PATH, KNOWN, kept(5)),
    "good with a charset": (
        200, "POST", PATH, KNOWN | {"Content-Type": "application/json; charset=utf-8"}, kept(5),
    ),
    "no secret": (403, "POST", PATH, NO_SECRET, kept(5)),
    "empty secret": (403, "POST", PATH, KNOWN | {SECRET_HEADER: ""}, kept(5)),
    "wrong secret": (403, "POST", PATH, KNOWN | {SECRET_HEADER: SECRET[:-1] + "x"}, kept(5)),
    "half a secret": (403, "POST", PATH, KNOWN | {SECRET_HEADER: SECRET[:20]}, kept(5)),
    "more than the secret": (403, "POST", PATH, KNOWN | {SECRET_HEADER: SECRET * 2}, kept(5)),
    "a secret beyond ASCII": (403, "POST", PATH, KNOWN | {SECRET_HEADER: "ключ\udce9"}, kept(5)),
    "no secret and no JSON": (403, "POST", PATH, NO_SECRET, b"{"),
    "another method": (405, "GET", PATH, KNOWN, b""),
    "a method of its own": (405, "PUT", PATH, KNOWN, kept(5)),
    "another path": (404, "POST", "/", KNOWN, kept(5)),
    "a path below": (404, "POST", PATH + "/more", KNOWN, kept(5)),
    "a form": (415, "POST", PATH, KNOWN | {"Content-Type": "text/plain"}, kept(5)),
    "too large": (413, "POST", PATH, KNOWN, b" " * (LARGEST + 1)),
    "as large as may be": (200, "POST", PATH, KNOWN, kept(5).ljust(LARGEST)),
    "nothing": (200, "POST", PATH, KNOWN, b""),
    "half of it": (200, "POST", PATH, KNOWN, b'{"update_id": 5'),
    "not UTF-8": (200, "POST", PATH, KNOWN, b'{"update_id": 5, "text": "\xff"}'),
    "very deep": (200, "POST", PATH, KNOWN, b"[" * (LARGEST - 1)),
    "packed": (
        200, "POST", PATH, KNOWN | {"Content-Encoding": "gzip"}, gzip.compress(b" " * 99 * LARGEST),
    ),
    "a list": (200, "POST", PATH, KNOWN, b'[{"update_id": 5}]'),
    "null": (200, "POST", PATH, KNOWN, b"null"),
    "no number": (200, "POST", PATH, KNOWN, b"{}"),
    "a number in quotes": (200, "POST", PATH, KNOWN, kept("5")),
    "a flag for a number": (200, "POST", PATH, KNOWN, kept(number=True)),
    "a fraction": (200, "POST", PATH, KNOWN, kept(5.5)),
    "below zero": (200, "POST", PATH, KNOWN, kept(-5)),
    "beyond what is kept": (200, "POST", PATH, KNOWN, kept(2**63)),
    "thousands of digits": (200, "POST", PATH, KNOWN, b'{"update_id": ' + b"9" * 5000 + b"}"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
async def test_what_is_let_in(telegram: TelegramServer, bot: Bot, case: str) -> None:
    """Only what brings the secret is kept, whatever it is; the rest gets a status and no words."""
    status, method, path, headers, body = HOSTILE[case]
    home = Home()
    async with running(telegram, bot, home) as address, aiohttp.ClientSession() as session:
        url = address.replace(PATH, path)
        async with session.request(method, url, headers=headers, data=BytesIO(body)) as response:
            assert response.status == status
            assert await response.read() == b""
        async with session.post(address, headers=KNOWN, data=kept(6)) as response:
            assert response.status == 200
    good = case.startswith(("good", "as large"))
    assert home.handed == ([5, 6] if good else [6])
    assert len(home.odd) == (status == 200 and not good)
    assert home.alarms == []


async def test_a_refusal_is_logged_without_its_content(
    telegram: TelegramServer, bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log says that a request was refused and why, and nothing of what it brought."""
    async with running(telegram, bot, Home()) as address, aiohttp.ClientSession() as session:
        plain = KNOWN | {"Content-Type": "text/plain"}
        for headers in (plain, KNOWN, KNOWN | {SECRET_HEADER: "a guess"}):
            async with session.post(address, headers=headers, data=b"{a private word"):
                pass
    told = "".join(capsys.readouterr())
    assert "the body is not JSON by its type" in told
    assert "the secret is missing or wrong" in told
    for private in ("private word", "a guess", SECRET):
        assert private not in told


@pytest.mark.parametrize("claimed", ["Content-Length: 4000000000", "Transfer-Encoding: chunked"])
async def test_a_body_without_end(telegram: TelegramServer, bot: Bot, claimed: str) -> None:
    """A body that never ends is cut off at a megabyte, whether it says its length or not."""
    home = Home()
    async with running(telegram, bot, home) as address:
        reader, writer = await _begin(address, claimed)
        writer.write(b"200000\r\n" + b" " * 0x200000)
        assert (await reader.readline()).split()[1] == b"413"
        writer.close()
    assert home.kept == []


async def test_a_body_that_does_not_come(telegram: TelegramServer, bot: Bot) -> None:
    """Who sends half a body and waits is sent away, and nobody else waits for it."""
    home = Home()
    async with running(telegram, bot, home) as address:
        reader, writer = await _begin(address, "Content-Length: 40")
        writer.write(b'{"update_id":')
        await telegram.give(*updates(6))
        await telegram.until(lambda: home.handed == [6])
        assert (await reader.readline()).split()[1] == b"408"
        writer.close()
    assert home.kept == [6]


async def _begin(address: str, *lines: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Send the head of a request that brings the secret."""
    host, _, port = address.removeprefix("http://").partition("/")[0].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = [f"POST {PATH} HTTP/1.1", f"Host: {host}", *(f"{k}: {v}" for k, v in KNOWN.items())]
    writer.write("\r\n".join([*head, *lines, "", ""]).encode())
    return reader, writer

"""What comes back over HTTP: a file as far as it is wanted, an error without the token.

How requests go out does not belong here.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote, unquote, urlsplit

from aiohttp import ClientResponse
from telegram.error import NetworkError

LARGEST_FILE = 20_000_000
"""Bytes of a file that the Bot API lets a bot download (getFile)."""

FILE_SECONDS = 60.0
"""Within which a file has to be there: a megabyte at the pace of a bad mobile line."""


class TooLargeError(NetworkError):
    """There is more of a file than is wanted; the rest was not read."""


async def read_file(response: ClientResponse, most: int, seconds: float) -> bytes:
    """Return a file of at most so many bytes.

    TooLargeError as soon as there are more, TimeoutError where it is not all there in time.
    """
    held = bytearray()
    async with asyncio.timeout(seconds):
        async for piece in response.content.iter_any():
            held += piece
            if len(held) > most:
                # The connection goes with it, and what is still on its way.
                response.close()
                raise TooLargeError("The file is too large")
    return bytes(held)


def error_body(response: ClientResponse, payload: bytes, url: str) -> bytes:
    """Return an error's body fit to be quoted: JSON only, and without the token."""
    if response.content_type != "application/json":
        return b"{}"
    for secret in _secrets(url):
        payload = payload.replace(secret.encode(), b"[token]")
    return payload


def _secrets(url: str) -> set[str]:
    """Return the parts of an address that must not be quoted, in every spelling."""
    folders = unquote(urlsplit(url).path).split("/")[1:-1]
    tokens = {
        re.sub(r"^bot", "", folder)
        for folder in folders
        if ":" in folder or (folder.startswith("bot") and folder != "bot")
    }
    return tokens | {quote(token, safe="") for token in tokens}

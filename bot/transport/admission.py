"""Which requests to the webhook are let in: those that bring the secret and an update.

A table of what is refused, in the order of the checks; the body is read after all others:

    404  another path               403  the secret is missing or wrong
    405  another method than POST   415  a body that is not JSON by its type
    413  a body that is too large   408  a body that does not come

Telegram repeats whatever is not answered with a status from 200 on to 299. So a body that is no
update is let in as what it is: it is kept for a person to look at, and does not come again.
"""

from __future__ import annotations

import asyncio
import hmac
import json

from aiohttp import web
from yarl import URL

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (its name; Bot API, setWebhook)

LARGEST = 1024 * 1024
"""Bytes of a body: an update is a message of at most 4096 characters and what it replies to."""


class RefusedError(Exception):
    """A request is not let in: with which status, and why; the reason is for the log alone."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Admission:
    """Lets the requests in that are made to the path of `url` with `secret`.

    Their bodies have to come within `patience` seconds.
    """

    def __init__(self, url: str, secret: str, patience: float) -> None:
        self._path = URL(url).path
        self._secret = secret.encode()
        self._patience = patience

    async def admit(self, request: web.BaseRequest) -> object:
        """Return what a request brings, an update as a rule; raises RefusedError."""
        if request.path != self._path:
            raise RefusedError(404, "another path")
        if request.method != "POST":
            raise RefusedError(405, "another method than POST")
        given = request.headers.get(SECRET_HEADER, "")
        # As bytes, since the comparison of texts refuses all but ASCII; of bytes it takes the
        # same time wherever the first difference is.
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret):
            raise RefusedError(403, "the secret is missing or wrong")
        if request.content_type != "application/json":
            raise RefusedError(415, "the body is not JSON by its type")
        return _read(await self._body(request))

    async def _body(self, request: web.BaseRequest) -> bytes:
        if (request.content_length or 0) > LARGEST:
            raise RefusedError(413, "the body is too large")
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience):
                async for chunk in request.content.iter_any():
                    body += chunk
                    if len(body) > LARGEST:
                        raise RefusedError(413, "the body is too large")
        except TimeoutError:
            raise RefusedError(408, "the body does not come") from None
        return bytes(body)


def _read(body: bytes) -> object:
    """Return the JSON of a body; one that has none as a text."""
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        return body.decode(errors="backslashreplace")
    return found

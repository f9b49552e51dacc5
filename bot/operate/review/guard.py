"""Who may see the snapshot, and which of Datasette's pages: an ASGI application around another.

With a password everybody who knows it may (HTTP Basic, any user name). Without one only a browser
on this machine, which must ask for it by a name of this machine: a page elsewhere that has pointed
a name of its own here is refused.
"""

from __future__ import annotations

import asyncio
import binascii
import hmac
import re
from base64 import b64decode
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names by which a browser reaches its own machine."""

WRONG_S = 1.0
"""Seconds after which a wrong password is answered, so that guessing takes ages."""

# Of Datasette's own pages only what the others need: the rest tells of the machine, such as the
# paths of its files, its Python and its packages.
_OWN = re.compile(r"/-/(?!static/|static-plugins/|dashboards(?:/|$))")

# Whatever a page holds, nothing is fetched from elsewhere. Vega makes functions of text.
_POLICY = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self'"
    b" 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
)

_HEADERS = (
    (b"content-security-policy", _POLICY),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class Guard:
    """Lets through what may be seen."""

    def __init__(self, app: App, password: str) -> None:
        """Guard an application; an empty password is none."""
        self._app = app
        self._password = password.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the application do it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        if self._password:
            if not self._knows(headers.get(b"authorization", b"")):
                if b"authorization" in headers:
                    await asyncio.sleep(WRONG_S)
                asks = (b"www-authenticate", b'Basic realm="whosays review", charset="UTF-8"')
                await _refuse(send, 401, b"A password is needed.", [asks])
                return
        elif _host(headers.get(b"host", b"")) not in LOOPBACK:
            await _refuse(send, 403, b"Only this machine may see this without a password.")
            return
        if scope["method"] not in ("GET", "HEAD"):
            await _refuse(send, 405, b"There is nothing to change here.")
            return
        if _OWN.match(scope["path"]):
            await _refuse(send, 404, b"There is no such page.")
            return
        await self._app(scope, receive, _with_headers(send))

    def _knows(self, header: bytes) -> bool:
        """Whether a header of HTTP Basic has the password, compared in constant time."""
        scheme, _, value = header.partition(b" ")
        try:
            _, colon, password = b64decode(value.strip(), validate=True).partition(b":")
        except (binascii.Error, ValueError):
            return False
        right = hmac.compare_digest(password, self._password)
        return right and bool(colon) and scheme.lower() == b"basic"


def _host(header: bytes) -> str:
    """Return the host of a header without the port."""
    text = header.decode("latin-1").lower()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0]


def _with_headers(send: Send) -> Send:
    """Return a `send` that adds the headers of every page."""

    async def adding(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *_HEADERS]}
        await send(message)

    return adding


async def _refuse(
    send: Send, status: int, text: bytes, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """Answer with a line of text."""
    plain = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [plain, *headers]})
    await send({"type": "http.response.body", "body": text + b"\n"})

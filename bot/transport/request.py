"""The HTTP backend: python-telegram-bot's request interface on aiohttp.

Bytes go out and come back here; what they mean, and whether to try again, does not belong here.
No text made here quotes an address, because the address of the Bot API holds the token.
"""

from __future__ import annotations

import io
import json
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    TCPConnector,
)
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.transport.bodies import FILE_SECONDS, LARGEST_FILE, TooLargeError, error_body, read_file

_JSON = {"Content-Type": "application/json"}
_DEFAULT = BaseRequest.DEFAULT_NONE
_KNOWN = (400, 401, 403, 404, 408, 409, 429)


class NotConnectedError(NetworkError):
    """There was no connection to send anything over, so nothing has arrived."""


class AiohttpRequest(BaseRequest):
    """Sends the Bot API's requests over one aiohttp session with connections kept alive.

    Timeouts are in seconds, None waits forever. `write_timeout` limits uploads only: everything
    else fits a socket's buffer. What is asked for with GET is a file that anybody may have sent:
    no more than `largest_file` bytes of it are read, in `file_seconds`.

    `initialize` and `shutdown` may be called more than once, so one object can serve as both of a
    bot's backends.
    """

    __slots__ = (
        "_file_seconds",
        "_largest_file",
        "_limit",
        "_proxy",
        "_session",
        "_timeout",
        "_write_timeout",
    )

    def __init__(
        self,
        *,
        limit: int = 256,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 60.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 10.0,
        proxy: str | None = None,
        largest_file: int = LARGEST_FILE,
        file_seconds: float = FILE_SECONDS,
    ) -> None:
        self._limit = limit
        self._largest_file = largest_file
        self._file_seconds = file_seconds
        self._proxy = proxy
        self._session: ClientSession | None = None
        self._write_timeout = write_timeout
        self._timeout = ClientTimeout(
            total=None,
            connect=_sum(pool_timeout, connect_timeout),
            sock_connect=connect_timeout,
            sock_read=read_timeout,
        )

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for the next bytes of an answer, unless a call says otherwise."""
        return self._timeout.sock_read

    async def initialize(self) -> None:
        """Open the session; nothing happens while it is open."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._limit, keepalive_timeout=30.0),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                skip_auto_headers=("Accept-Encoding",),
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections; nothing happens when it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _DEFAULT,
        write_timeout: ODVInput[float] = _DEFAULT,
        connect_timeout: ODVInput[float] = _DEFAULT,
        pool_timeout: ODVInput[float] = _DEFAULT,
    ) -> tuple[int, bytes]:
        """Send one request; return the HTTP status and the body.

        Raises telegram.error.TimedOut or telegram.error.NetworkError, both without the address;
        TooLargeError for a file of more bytes than are wanted.
        """
        if self._session is None:
            raise NetworkError("The HTTP session is not open")
        uploads = request_data is not None and request_data.contains_files
        timeout = self._timeout
        if uploads or not (read_timeout is connect_timeout is pool_timeout is _DEFAULT):
            timeout = self._timeout_of(
                read_timeout, write_timeout, connect_timeout, pool_timeout, uploads=uploads
            )
        body: bytes | FormData | None = None
        if request_data is not None:
            body = _form(request_data) if uploads else _json(request_data)
        try:
            response = await self._session.request(
                method,
                url,
                data=body,
                headers=_JSON if isinstance(body, bytes) else None,
                timeout=timeout,
                # The Bot API never redirects; following one would hand the token on.
                allow_redirects=False,
            )
            async with response:
                payload = await self._read(response, method)
        except TooLargeError as error:
            failure: TelegramError = error
        except (TimeoutError, ClientError, OSError, ValueError) as error:
            failure = _failure(error)
        else:
            if response.status != 200:
                payload = error_body(response, payload, url)
            return _status(response.status), payload
        # Raised outside the handler: the original error, which may quote the address, is then
        # not even its context.
        raise failure

    async def _read(self, response: ClientResponse, method: str) -> bytes:
        if method == "GET":
            return await read_file(response, self._largest_file, self._file_seconds)
        return await response.read()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the parsed body; one that is no JSON came from something before the Bot API.

        Raises telegram.error.NetworkError without quoting the body, which the library would log.
        """
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            failure = NetworkError("The server's answer is not JSON")
        else:
            if isinstance(parsed, dict):
                return parsed
            failure = NetworkError("The server's answer is no JSON object")
        raise failure

    def _timeout_of(
        self,
        read: ODVInput[float],
        write: ODVInput[float],
        connect: ODVInput[float],
        pool: ODVInput[float],
        *,
        uploads: bool,
    ) -> ClientTimeout:
        read_seconds = self._timeout.sock_read if isinstance(read, DefaultValue) else read
        write_seconds = self._write_timeout if isinstance(write, DefaultValue) else write
        default_connect = self._timeout.sock_connect
        connect_seconds = default_connect if isinstance(connect, DefaultValue) else connect
        if isinstance(pool, DefaultValue):
            acquire = self._timeout.connect
        else:
            acquire = _sum(pool, connect_seconds)
        return ClientTimeout(
            # aiohttp has no limit for writing alone; while it writes, only the total runs.
            total=_sum(_sum(acquire, write_seconds), read_seconds) if uploads else None,
            connect=acquire,
            sock_connect=connect_seconds,
            sock_read=read_seconds,
        )


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _json(data: RequestData) -> bytes:
    # Half the time of a form: nested values are encoded once and nothing is percent-escaped.
    return json.dumps(data.parameters, separators=(",", ":")).encode()


def _form(data: RequestData) -> FormData:
    # Telegram shows file names as they are sent, so they must not be percent-escaped.
    form = FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, content_type) in data.multipart_data.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=file_name, content_type=content_type)
    return form


def _failure(error: Exception) -> TelegramError:
    if isinstance(error, ConnectionTimeoutError):
        return NotConnectedError("No connection in time")
    if isinstance(error, TimeoutError):
        return TimedOut()
    reason = error.strerror if isinstance(error, OSError) else None
    text = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    return (
        NotConnectedError(text) if isinstance(error, ClientConnectorError) else NetworkError(text)
    )


def _status(status: int) -> int:
    """Return a status that the library knows what to make of.

    It takes any refusal that it has no error for, as of a file that is too large (413), for a
    trouble of the network, which would be tried again and again.
    """
    return 400 if 400 <= status < 500 and status not in _KNOWN else status

"""The stand-in as python-telegram-bot's network: an unmodified Bot or Application talks to it.

Parameters travel as the strings of a web form and answers as JSON bytes, exactly as over HTTP, so
that nothing passes here that would not pass there. Any token is accepted.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.local.faults import ApiError
from bot.local.telegram import Telegram

_METHOD = re.compile(r"/bot[^/]+/(?P<method>\w+)$")
_FILE = re.compile(r"/file/bot[^/]+/(?P<path>.+)$")


class LocalRequest(BaseRequest):
    """One connection to the stand-in; a Bot wants two, one of them for getUpdates."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._arrived = asyncio.Event()
        self._hang_up: Callable[[], None] | None = None

    @property
    def read_timeout(self) -> float | None:
        """No limit: nothing here takes time but getUpdates, which knows its own."""
        return None

    async def initialize(self) -> None:
        """Begin to hear of updates."""
        if self._hang_up is None:
            self._hang_up = self._telegram.listen(self._arrived.set)

    async def shutdown(self) -> None:
        """Stop hearing of updates."""
        if self._hang_up is not None:
            self._hang_up()
            self._hang_up = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: Any,
        **_named_timeouts: Any,
    ) -> tuple[int, bytes]:
        """Answer with HTTP status and body."""
        # A call over a network always lets others run; one that never did would hide races.
        await asyncio.sleep(0)
        try:
            if file := _FILE.search(url):
                return 200, self._telegram.download(file["path"])
            result = await self._answer(url, request_data or RequestData())
        except ApiError as error:
            return error.code, json.dumps(error.body()).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def _answer(self, url: str, data: RequestData) -> object:
        found = _METHOD.search(url)
        if found is None:
            raise ApiError(404, "Not Found")
        params = data.json_parameters
        if found["method"].lower() == "getupdates":
            return await self._poll(params)
        return self._telegram.call(found["method"], params, _files(data))

    async def _poll(self, params: dict[str, str]) -> object:
        """Answer getUpdates when something waits, or empty-handed after its timeout."""
        loop = asyncio.get_running_loop()
        until = loop.time() + float(params.get("timeout", 0))
        while True:
            self._arrived.clear()
            waiting = self._telegram.call("getUpdates", params)
            left = until - loop.time()
            if waiting or left <= 0:
                return waiting
            try:
                await asyncio.wait_for(self._arrived.wait(), left)
            except TimeoutError:
                return waiting


def _files(data: RequestData) -> dict[str, tuple[str, bytes]]:
    uploads = {}
    for name, (title, content, _mime) in data.multipart_data.items():
        uploads[name] = (title, content if isinstance(content, bytes) else content.read())
    return uploads

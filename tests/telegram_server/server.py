"""A loopback Bot API: gives prepared updates, takes calls, and can be told to misbehave."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from aiohttp import web

from tests.telegram_server.webhook import Push
from tests.telegram_server.wire import Params, Request, ok, read, refused

TOKEN = "471147:AA-not-a-real-token-but-of-its-shape_0"
"""Of the right shape; the server takes any."""

CONFLICT = refused(
    409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
)

Answer = web.Response | Callable[[], Awaitable[web.Response]]


class TelegramServer:
    """A Bot API on a free port of the loopback interface, to be used with `async with`.

    `requests` lists what arrived, in order. `updates` are given to getUpdates until a higher
    offset confirms them, or while a webhook is set brought to what listens at `proxied`, the plain
    address behind the TLS proxy that is not here. `next_answers` replaces the answers to a method's
    next calls.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.updates: list[dict[str, Any]] = []
        self.next_answers: dict[str, deque[Answer]] = defaultdict(deque)
        self.polls = 0
        self.proxied = ""
        self._changed = asyncio.Condition()
        self.push = Push(self, self._changed)
        self._runner = web.ServerRunner(
            web.Server(self._handle, access_log=None), shutdown_timeout=0.01
        )
        self._port = 0
        self._message_id = 0

    async def __aenter__(self) -> TelegramServer:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.push.end()
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """What a bot is given as its base URL; the token is appended to it."""
        return f"http://127.0.0.1:{self._port}/bot"

    def calls(self, method: str) -> list[Params]:
        """Return the parameters of all calls of a method so far."""
        return [request.params for request in self.requests if request.method == method]

    async def give(self, *updates: dict[str, Any]) -> None:
        """Have updates for whoever polls."""
        async with self._changed:
            self.updates.extend(updates)
            self._changed.notify_all()

    async def until(self, condition: Callable[[], bool], seconds: float = 3.0) -> None:
        """Return when a condition on what arrived holds; TimeoutError when it does not."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    async def _handle(self, http: web.BaseRequest) -> web.StreamResponse:
        request = await read(http)
        async with self._changed:
            self.requests.append(request)
            self._changed.notify_all()
        prepared = self.next_answers[request.method]
        if prepared:
            answer = prepared.popleft()
            return answer if isinstance(answer, web.Response) else await answer()
        if request.method == "getUpdates":
            return CONFLICT if self.push.url else await self._poll(request.params)
        if request.method.endswith(("Webhook", "WebhookInfo")):
            return await self.push.answer(request.method, request.params)
        if request.method.startswith(("send", "edit")):
            self._message_id += 1
            chat = {"id": request.params.get("chat_id"), "type": "private"}
            return ok({"message_id": self._message_id, "date": 0, "chat": chat})
        if request.method.startswith(("answer", "delete", "set")):
            return ok(result=True)
        return refused(404, "Not Found")

    async def _poll(self, params: Params) -> web.Response:
        self.polls += 1
        offset = params.get("offset") or 0
        async with self._changed:
            self.updates = [u for u in self.updates if u["update_id"] >= offset]
            try:
                async with asyncio.timeout(params.get("timeout") or 0.001):
                    await self._changed.wait_for(lambda: bool(self.updates))
            except TimeoutError:
                return ok([])
            return ok(self.updates[: params.get("limit") or 100])

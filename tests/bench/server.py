"""The Bot API of the bench, in a process of its own: `python -m tests.bench.server`.

It writes its port to standard output, serves the bot under test, acts for the crowd, and is told
what to do by requests below /control/. It ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.bench.crowd import BOT, Crowd, Echoers, Learners, RawUpdate
from tests.telegram_server.wire import Params, ok, read

CROWDS: dict[str, Callable[[int, int], Crowd]] = {"echoers": Echoers, "learners": Learners}
MOST_PER_POLL = 100


class BenchServer:
    """One bot at a time; updates are given again until a higher offset confirms them."""

    def __init__(self) -> None:
        self._crowd: Crowd = Echoers(0, 0)
        self._open: deque[RawUpdate] = deque()
        self._given = asyncio.Event()
        self._calls = 0
        self._message_id = 0

    async def handle(self, http: web.BaseRequest) -> web.StreamResponse:
        """Answer one request of the bot or of the bench."""
        if http.path.startswith("/control/"):
            return self._control(http.path.rpartition("/")[2], http.query)
        request = await read(http)
        if request.method == "getUpdates":
            return await self._poll(request.params)
        if request.method == "getMe":
            return ok(BOT)
        self._calls += 1
        if "chat_id" not in request.params:
            return ok(result=True)
        return ok(self._message(request.params))

    def _message(self, params: Params) -> dict[str, Any]:
        message_id = params.get("message_id")
        if message_id is None:
            self._message_id += 1
            message_id = self._message_id
        update = self._crowd.called(params, message_id)
        if update is not None:
            self._give(update)
        chat = {"id": params["chat_id"], "type": "private"}
        text = params.get("text", "")
        return {"message_id": message_id, "date": 1_700_000_000, "chat": chat, "text": text}

    def _give(self, *updates: RawUpdate) -> None:
        self._open.extend(updates)
        self._given.set()

    async def _poll(self, params: Params) -> web.Response:
        offset = params.get("offset") or 0
        while self._open and self._open[0]["update_id"] < offset:
            self._open.popleft()
        if not self._open:
            self._given.clear()
            try:
                await asyncio.wait_for(self._given.wait(), params.get("timeout") or 0.001)
            except TimeoutError:
                return ok([])
        return ok([self._open[n] for n in range(min(len(self._open), MOST_PER_POLL))])

    def _control(self, verb: str, query: Any) -> web.Response:
        match verb:
            case "begin":
                self._crowd = CROWDS[query["crowd"]](int(query["chats"]), int(query["run"]))
                self._calls = 0
                self._open.clear()
                self._give(*self._crowd.begin())
            case "end":
                self._crowd.quiet = True
        return web.json_response(
            {
                "at": time.monotonic(),
                "done": self._crowd.done,
                "calls": self._calls,
                "waiting": len(self._crowd.waiting),
            }
        )


async def main() -> None:
    """Serve until standard input ends."""
    server = web.Server(BenchServer().handle, access_log=None, handler_cancellation=True)
    runner = web.ServerRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())

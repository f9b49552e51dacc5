"""The Bot API of the bench, in a process of its own: `python -m tests.bench.server`.

It writes its port to standard output, serves the bot under test, acts for the crowd, and is told
what to do by requests below /control/. It ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import fields
from itertools import count
from typing import Any

from aiohttp import web

from tests.bench.crowd import BOT, Askers, Crowd, Echoers, Learners, RawUpdate, first_update
from tests.bench.flood import Flood
from tests.bench.rhythm import Manner, Rhythm
from tests.bench.waits import Waits
from tests.telegram_server.wire import Params, ok, read

CROWDS: dict[str, Callable[[int, int, Manner], Crowd]] = {"echoers": Echoers, "learners": Learners}
MOST_PER_POLL = 100


class BenchServer:
    """One bot at a time; updates are given again until a higher offset confirms them."""

    def __init__(self) -> None:
        self._crowd: Crowd = Echoers(0, 0, Manner())
        self._rhythm = Rhythm(Manner(), self._act)
        self._running: asyncio.Task[None] | None = None
        self._flood = Flood(0, "message", self._queue)
        self._flows: asyncio.Task[None] | None = None
        self._waits = Waits()
        self._latency = 0.0
        self._open: deque[RawUpdate] = deque()
        self._given = asyncio.Event()
        self._calls = 0
        self._message_id = 0
        self._others = 0
        self._numbers = count()

    async def handle(self, http: web.BaseRequest) -> web.StreamResponse:
        """Answer one request of the bot or of the bench."""
        if http.path.startswith("/control/"):
            return self._control(http.path.rpartition("/")[2], http.query)
        request = await read(http)
        if request.method == "getUpdates":
            return await self._poll(request.params)
        if request.method == "getMe":
            return ok(BOT)
        arrived = time.monotonic()
        self._calls += 1
        found = self._message(request.params, arrived) if "chat_id" in request.params else True
        if self._latency:
            await asyncio.sleep(self._latency)
        if (chat := _chat_of(request.params)) is not None:
            self._waits.served(chat, arrived, time.monotonic())
        return ok(found)

    def _message(self, params: Params, at: float) -> dict[str, Any]:
        message_id = params.get("message_id")
        if message_id is None:
            self._message_id += 1
            message_id = self._message_id
        doing = self._crowd.called(params, message_id)
        if doing is None:
            # A push: news that no chat waited for.
            self._others += "message_id" not in params
        else:
            self._waits.answered(params["chat_id"], at)
            if doing:
                self._rhythm.add(doing)
        chat = {"id": params["chat_id"], "type": "private"}
        text = params.get("text", "")
        return {"message_id": message_id, "date": 1_700_000_000, "chat": chat, "text": text}

    def _act(self, updates: list[RawUpdate]) -> None:
        self._waits.acted(_chat(updates[0]), time.monotonic())
        self._queue(updates)

    def _queue(self, updates: list[RawUpdate]) -> None:
        for update in updates:
            # It gets its number when it happens, not when somebody began to think of it.
            self._open.append({**update, "update_id": next(self._numbers)})
        self._given.set()

    async def _poll(self, params: Params) -> web.Response:
        if self._latency:
            await asyncio.sleep(self._latency)
        offset = params.get("offset") or 0
        while self._open and self._open[0]["update_id"] < offset:
            self._open.popleft()
        if not self._open:
            self._given.clear()
            try:
                await asyncio.wait_for(self._given.wait(), params.get("timeout") or 0.001)
            except TimeoutError:
                return ok([])
        batch = [self._open[n] for n in range(min(len(self._open), MOST_PER_POLL))]
        now = time.monotonic()
        for update in batch:
            self._waits.handed(_chat(update), now)
        return ok(batch)

    def _control(self, verb: str, query: Mapping[str, str]) -> web.Response:
        match verb:
            case "begin":
                self._begin(query)
            case "end":
                self._crowd.quiet = self._rhythm.stopped = True
            case "flood":
                self._flooding(float(query["rate"]), query["by"])
            case "waits":
                return web.json_response(self._waits.taken())
        return web.json_response(
            {
                "at": time.monotonic(),
                "done": self._crowd.done,
                "calls": self._calls,
                "waiting": len(self._crowd.waiting) - self._rhythm.idle,
                "disorder": self._crowd.disorder,
                "missed": self._rhythm.missed,
                "others": self._others,
                "flood": self._flood.sent,
                "behind": len(self._open),
            }
        )

    def _flooding(self, rate: float, by: str) -> None:
        """Let one chat flood the bot, in place of how it did before; at a rate of 0 not at all."""
        self._flood.stopped = True
        self._flood = Flood(rate, by, self._queue)
        self._flows = asyncio.create_task(self._flood.run())

    def _begin(self, query: Mapping[str, str]) -> None:
        named = (each.name for each in fields(Manner))
        manner = Manner(**{name: float(query[name]) for name in named if name in query})
        self._rhythm.stopped = True
        self._rhythm = Rhythm(manner, self._act)
        crowd, run = query["crowd"], int(query["run"])
        if crowd.startswith("/"):
            self._crowd = Askers(crowd, run, manner)
        else:
            self._crowd = CROWDS[crowd](int(query["chats"]), run, manner)
        self._latency = float(query.get("latency", 0))
        self._waits = Waits()
        self._numbers = count(first_update(run))
        self._calls = self._others = 0
        self._open.clear()
        for update in self._crowd.begin():
            self._rhythm.add([update], thought=True)
        self._running = asyncio.create_task(self._rhythm.run())


def _chat(update: RawUpdate) -> int:
    query = update.get("callback_query")
    chat: int = (query["from"] if query else update["message"]["chat"])["id"]
    return chat


def _chat_of(params: Params) -> int | None:
    """Return whose call it is; the id of a press ends with its chat."""
    chat: int | None = params.get("chat_id")
    if chat is None and (press := params.get("callback_query_id")):
        return int(press.partition("-")[2])
    return chat


async def main() -> None:
    """Serve until standard input ends."""
    server = web.Server(BenchServer().handle, access_log=None, handler_cancellation=True)
    runner = web.ServerRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())

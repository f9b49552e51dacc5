"""Updates per second of a bot, and whether every answer that it acknowledged is in its store."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.settings import DATABASE
from tests.bench.buttons import Step
from tests.bench.processes import WHOSAYS, BenchError, Running, running

TOKEN = "471147:AA-bench-a-token-of-the-right-shape_0"
CHATS = 1000
# A chat may get one message a second: a new question, with an answer to it before the next one.
THINK = 0.5
MEASURED = 5.0
# Warm is a bot that every chat has had some answers from, or one that is too slow for that.
WARM_ANSWERS = 3 * CHATS
WARM_WITHIN = 20.0
STARTS_WITHIN = 30.0

SEND_RATE = 1000
"""Messages per second that the bot may send, the most that can be set (and paid for)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A bot to measure: how it is started, and who talks to it. No backend: the whole bot."""

    name: str
    crowd: str
    backend: str = ""


WHOLE = Target("whole bot", "learners")
ECHO_AIOHTTP = Target("echo, aiohttp", "echoers", "aiohttp")
ECHO_HTTPX = Target("echo, httpx", "echoers", "httpx")
TARGETS = (WHOLE, ECHO_AIOHTTP, ECHO_HTTPX)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a target came to; rates are per second.

    `cpu` is the bot's processor time in milliseconds per update, which other work on the machine
    does not lengthen as it does the rest; None where the system does not tell. `unanswered` chats
    still waited at the end. `acknowledged` answers are those whose verdict arrived, of the whole
    run; `stored` is how many the bot's file holds of them, None for an echo.
    """

    updates: float
    answers: float
    continues: float
    calls: float
    cpu: float | None
    unanswered: int
    acknowledged: int
    stored: int | None
    memory: float | None


class Server:
    """The Bot API of the bench, seen from outside."""

    def __init__(self, session: ClientSession, port: int) -> None:
        self._session = session
        self._url = f"http://127.0.0.1:{port}"

    @property
    def base_url(self) -> str:
        """What a bot is given as its base URL."""
        return f"{self._url}/bot"

    async def tell(self, verb: str, **query: str | float) -> dict[str, Any]:
        """Give an order; return the counts after it."""
        async with self._session.get(f"{self._url}/control/{verb}", params=query) as response:
            counts: dict[str, Any] = await response.json()
            return counts


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    """Run the Bot API of the bench in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.server"]
    async with running(command) as found, ClientSession() as session:
        assert found.process.stdout
        port = await asyncio.wait_for(found.process.stdout.readline(), STARTS_WITHIN)
        if not port:
            raise BenchError(f"the server did not start: {found.last_words()}")
        yield Server(session, int(port))


async def measure(target: Target, server: Server, folder: Path, number: int) -> Run:
    """Start a bot, let the crowd talk to it for some seconds, end it and return the figures.

    `folder` is where the whole bot keeps its data, from one run to the next: passages are read by
    the classifier in the first run only, as in an operator's life. `number` tells runs apart.
    """
    await server.tell("begin", crowd=target.crowd, chats=CHATS, run=number, think=THINK)
    stored = stored_answers(folder)
    async with running(_command(target, server), environment(server, folder)) as bot:
        await _until_answers(1, bot, server, STARTS_WITHIN)
        await _until_answers(WARM_ANSWERS, bot, server, WARM_WITHIN)
        first, used = await server.tell("counts"), bot.cpu_seconds()
        await asyncio.sleep(MEASURED)
        last, used_then = await server.tell("counts"), bot.cpu_seconds()
        await server.tell("end")
        final = await _drained(server)
        bot.check()
        memory = bot.peak_memory()
    seconds = last["at"] - first["at"]
    done = {step: last["done"].get(step, 0) - first["done"].get(step, 0) for step in Step}
    updates = sum(done.values())
    cpu = None if used is None or used_then is None else 1000 * (used_then - used)
    return Run(
        updates=updates / seconds,
        answers=done[Step.ANSWER] / seconds,
        continues=done[Step.CONTINUE] / seconds,
        calls=(last["calls"] - first["calls"]) / seconds,
        cpu=None if cpu is None or not updates else cpu / updates,
        unanswered=final["waiting"],
        acknowledged=final["done"].get(Step.ANSWER, 0),
        stored=None if target.backend else stored_answers(folder) - stored,
        memory=memory,
    )


def environment(server: Server, folder: Path) -> dict[str, str]:
    """Return what the whole bot is started with."""
    return {
        "WHOSAYS_TOKEN": TOKEN,
        "WHOSAYS_DATA": str(folder),
        "WHOSAYS_API_URL": server.base_url,
        "WHOSAYS_SEND_RATE": str(SEND_RATE),
    }


def stored_answers(folder: Path) -> int:
    """Return how many graded answers the bot's SQLite file holds, 0 before there is one."""
    if not (folder / DATABASE).exists():
        return 0
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        row: tuple[int] = db.execute("SELECT count(*) FROM answers").fetchone()
    return row[0]


def _command(target: Target, server: Server) -> list[str]:
    if target.backend:
        return [sys.executable, "-m", "tests.bench.echo", target.backend, server.base_url]
    return [WHOSAYS, "run"]


async def _until_answers(least: int, bot: Running, server: Server, within: float) -> None:
    """Return when so many updates were answered, or after some seconds when any was."""
    done = 0
    try:
        async with asyncio.timeout(within):
            while done < least:
                bot.check()
                await asyncio.sleep(0.05)
                done = sum((await server.tell("counts"))["done"].values())
    except TimeoutError:
        if not done:
            raise BenchError(f"no update was answered: {bot.last_words()}") from None


async def _drained(server: Server) -> dict[str, Any]:
    """Return the counts when every update that is out was answered, or after some seconds."""
    for _ in range(100):
        counts = await server.tell("counts")
        if not counts["waiting"]:
            break
        await asyncio.sleep(0.05)
    return counts

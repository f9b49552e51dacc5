"""What an answer costs as the log grows: the same learners and pages over logs of any length."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.settings import DATABASE
from tests.bench.history import TEACHER, VETERAN, write_history
from tests.bench.processes import WHOSAYS, Running, running
from tests.bench.throughput import STARTS_WITHIN, Server, environment, serving
from tests.operate.generated import TELEGRAM

CHATS = 200
RATE = 50
"""Updates per second: far below what the bot can do, so that nothing waits in a line."""

FIRST = TELEGRAM + 100
"""The first chat: in a long log learners who come back, in a short one new ones."""

WARM = 12.0
MEASURED = 15.0
ASKED = 3
"""How often each page is asked for; the median counts."""

READ = 3.0
"""Seconds between two of them: a chat gets a message a second, and a page may be three."""

PAGES = {"/score": VETERAN, "/review": VETERAN, "/leaderboard": VETERAN, "/results": TEACHER}


@dataclass(frozen=True, slots=True)
class Grown:
    """What a bot over a log of so many answers took.

    `start` is seconds to its first answer, `cpu` milliseconds per update, `handling` percentiles
    50, 95, 99 and 100 in milliseconds, `memory` MB after it all, `size` MB of the file. `pages`
    are milliseconds until each page had come.
    """

    answers: int
    start: float
    cpu: float | None
    handling: list[float]
    memory: float | None
    size: float
    pages: Mapping[str, float]


async def grown(answers: int, reads_from: Path | None = None) -> Grown:
    """Make a log of so many answers and measure a bot over it."""
    with tempfile.TemporaryDirectory(prefix="whosays-growth-") as name:
        folder = Path(name)
        await asyncio.to_thread(write_history, folder / DATABASE, answers)
        size = (folder / DATABASE).stat().st_size / 1e6
        async with serving() as server:
            # Nothing is backed up meanwhile, and passages are read before anything is measured.
            given = {**environment(server, folder), "WHOSAYS_BACKUP_EVERY": "0"}
            async with running([WHOSAYS, "run"], given) as bot:
                await _read(bot)
            began = time.monotonic()
            async with running([WHOSAYS, "run"], given) as bot:
                await _begin(server, "learners", 1, FIRST, chats=CHATS, burst=RATE)
                await _until(server, bot, 1)
                start = time.monotonic() - began
                await asyncio.sleep(WARM)
                cpu, handling = await _answers(server, bot)
                pages = {
                    page: await _page(server, bot, page, who, number + 2)
                    for number, (page, who) in enumerate(PAGES.items())
                }
                memory = bot.memory()
    return Grown(answers, start, cpu, handling, memory, size, pages)


async def _answers(server: Server, bot: Running) -> tuple[float | None, list[float]]:
    await server.tell("waits")
    first, used = await server.tell("counts"), bot.cpu_seconds()
    await asyncio.sleep(MEASURED)
    last, used_then = await server.tell("counts"), bot.cpu_seconds()
    await server.tell("end")
    bot.check()
    updates = sum(last["done"].values()) - sum(first["done"].values())
    handling: list[float] = (await server.tell("waits"))["handling"]
    if used is None or used_then is None or not updates:
        return None, handling
    return 1000 * (used_then - used) / updates, handling


async def _page(server: Server, bot: Running, page: str, who: int, run: int) -> float:
    """Return the median of the milliseconds until a page had come."""
    await _begin(server, page, run, who, think=READ)
    await _until(server, bot, ASKED)
    await server.tell("end")
    median: float = (await server.tell("waits"))["handling"][0]
    return median


async def _begin(server: Server, crowd: str, run: int, first: int, **manner: float) -> None:
    await server.tell("begin", crowd=crowd, run=run, first=first, **{"chats": 1, **manner})


async def _until(server: Server, bot: Running, updates: int) -> None:
    async with asyncio.timeout(STARTS_WITHIN):
        while sum((await server.tell("counts"))["done"].values()) < updates:
            bot.check()
            await asyncio.sleep(0.02)


async def _read(bot: Running) -> None:
    """Return when the classifier has read every passage."""
    async with asyncio.timeout(120.0):
        while not any("passages read" in line for line in bot.lines()):
            bot.check()
            await asyncio.sleep(0.2)

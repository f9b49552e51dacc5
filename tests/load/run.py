"""One run: who comes how often for how long, and what it came to."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression
from typing import Any

from tests.bench.crowd import first_chat
from tests.bench.processes import WHOSAYS, Running, running
from tests.bench.throughput import STARTS_WITHIN, Server, serving, stored_answers
from tests.bench.throughput import environment as bench_environment
from tests.bench.waits import spread
from tests.load import course

RUN = 1
LATENCY = 0.05
"""Seconds that the Bot API takes for every call."""

READS_WITHIN = 120.0

DRAIN = 60.0
"""Seconds that the last answers may take when nobody asks any more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who comes how. `seconds` is measured after everybody has begun a round.

    In each burst `burst` chats act within `within` seconds, every `every` seconds. `push` is
    whether a class of everybody is pushed to in the second half. `typed` and `twice` as in
    `Manner`.
    """

    learners: int = 10_000
    seconds: float = 300.0
    burst: int = 1000
    within: float = 1.0
    every: float = 4.0
    push: bool = True
    typed: float = 0.1
    twice: float = 0.02


@dataclass(frozen=True, slots=True)
class Phase:
    """What a part of the run came to; percentiles 50, 95, 99 and 100 in milliseconds."""

    name: str
    seconds: float
    updates: float
    calls: float
    cpu: float | None
    handling: Sequence[float]
    learner: Sequence[float]


@dataclass(frozen=True, slots=True)
class Load:
    """What the whole run came to.

    `slope` is the growth of resident memory in MB per minute over the last 80 % of the time.
    `errors` are log lines above INFO. `own` are percentiles of what the bot itself logged of the
    time from taking up an update to its effects on disk, in milliseconds.
    """

    phases: tuple[Phase, ...]
    answers: int
    stored: int
    unanswered: int
    disorder: int
    missed: int
    memory: Sequence[float]
    slope: float
    errors: Sequence[str]
    own: Sequence[float]
    pushed: dict[str, int]


async def load(plan: Plan, folder: Path) -> Load:
    """Run a bot in a folder of its own under the load of a plan."""
    chats = range(first_chat(RUN), first_chat(RUN) + plan.learners)
    class_id = course.enrol(folder, chats) if plan.push else 0
    async with serving() as server:
        environment = {**bench_environment(server, folder), "WHOSAYS_LOG_JSON": "1"}
        async with running([WHOSAYS, "run"], environment) as bot:
            await _warm(bot)
            manner = {
                "burst": plan.burst,
                "within": plan.within,
                "every": plan.every,
                "typed": plan.typed,
            }
            await server.tell(
                "begin",
                crowd="learners",
                chats=plan.learners,
                run=RUN,
                latency=LATENCY,
                think=min(1.0, plan.every),
                twice=plan.twice,
                **manner,
            )
            # Everybody is greeted and begins a round, as far as chance has it.
            least = 2 * plan.learners
            await _until(server, bot, least, STARTS_WITHIN + 3 * least / plan.burst * plan.every)
            memory: list[tuple[float, float]] = []
            watching = asyncio.create_task(_watch(bot, memory))
            halves = ("without push", "with push") if plan.push else ("all",)
            phases = []
            for number, name in enumerate(halves):
                if number:
                    await asyncio.to_thread(course.push, folder, class_id)
                phases.append(await _phase(name, plan.seconds / len(halves), server, bot))
            watching.cancel()
            await server.tell("end")
            final = await _drained(server)
            bot.check()
            await bot.end()
            events = list(_events(bot.lines()))
    handled = [one["ms"] / 1000 for one in events if one.get("event") == "update handled"]
    return Load(
        phases=tuple(phases),
        answers=final["done"].get("answer", 0),
        stored=stored_answers(folder),
        unanswered=final["waiting"],
        disorder=final["disorder"],
        missed=final["missed"],
        memory=[round(mb, 1) for _, mb in memory],
        slope=slope(memory),
        errors=[str(one.get("event")) for one in events if one.get("level") in _LOUD],
        own=spread(handled),
        pushed=course.delivered(folder) if plan.push else {},
    )


_LOUD = ("warning", "error", "critical", "exception")


def slope(memory: Sequence[tuple[float, float]]) -> float:
    """Return the growth per minute of (second, MB) pairs, over the last 80 % of them."""
    kept = memory[len(memory) // 5 :]
    if len(kept) < 2:
        return 0.0
    return 60 * linear_regression([at for at, _ in kept], [mb for _, mb in kept]).slope


async def _warm(bot: Running) -> None:
    """Return when the classifier has read every passage, once in a store's life."""
    async with asyncio.timeout(READS_WITHIN):
        while not any('"passages read"' in line for line in bot.lines()):
            bot.check()
            await asyncio.sleep(0.2)


async def _phase(name: str, seconds: float, server: Server, bot: Running) -> Phase:
    """Let a part of the run go by and count what happened in it."""
    await server.tell("waits")
    first, used = await server.tell("counts"), bot.cpu_seconds()
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        bot.check()
        await asyncio.sleep(min(1.0, left))
    last, used_then = await server.tell("counts"), bot.cpu_seconds()
    waits: dict[str, Any] = await server.tell("waits")
    passed = last["at"] - first["at"]
    updates = sum(last["done"].values()) - sum(first["done"].values())
    cpu = None if used is None or used_then is None else 1000 * (used_then - used)
    return Phase(
        name,
        seconds=passed,
        updates=updates / passed,
        calls=(last["calls"] - first["calls"]) / passed,
        cpu=None if cpu is None or not updates else cpu / updates,
        handling=waits["handling"],
        learner=waits["learner"],
    )


async def _watch(bot: Running, memory: list[tuple[float, float]]) -> None:
    """Note the resident memory every second."""
    while True:
        now = bot.memory()
        if now is not None:
            memory.append((time.monotonic(), now))
        await asyncio.sleep(1.0)


async def _until(server: Server, bot: Running, updates: int, within: float) -> None:
    """Return when so many updates were answered; TimeoutError after some seconds."""
    async with asyncio.timeout(within):
        while sum((await server.tell("counts"))["done"].values()) < updates:
            bot.check()
            await asyncio.sleep(0.2)


async def _drained(server: Server) -> dict[str, Any]:
    """Return the counts when every update that is out was answered, or after a while."""
    for _ in range(int(DRAIN / 0.2)):
        counts = await server.tell("counts")
        if not counts["waiting"]:
            break
        await asyncio.sleep(0.2)
    return counts


def _events(lines: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield what the bot logged; a line that is no JSON is an error by itself."""
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            yield {"level": "error", "event": line}

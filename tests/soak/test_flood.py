"""How long others wait beside somebody who floods: measured without and with, in the same run."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.bench.processes import WHOSAYS, running
from tests.bench.throughput import environment, serving
from tests.load.run import LATENCY, _until, _warm
from tests.soak.figures import report

LEARNERS = 300
SECONDS = 12.0
RATE = 1_000
"""Updates a second of one chat: far more than any app sends, and most of what polls can bring."""

LATER = {0: 25.0, 1: 60.0}
"""Milliseconds that half of the others, and 95 of 100, may wait longer beside a flood.

Telegram gives updates in the order in which they came, a hundred at a time: what others send comes
behind what is ahead of it, and waits until that is read and stored.
"""


@pytest.mark.parametrize("by", ["message", "press"])
async def test_others_beside_a_flood(by: str, tmp_path: Path) -> None:
    """Beside a thousand updates a second of one chat, others are answered hardly later."""
    async with serving() as server:
        settings = {**environment(server, tmp_path), "WHOSAYS_LOG_JSON": "1"}
        async with running([WHOSAYS, "run"], settings) as bot:
            await _warm(bot)
            # Sixty updates a second, a quarter of what one process answers.
            manner = {"burst": 10, "within": 0.2, "every": 0.2, "think": 0.2, "typed": 0.1}
            await server.tell(
                "begin", crowd="learners", chats=LEARNERS, run=1, latency=LATENCY, **manner
            )
            await _until(server, bot, 2 * LEARNERS, 60)
            found = {}
            for name, rate in (("without", 0), ("beside", RATE), ("after", 0)):
                await server.tell("flood", rate=rate, by=by)
                await asyncio.sleep(2)
                await server.tell("waits")
                used = bot.cpu_seconds() or 0
                await asyncio.sleep(SECONDS)
                cpu = (bot.cpu_seconds() or 0) - used
                counts = await server.tell("counts")
                waits = await server.tell("waits")
                found[name] = {**waits, "cpu": round(cpu / SECONDS, 2), "behind": counts["behind"]}
            await server.tell("end")
            events = [json.loads(line) for line in bot.lines()]
    report(f"others beside a flood by {by}", rate=RATE, **found)
    failed = [one for one in events if one.get("level") in ("error", "critical")]
    assert not failed
    for place, most in LATER.items():
        before = max(found[name]["learner"][place] for name in ("without", "after"))
        assert found["beside"]["learner"][place] - before < most, found

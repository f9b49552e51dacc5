"""Seconds from the start of `whosays play` to the first question on its standard output."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

from tests.bench.processes import WHOSAYS, BenchError, running

# The head of every question ("1 of 8"), as prompts/en/question.ftl words it.
_QUESTION = re.compile(r"(?<!\d)1 of \d+")
STARTS_WITHIN = 20.0


async def first_question(folder: Path) -> float:
    """Start the terminal with its data in a folder; return the seconds to the first question."""
    began = time.perf_counter()
    environment = {"WHOSAYS_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
    async with running([WHOSAYS, "play"], environment) as player:
        assert player.process.stdout
        seen = ""
        try:
            async with asyncio.timeout(STARTS_WITHIN):
                while not _QUESTION.search(seen):
                    data = await player.process.stdout.read(4096)
                    if not data:
                        raise BenchError(f"play ended without a question: {player.last_words()}")
                    seen += data.decode(errors="replace")
        except TimeoutError:
            raise BenchError(f"play asked nothing within {STARTS_WITHIN:g} s: {seen}") from None
        return time.perf_counter() - began

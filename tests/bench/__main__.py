"""`python -m tests.bench`: measure everything in one run, on the loopback interface alone."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.bench.growth import grown
from tests.bench.processes import BenchError
from tests.bench.report import grown_table, lines, steady_lines, table
from tests.bench.start import first_question
from tests.bench.throughput import (
    CHATS,
    MEASURED,
    TARGETS,
    WHOLE,
    Run,
    Target,
    measure,
    serving,
)
from tests.load.run import Plan, load

ROUNDS = 3
LATER_STARTS = 3
WITHIN = 600.0

STEADY = Plan(learners=1_000, seconds=30, burst=100, every=1.0, push=False)
"""A moderate rate, at which nothing should wait in a line."""

LOGS = (0, 10_000, 1_000_000)
"""Answers in the logs over which the same is measured."""


def main() -> int:
    """Measure, print the table, and return 1 when the bench could not be run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--echo-only", action="store_true", help="measure the echo bots, not the whole bot"
    )
    parser.add_argument(
        "--log", type=int, action="append", default=[], help="measure over so many answers too"
    )
    given = parser.parse_args()
    console = Console()
    try:
        asyncio.run(_within(console, echo_only=given.echo_only))
        if not given.echo_only:
            asyncio.run(_alone(console, [*LOGS, *given.log]))
    except (BenchError, TimeoutError) as error:
        console.print(f"The bench stopped: {error or 'it took too long'}", markup=False)
        return 1
    return 0


async def _within(console: Console, *, echo_only: bool) -> None:
    async with asyncio.timeout(WITHIN):
        cold: float | None = None
        warm: list[float] = []
        if not echo_only:
            with tempfile.TemporaryDirectory(prefix="whosays-bench-") as folder:
                cold = await first_question(Path(folder))
                warm = [await first_question(Path(folder)) for _ in range(LATER_STARTS)]
        targets = [target for target in TARGETS if target is not WHOLE or not echo_only]
        with tempfile.TemporaryDirectory(prefix="whosays-bench-") as folder:
            runs = await _rounds(targets, Path(folder))
    title = f"median of {ROUNDS} rounds of {MEASURED:g} s, {CHATS} chats"
    console.print(table(title, lines(runs, cold, warm)))


async def _alone(console: Console, logs: list[int]) -> None:
    """Measure the whole bot at a moderate rate, and over logs of these lengths."""
    with tempfile.TemporaryDirectory(prefix="whosays-bench-") as folder:
        steady = await load(STEADY, Path(folder))
    title = f"{STEADY.burst} updates a second, 50 ms for every call of the Bot API"
    console.print(table(title, steady_lines(steady)))
    console.print(grown_table([await grown(answers) for answers in logs]))


async def _rounds(targets: list[Target], folder: Path) -> dict[Target, list[Run]]:
    """Measure the targets in turn, so that what else the machine does befalls all of them."""
    runs: dict[Target, list[Run]] = {target: [] for target in targets}
    async with serving() as server:
        for number in range(ROUNDS * len(targets)):
            target = targets[number % len(targets)]
            runs[target].append(await measure(target, server, folder, number + 1))
    return runs


if __name__ == "__main__":
    sys.exit(main())

"""The table of the bench: each goal beside what was reached."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench.growth import Grown
from tests.bench.report import Line, grown_table, lines, steady_lines
from tests.bench.throughput import ECHO_AIOHTTP, WHOLE, Run
from tests.load.run import Load, Phase

RUN = Run(
    updates=700.0,
    answers=300.0,
    continues=300.0,
    calls=1400.0,
    cpu=0.5,
    unanswered=0,
    acknowledged=1500,
    stored=1500,
    memory=210.0,
)


def found(whole: Run, cold: float = 1.9) -> dict[str, Line]:
    """Return the lines for a whole bot beside an echo of 1000 updates per second."""
    runs = {WHOLE: [whole], ECHO_AIOHTTP: [replace(RUN, updates=1000.0, stored=None)]}
    return {line.what: line for line in lines(runs, cold, [1.0])}


def test_goals_that_are_reached() -> None:
    """Each goal is stood by what was measured, and said to be reached."""
    table = found(RUN)
    assert table["whole bot : echo, aiohttp"].reached == "0.70"
    assert [line.good for line in table.values() if line.good is not None] == [True] * 6


def test_goals_that_are_missed() -> None:
    """A goal that is missed says so; one lost answer is enough."""
    table = found(replace(RUN, updates=600.0, stored=1499, unanswered=1, memory=301.0), cold=2.1)
    missed = [line.what for line in table.values() if line.good is False]
    assert missed == [
        "whole bot : echo, aiohttp",
        "answers acknowledged : stored",
        "chats left waiting",
        "peak memory",
        "first question, first start",
    ]


@pytest.mark.parametrize(
    ("most", "stored", "good"), [(99.0, 7, [True] * 2), (101.0, 6, [False] * 2)]
)
def test_a_moderate_rate(most: float, stored: int, good: list[bool]) -> None:
    """Waiting for long, as losing an answer, is said to miss the goal."""
    phase = Phase("all", 30.0, 100.0, 250.0, 1.5, [5.0, 20.0, most, 150.0], [60.0] * 4)
    load = Load((phase,), 7, stored, 0, 0, 0, [200.0, 201.0], 0.1, [], [], {})
    assert [line.good for line in steady_lines(load) if line.good is not None] == good


def test_longer_logs_stand_side_by_side() -> None:
    """Each log has a column, each figure and each page a line."""
    found = [Grown(n, 1.0, 2.0, [1.0] * 4, 200.0, 5.0, {"/score": 9.0}) for n in (0, 10_000)]
    laid = grown_table(found)
    assert [column.header for column in laid.columns] == ["answers in the log", "0", "10,000"]
    assert [*laid.columns[0].cells][-1] == "/score"
    assert [*laid.columns[2].cells][-1] == "9 ms"

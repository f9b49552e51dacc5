"""The figures of one run of the bench as a table, each goal beside what was reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rich.table import Table

from tests.bench.growth import Grown
from tests.bench.throughput import ECHO_AIOHTTP, ECHO_HTTPX, WHOLE, Run, Target
from tests.load.run import Load

Runs = Mapping[Target, Sequence[Run]]

LEAST_RATIO = 0.7
MOST_SECONDS = 2.0
MOST_MEMORY = 300.0
MOST_WAIT = 100.0
"""Milliseconds beyond the Bot API's own time."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `good` is None where there is no goal."""

    what: str
    reached: str
    goal: str = ""
    good: bool | None = None


def lines(runs: Runs, cold: float | None, warm: Sequence[float]) -> list[Line]:
    """Return the table's lines for the targets that were measured."""
    found = [line for target, each in runs.items() for line in _rates(target, each)]
    if WHOLE in runs and ECHO_AIOHTTP in runs:
        ratio = _median(runs[WHOLE], _updates) / _median(runs[ECHO_AIOHTTP], _updates)
        goal = f"≥ {LEAST_RATIO:g}"
        found.append(Line("whole bot : echo, aiohttp", f"{ratio:.2f}", goal, ratio >= LEAST_RATIO))
    if ECHO_HTTPX in runs and ECHO_AIOHTTP in runs:
        gain = _median(runs[ECHO_AIOHTTP], _updates) / _median(runs[ECHO_HTTPX], _updates)
        found.append(Line("echo, aiohttp : echo, httpx", f"{gain:.2f}"))
    if WHOLE in runs:
        found += _whole(runs[WHOLE])
    if cold is not None:
        found.append(_seconds("first question, first start", cold))
        found.append(_seconds("first question, later start", median(warm)))
    return found


def steady_lines(found: Load) -> list[Line]:
    """Return the lines of a run at a moderate rate."""
    (phase,) = found.phases
    middle, nearly, most, longest = phase.handling
    memory = f"{found.memory[0]:.0f} MB, {found.memory[-1]:.0f} MB"
    return [
        Line("updates/s", f"{phase.updates:.0f}"),
        Line("handling, half of them within", f"{middle:.0f} ms"),
        Line("95 % within, the longest", f"{nearly:.0f} ms, {longest:.0f} ms"),
        Line("99 % within", f"{most:.0f} ms", f"≤ {MOST_WAIT:g} ms", most <= MOST_WAIT),
        Line(
            "answers acknowledged : stored",
            f"{found.answers} : {found.stored}",
            "equal",
            found.answers == found.stored,
        ),
        Line("memory at the start and the end", memory),
        Line("growth in the last 80 %", f"{found.slope:.1f} MB/min"),
    ]


def grown_table(found: Sequence[Grown]) -> Table:
    """Lay out what an answer costs over logs of different lengths, a column for each."""
    laid = Table("answers in the log", title="over a longer and longer log")
    for one in found:
        laid.add_column(f"{one.answers:,}", justify="right")
    rows: dict[str, Callable[[Grown], str]] = {
        "file": lambda one: f"{one.size:.0f} MB",
        "start to first answer": lambda one: f"{one.start:.1f} s",
        "CPU per update": lambda one: "" if one.cpu is None else f"{one.cpu:.2f} ms",
        "handling, half within": lambda one: f"{one.handling[0]:.0f} ms",
        "handling, 99 % within": lambda one: f"{one.handling[2]:.0f} ms",
        "memory": lambda one: "" if one.memory is None else f"{one.memory:.0f} MB",
    }
    for name, told in rows.items():
        laid.add_row(name, *map(told, found))
    for page in found[0].pages:
        laid.add_row(page, *(f"{one.pages[page]:.0f} ms" for one in found))
    return laid


def table(title: str, found: Sequence[Line]) -> Table:
    """Lay the lines out."""
    laid = Table("measure", "reached", "goal", "", title=title)
    for line in found:
        mark = "" if line.good is None else "yes" if line.good else "[bold]NO[/bold]"
        laid.add_row(line.what, line.reached, line.goal, mark)
    return laid


def _rates(target: Target, runs: Sequence[Run]) -> list[Line]:
    each = ", ".join(f"{run.updates:.0f}" for run in runs)
    found = [
        Line(f"{target.name}: updates/s", f"{_median(runs, _updates):.0f} (of {each})"),
        Line(f"{target.name}: API calls/s", f"{_median(runs, lambda run: run.calls):.0f}"),
    ]
    cpu = [run.cpu for run in runs if run.cpu is not None]
    if cpu:
        found.append(Line(f"{target.name}: CPU per update", f"{median(cpu):.2f} ms"))
    if target is WHOLE:
        answers = _median(runs, lambda run: run.answers)
        continues = _median(runs, lambda run: run.continues)
        found.append(Line("  answers/s, continues/s", f"{answers:.0f}, {continues:.0f}"))
    return found


def _whole(runs: Sequence[Run]) -> list[Line]:
    acknowledged = sum(run.acknowledged for run in runs)
    stored = sum(run.stored or 0 for run in runs)
    equal = all(run.stored == run.acknowledged for run in runs)
    unanswered = sum(run.unanswered for run in runs)
    found = [
        Line("answers acknowledged : stored", f"{acknowledged} : {stored}", "equal", equal),
        Line("chats left waiting", str(unanswered), "0", unanswered == 0),
    ]
    memory = [run.memory for run in runs if run.memory is not None]
    if memory:
        most = max(memory)
        goal = f"≤ {MOST_MEMORY:g} MB"
        found.append(Line("peak memory", f"{most:.0f} MB", goal, most <= MOST_MEMORY))
    return found


def _seconds(what: str, seconds: float) -> Line:
    return Line(what, f"{seconds:.2f} s", f"≤ {MOST_SECONDS:g} s", seconds <= MOST_SECONDS)


def _updates(run: Run) -> float:
    return run.updates


def _median(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    return median(figure(run) for run in runs)

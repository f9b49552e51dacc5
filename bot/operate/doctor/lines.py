"""What a check finds, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text


class State(StrEnum):
    """How something is: a warning can wait, what fails cannot."""

    OK = "ok"
    WARNING = "warning"
    FAILING = "failing"


_STYLES = {State.OK: "green", State.WARNING: "yellow", State.FAILING: "bold red"}


@dataclass(frozen=True, slots=True)
class Line:
    """One check: what was looked at, how it is, what was found, what to do where it is not well."""

    what: str
    state: State
    found: str
    advice: str = ""

    def record(self) -> dict[str, str]:
        """Return the line as JSON has it."""
        return {name: str(value) for name, value in asdict(self).items()}


def ok(what: str, found: str) -> Line:
    """Return a line of something that is well."""
    return Line(what, State.OK, found)


def warning(what: str, found: str, advice: str) -> Line:
    """Return a line of something that can wait."""
    return Line(what, State.WARNING, found, advice)


def failing(what: str, found: str, advice: str) -> Line:
    """Return a line of something that cannot wait."""
    return Line(what, State.FAILING, found, advice)


def print_lines(console: Console, lines: Sequence[Line]) -> None:
    """Print the lines as a table, the advice under what it is about."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for _ in range(3):
        table.add_column(overflow="fold")
    for line in lines:
        state = Text(line.state, style=_STYLES[line.state])
        table.add_row(state, line.what, Text(line.found))
        if line.advice:
            table.add_row("", "", Text(f"→ {line.advice}", style="italic"))
    console.print(table)

"""The score log as a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.store.log import Row

_COLUMNS = (
    "at",
    "learner",
    "set",
    "question",
    "ask",
    "said",
    "expected",
    "verdict",
    "graded by",
    "machine",
)

CELL = 32
"""Characters of one cell at most; `--json` has them all."""


def print_rows(console: Console, rows: Sequence[Row]) -> None:
    """Print rows of the log, one line of the table each."""
    if not rows:
        console.print("The score log is empty.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in _COLUMNS:
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*(Text(cell) for cell in _cells(row)))
    console.print(table)


def _cells(row: Row) -> tuple[str, ...]:
    machine = str(row["model_label"])
    if isinstance(row["model_p"], float):
        machine += f" {100 * row['model_p']:.0f}%"
    if row["model_sure"] is False:
        machine += " unsure"
    notes = [name for name in ("borderline", "differs", "disputed", "regraded") if row[name]]
    return (
        str(row["at"])[:19].replace("T", " "),
        str(row["learner"]),
        str(row["slug"]),
        str(row["question"]),
        str(row["ask"]),
        _said(row["said"]),
        _short(str(row["expected"])),
        " ".join([str(row["verdict"]), *notes]),
        str(row["graded_by"]),
        _short(machine.strip()),
    )


def _said(said: object) -> str:
    """Return what was said in a few words."""
    if not isinstance(said, Mapping):
        return str(said)
    if "marked" in said:
        return _short(", ".join(said["words"])) or "nothing loaded"
    return _short(str(said.get("kind") or said.get("reason") or "not sure"))


def _short(text: str) -> str:
    return text if len(text) <= CELL else f"{text[: CELL - 1]}…"

"""The score log for people at a terminal: a table, or a few lines a row where that is narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.errors import LogError, SetError
from bot.store import logbook, sets
from bot.store.database import Store
from bot.store.filters import Filter
from bot.store.logbook import Row
from bot.store.moments import from_text
from bot.teaching.library import Library

_COLUMNS = {
    "at": 19,
    "learner": 8,
    "set": 24,
    "question": 20,
    "ask": 6,
    "said": 32,
    "expected": 32,
    "verdict": 24,
    "graded by": 9,
    "machine": 32,
}
"""Columns of the table, and the characters of a cell at most; `--json` has them all."""

WIDE = sum(_COLUMNS.values()) + len(_COLUMNS)
"""Characters of a line from which on there is a table."""

AT_ONCE = 500
"""Rows read in one go while the log is followed."""

_STYLES = {"right": "green", "wrong": "red", "unsure": "yellow"}


def check_set(store: Store, slug: str) -> None:
    """Do nothing where there is a set of that slug; else LogError, with those that there are."""
    there = [name for name, _ in sets.newest(store.reader)]
    if slug and slug not in there:
        raise LogError(f"there is no set {slug!r}; there are: {', '.join(there) or 'none'}")


def with_shown(store: Store, rows: Sequence[Row]) -> list[Row]:
    """Return rows with what the learner was shown: the sentence, and what the verdict explained.

    Both are those of the version of the set that was played, which is named beside them. They are
    None where that version is not in the store.
    """
    library = Library(store)
    return [{**row, "shown": _shown(library, row)} for row in rows]


def follow(
    store: Store, chosen: Filter, last: int, wait: Callable[[], bool]
) -> Iterator[list[Row]]:
    """Yield the newest rows, then new ones as they come, until `wait` returns False."""
    cursor = logbook.newest(store.reader)
    rows = logbook.tail(store.reader, last, chosen)
    yield rows
    cursor = max([cursor, *(row["id"] for row in rows)])
    while True:
        newest = logbook.newest(store.reader)
        rows = logbook.after(store.reader, cursor, chosen, AT_ONCE)
        if rows:
            yield rows
        if len(rows) == AT_ONCE:
            cursor = rows[-1]["id"]
            continue
        # Who is forgotten takes their rows along, and numbers above the rest are given out again.
        cursor = max([newest, *(row["id"] for row in rows)])
        if not wait():
            return


def print_rows(console: Console, rows: Sequence[Row], *, head: bool = True) -> None:
    """Print rows of the log: one line of a table each, or a few lines where there is no room.

    All tables are of the same widths, so that one printed later without its `head` goes on.
    """
    if console.width < WIDE:
        for row in rows:
            _print_narrow(console, row)
        return
    if not rows and not head:
        return
    table = Table(box=None, header_style="bold", pad_edge=False, show_header=head)
    for name, width in _COLUMNS.items():
        table.add_column(name, no_wrap=True, width=width)
    for row in rows:
        cells = zip(_cells(row), _COLUMNS.values(), strict=True)
        table.add_row(*(Text(_short(cell, width)) for cell, width in cells))
    console.print(table)


def _shown(library: Library, row: Row) -> Row:
    try:
        question = library.version(row["slug"], row["version"]).question(row["question"])
    except (KeyError, SetError):
        target = explanation = None
    else:
        target, explanation = question.passage.target, question.explain
    return {
        "set": row["slug"],
        "version": row["version"],
        "target": target,
        "explanation": explanation,
    }


def _cells(row: Row) -> tuple[str, ...]:
    return (
        _when(row),
        f"#{row['learner']}",
        f"{row['slug']} v{row['version']}",
        row["question"],
        row["ask"],
        _said(row["said"]),
        row["expected"],
        " ".join([row["verdict"], *_notes(row)]),
        row["graded_by"],
        _machine(row),
    )


def _print_narrow(console: Console, row: Row) -> None:
    head = Text(f"{_when(row)}  #{row['learner']}  ", style="dim")
    head.append(row["verdict"], style=f"not dim bold {_STYLES.get(row['verdict'], '')}")
    head.append(f" {row['score']:.2f} by {row['graded_by']}", style="not dim")
    head.append("".join(f", {note}" for note in _notes(row)), style="not dim")
    asked = f"{row['slug']} v{row['version']} {row['question']}, {row['ask']}: "
    console.print(head)
    body = Text(f"{asked}said {_said(row['said'])}; expected {row['expected'] or 'nothing'}")
    if row["model_label"]:
        body.append(f"; the machine {_machine(row)}")
    elif row["model_version"]:
        body.append(f"; read by {row['model_version']}")
    console.print(body)
    console.print()


def _when(row: Row) -> str:
    """Return when it was in the time of the machine, as `--since` takes it."""
    return f"{from_text(row['at']).astimezone():%Y-%m-%d %H:%M:%S}"


def _notes(row: Row) -> list[str]:
    notes = [name for name in ("borderline", "differs", "disputed", "regraded") if row[name]]
    return [*notes, row["settled"]] if row["settled"] else notes


def _machine(row: Row) -> str:
    """Return what the machine read, how probable it was, whether it was sure, and which it was."""
    words = [row["model_label"]]
    if row["model_p"] is not None:
        words.append(f"{100 * row['model_p']:.0f}%")
    if row["model_sure"] is False:
        words.append("unsure")
    if row["model_version"]:
        words.append(f"({row['model_version']})")
    return " ".join(word for word in words if word)


def _said(said: Mapping[str, object]) -> str:
    """Return what was said in a few words."""
    if "marked" in said:
        words = [*said["words"], *said["strays"]]  # type: ignore[misc] # lists, as they are logged
        return ", ".join(words) or "nothing loaded"
    if "reason" in said:
        return str(said["reason"]) or "(removed)"
    return str(said.get("kind", "not sure"))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"

"""The figures for people at a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.operate.statistics.figures import Agreement, Statistics
from bot.quiz.labels import Verdict

_NAMES = {
    "sourced_fact": "sourced fact",
    "unsourced_claim": "unsourced claim",
    "reported_opinion": "reported opinion",
    "opinion": "opinion",
}

_FIGURE = re.compile(r"[+-]?[\d.,]+( %| to -?[\d.]+)?|–")
"""A cell with a figure, a share or an interval, or with none."""


def print_statistics(console: Console, found: Statistics) -> None:
    """Print the figures, each kind of them as a small table."""
    if not found.answers:
        console.print("No answers were given.")
        return
    for title, columns, rows in (
        ("", ("", ""), _whole(found)),
        ("answers by what was asked", ("asked", *map(str, Verdict), "all"), _verdicts(found)),
        (
            "seconds to answer",
            ("asked", "median", "9 in 10 within"),
            [(ask, f"{t.median:.1f}", f"{t.ninetieth:.1f}") for ask, t in found.times.items()],
        ),
        (
            "telling kinds apart, all first answers together",
            ("of", "d′", "95 % interval", "lean c"),
            _discernment(found),
        ),
        (
            "the machine against the key",
            ("the key says", "answers", "it agrees"),
            _agreement(found),
        ),
        (
            "hardest questions, by the mean score of first answers",
            ("set", "question", "asked", "first answers", "mean score"),
            [
                (one.slug, one.question, one.ask, str(one.answers), f"{one.facility:.2f}")
                for one in found.hardest
            ],
        ),
        (
            "model versions that read or judged",
            ("version", "answers"),
            [(version, f"{times:,}") for version, times in found.models.items()],
        ),
    ):
        _print(console, title, columns, rows)


def _print(
    console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    rows = list(rows)
    if not rows:
        return
    table = Table(box=None, header_style="dim", pad_edge=False, show_header=bool(title))
    for name, cells in zip(columns, zip(*rows, strict=True), strict=True):
        figures = title and all(map(_FIGURE.fullmatch, cells))
        table.add_column(name, justify="right" if figures else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    if title:
        console.print(f"\n[bold]{title}[/bold]")
    console.print(table)


def _whole(found: Statistics) -> list[tuple[str, str]]:
    active, over = found.active, found.over
    disputed = sum(found.disputes.values())
    settled = ", ".join(
        f"{times:,} {decision or 'waiting'}" for decision, times in sorted(found.disputes.items())
    )
    return [
        (
            "learners",
            f"{active.today:,} today, {active.week:,} in the last 7 days, {active.ever:,} in all",
        ),
        ("answers", f"{found.answers:,}"),
        ("machine not sure", f"{_share(found.unsure, found.answers)} ({found.unsure:,})"),
        (
            "disputed",
            f"{_share(disputed, found.answers)} ({settled})" if disputed else "none",
        ),
        (
            "marked too much",
            f"{_share(over.with_over, over.answers)} of the answers about words,"
            f" {over.words / over.answers:.2f} words each"
            if over.answers
            else "–",
        ),
    ]


def _verdicts(found: Statistics) -> list[tuple[str, ...]]:
    """Return a row per thing asked: how many, and which share has which verdict."""
    rows = []
    for ask, verdicts in found.verdicts.items():
        total = sum(verdicts.values())
        if total:
            shares = (_share(times, total) if times else "–" for times in verdicts.values())
            rows.append((ask, *shares, f"{total:,}"))
    return rows


def _discernment(found: Statistics) -> list[tuple[str, ...]]:
    return [
        (str(axis), f"{d.sensitivity:.2f}", f"{d.low:.2f} to {d.high:.2f}", _signed(d.lean))
        for axis, d in found.discernment.items()
    ]


def _agreement(found: Statistics) -> list[tuple[str, ...]]:
    rows = [(_NAMES[kind], one) for kind, one in found.agreement.items()]
    if found.named.answers:
        rows.append(("a good reason (names its point)", found.named))
    return [(name, f"{one.answers:,}", _agreed(one)) for name, one in rows]


def _agreed(one: Agreement) -> str:
    return _share(one.agreed, one.answers)


def _signed(lean: float) -> str:
    return f"{round(lean, 2) + 0.0:+.2f}"  # adding 0 makes +0.00 of -0.00


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"

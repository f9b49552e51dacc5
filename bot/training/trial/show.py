"""What a trial found, as tables for people and as JSON Lines for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.training.trial.compare import Difference, verdict
from bot.training.trial.heads import Head, Measured, by_class
from bot.training.trial.intervals import Interval
from bot.training.trial.result import Beside, Result
from bot.training.trial.run import BATCH

ENOUGH = 30
"""Cases below which a figure is an impression, and said to be one."""

Record = dict[str, Any]


def show(console: Console, ours: Result, beside: Beside | None) -> None:
    """Print every figure, and the verdict in one sentence last."""
    console.print(_figures(ours, beside.theirs if beside else None))
    if ours.heads.labels:
        console.print(_labels(ours.heads.labels))
    for head in ours.heads.labels:
        console.print(_confusion(head))
    if beside and beside.differences:
        console.print(_differences(beside))
    few = [one for one in ours.figures if one.n < ENOUGH]
    if few:
        console.print(f"Figures of fewer than {ENOUGH} cases are no more than an impression.")
    if beside:
        console.print(beside.plain, soft_wrap=True)


def records(ours: Result, beside: Beside | None) -> Iterator[Record]:
    """Yield every figure, then each head's labels and confusion, then differences and verdict."""
    others = _values(beside.theirs) if beside else {}
    for one in (*ours.figures, *ours.speed):
        record = {"head": one.head, "figure": one.name, **_number(one)}
        if (one.head, one.name) in others:
            record["beside"] = round(others[one.head, one.name], 4)
        yield record
    for head in ours.heads.labels:
        for label, precision, recall in by_class(head):
            sides = {"precision": _number(precision), "recall": _number(recall)}
            yield {"head": head.name, "label": str(label), **sides}
        cells = _cells(head)
        rows = {
            str(a): {str(b): cells[a, b] for b in head.labels if cells[a, b]} for a in head.labels
        }
        yield {"head": head.name, "confusion": {name: row for name, row in rows.items() if row}}
    if beside:
        yield from (_difference(one) for one in beside.differences)
        yield {"verdict": str(verdict(beside.differences)), "sentence": beside.plain}


def _figures(ours: Result, theirs: Result | None) -> Table:
    labelled = ours.labelled
    counted = f"{len(labelled.sentences):,} sentences, {len(labelled.reasons):,} reasons"
    title = f"{ours.outcome.version} on {labelled.name}: {counted}"
    table = Table(
        "head", "figure", "n", "value", "95 % interval", title=title, title_justify="left"
    )
    others = _values(theirs) if theirs else {}
    if theirs:
        table.add_column(theirs.outcome.version)
    last = ""
    for one in (*ours.figures, *ours.speed):
        if last and one.head != last:
            table.add_section()
        named = one.head if one.head != last else ""
        digits = 1 if one.head == "speed" else 3
        cells = [named, one.name, f"{one.n:,}", f"{one.value:.{digits}f}", _between(one.between)]
        if theirs:
            other = others.get((one.head, one.name))
            cells.append("–" if other is None else f"{other:.{digits}f}")
        table.add_row(*cells)
        last = one.head
    table.caption = f"one thread, {BATCH} at a time; intervals of shares by Wilson, else bootstrap"
    table.caption_justify = "left"
    return table


def _labels(found: Sequence[Head]) -> Table:
    table = Table("head", "label", "precision", "recall", title="label by label")
    table.title_justify = "left"
    for head in found:
        for i, (label, precision, recall) in enumerate(by_class(head)):
            named = "" if i else head.name
            table.add_row(named, _plain(label), _side(precision), _side(recall))
        table.add_section()
    return table


def _confusion(head: Head) -> Table:
    """Lay out what was taken for what."""
    used = [label for label, _, _ in by_class(head)]
    table = Table(f"{head.name} is", title_justify="left")
    for label in used:
        table.add_column(f"called {_plain(label)}", justify="right", min_width=8)
    cells = _cells(head)
    for label in used:
        table.add_row(_plain(label), *(f"{cells[label, other]:,}" for other in used))
    return table


def _differences(beside: Beside) -> Table:
    found = beside.differences
    held = "95 % interval" if len(found) == 1 else f"95 % for all {len(found)} together"
    table = Table("head", "figure", "n", "differ", "difference", held, "this says")
    table.title = f"less {beside.theirs.outcome.version}, on the same lines"
    table.title_justify = "left"
    for one in found:
        low, high = one.between
        table.add_row(
            one.head,
            one.name,
            f"{one.n:,}",
            f"{one.differing:,}",
            f"{one.value:+.3f}",
            f"{low:+.3f} to {high:+.3f}",
            str(one.verdict),
        )
    return table


def _values(result: Result) -> dict[tuple[str, str], float]:
    return {(one.head, one.name): one.value for one in (*result.figures, *result.speed)}


def _cells(head: Head) -> Counter[tuple[Any, Any]]:
    return Counter((case.expected, case.found) for case in head.cases)


def _number(one: Measured) -> Record:
    record: Record = {"n": one.n, "value": round(one.value, 4)}
    if one.between is not None:
        record |= {"low": round(one.between[0], 4), "high": round(one.between[1], 4)}
    return record


def _difference(one: Difference) -> Record:
    low, high = one.between
    return {
        "head": one.head,
        "difference": one.name,
        "n": one.n,
        "differing": one.differing,
        "value": round(one.value, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "verdict": str(one.verdict),
    }


def _side(one: Measured) -> str:
    low, high = one.between or (0, 1)
    return f"{one.value:.2f} ({low:.2f} to {high:.2f})" if one.n else "–"


def _between(between: Interval | None) -> str:
    return "" if between is None else f"{between[0]:.3f} to {between[1]:.3f}"


def _plain(label: Any) -> str:
    return str(label).replace("_", " ")

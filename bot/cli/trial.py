"""`whosays evaluate --on`: a model, and one beside it, on an operator's own labelled lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.common import console
from bot.errors import LabelsError
from bot.reader.reader import Reader
from bot.training.trial.lines import FILE_BYTES, Labelled, read
from bot.training.trial.result import Result, beside, misses, result
from bot.training.trial.run import run
from bot.training.trial.show import records, show

STANDARD_INPUT = Path("-")


def trial(
    on: Path, directory: Path, other: Path | None, errors: Path | None, *, as_json: bool
) -> None:
    """Measure one model, or two, and print what was found; nothing is measured of a broken file."""
    labelled = read(_bytes(on), "standard input" if on == STANDARD_INPUT else str(on))
    if errors is not None and errors.exists() and on != STANDARD_INPUT and errors.samefile(on):
        raise LabelsError(f"{errors}: holds the labels: name another file for --errors")
    readers = [Reader.load(one) for one in (directory, other) if one is not None]
    _note(labelled, readers)
    if errors is not None:
        _write(errors, ())  # before minutes of measuring, rather than after
    results = _measured(labelled, readers)
    compared = beside(*results) if other is not None else None
    if errors is not None:
        _write(errors, misses(*results))
    if as_json:
        for record in records(results[0], compared):
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    show(console(), results[0], compared)


def _measured(labelled: Labelled, readers: list[Reader]) -> list[Result]:
    """Have each model read all lines, with a bar on a terminal's standard error."""
    err = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    found = []
    with Progress(
        *columns, TimeRemainingColumn(), console=err, transient=True, disable=not err.is_terminal
    ) as bar:
        tasks = [(bar.add_task(_name(one), total=_lines(labelled, one)), one) for one in readers]
        for task, reader in tasks:
            outcome = run(reader, labelled, partial(bar.advance, task))
            found.append(result(labelled, outcome))
    return found


def _lines(labelled: Labelled, reader: Reader) -> int:
    return len(labelled) if reader.judges else len(labelled.sentences)


def _name(reader: Reader) -> str:
    return f"reading with {reader.card.version}"


def _note(labelled: Labelled, readers: list[Reader]) -> None:
    """Say on standard error what of the lines is not measured, or not for what it seems."""
    if labelled.ignored:
        click.echo(f"whosays: ignored fields: {', '.join(labelled.ignored)}", err=True)
    if labelled.repeated:
        told = f"{labelled.repeated:,} lines are on a case that an earlier line is on"
        click.echo(f"whosays: {told}: intervals take them for cases of their own", err=True)
    if not labelled.reasons:
        return
    for reader in readers:
        if not reader.judges:
            told = f"{reader.card.version} judges no reasons: {len(labelled.reasons):,} lines"
            click.echo(f"whosays: {told} are left out", err=True)
    if not labelled.sentences and not readers[0].judges:
        raise LabelsError(f"{labelled.name}: holds reasons only, and the model judges none")


def _bytes(on: Path) -> bytes:
    """Read a file, or what comes in, no further than shows that it is too large."""
    try:
        with click.open_file(str(on), "rb") as file:
            return bytes(file.read(FILE_BYTES + 1))
    except OSError as error:
        raise LabelsError(f"{on}: cannot be read: {error.strerror or error}") from error


def _write(path: Path, found: Iterable[dict[str, Any]]) -> None:
    """Write JSON Lines; half a character, which JSON can hold and UTF-8 cannot, is escaped."""
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            for record in found:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    except OSError as error:
        raise LabelsError(f"{path}: cannot be written: {error.strerror or error}") from error

"""Commands that ask the classifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.cli.common import console, fails_clearly, settings

INSTALLED = ""
"""What `--beside` is without a directory."""


@click.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
@click.option("--jsonl", is_flag=True, help='Read {"text", "context"?} per line, write JSON.')
@fails_clearly
def read(file: Any, jsonl: bool) -> None:
    """Print how the classifier reads a text, sentence by sentence."""
    from bot.app.resources import resources
    from bot.operate.readings import print_readings
    from bot.reader.reader import Reader
    from bot.reader.records import read_lines, read_text

    reader = Reader.load(settings().model or resources("reader") / "model")
    if jsonl:
        for record in read_lines(reader, file):
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    print_readings(Console(), read_text(reader, file.read()))


@click.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
@click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    expose_value=False,
    help='Read {"context", "target", "kind", "answer"} per line, write JSON.',
)
@fails_clearly
def judge(file: Any) -> None:
    """Print how the classifier judges reasons for the kind of a sentence."""
    from bot.app.resources import resources
    from bot.reader.reader import Reader
    from bot.reader.records import judge_lines

    reader = Reader.load(settings().model or resources("reader") / "model")
    for record in judge_lines(reader, file):
        click.echo(json.dumps(record, ensure_ascii=False))


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the public sets that the card names.",
)
@click.option(
    "--on",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="JSON Lines with labels of your own to measure on instead; - for standard input.",
)
@click.option("--model", type=click.Path(path_type=Path), help="Model directory to measure.")
@click.option(
    "--beside",
    is_flag=False,
    flag_value=INSTALLED,
    metavar="[DIRECTORY]",
    help="With --on: a model to compare with, the installed one unless another is named.",
)
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --on: write what was missed as JSON Lines.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per figure and line.")
@fails_clearly
def evaluate(
    data: Path | None,
    on: Path | None,
    model: Path | None,
    beside: str | None,
    errors: Path | None,
    as_json: bool,
) -> None:
    """Measure the classifier again on everything that is held out, as its card was.

    With --on, on your own labels instead. Its lines hold {"text", "context"?} and one or more of
    "stance", "source", "kind", "loaded"; or {"context"?, "target", "kind", "answer", "label"}.
    """
    from bot.app.resources import resources

    installed = resources("reader") / "model"
    directory = model or settings().model or installed
    if on is not None and data is not None:
        raise click.UsageError("--data and --on are two things to measure on: give one")
    if on is not None:
        from bot.cli.trial import trial

        other = installed if beside == INSTALLED else Path(beside) if beside else None
        trial(on, directory, other, errors, as_json=as_json)
        return
    if beside is not None or errors is not None:
        raise click.UsageError("--beside and --errors need --on")
    from bot.training.corpus import Corpus
    from bot.training.evaluate import evaluate as evaluate_
    from bot.training.evaluate import table

    found = evaluate_(directory, Corpus.load(data)).figures
    if not as_json:
        console().print(table(found))
        return
    for figure in found:
        click.echo(figure.model_dump_json(exclude_defaults=True))

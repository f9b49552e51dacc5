"""Commands that ask the classifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.cli.common import console, fails_clearly, settings


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
@click.option("--json", "as_json", is_flag=True, help="One JSON object per figure and line.")
@fails_clearly
def evaluate(data: Path | None, as_json: bool) -> None:
    """Measure the classifier again on everything that is held out, as its card was."""
    from bot.app.resources import resources
    from bot.training.corpus import Corpus
    from bot.training.evaluate import evaluate as evaluate_
    from bot.training.evaluate import table

    directory = settings().model or resources("reader") / "model"
    found = evaluate_(directory, Corpus.load(data)).figures
    if not as_json:
        console().print(table(found))
        return
    for figure in found:
        click.echo(figure.model_dump_json(exclude_defaults=True))

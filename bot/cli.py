"""The command line. Each command is a few lines into the rooms below."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from bot import settings as settings_
from bot.errors import SettingsError, WhoSaysError
from bot.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

USAGE_ERROR = 2
"""Exit status for what whoever types the command has to put right."""

PIPE_WIDTH = 240
"""Characters of a line where there is no terminal to say how many fit."""


def _settings() -> Settings:
    return settings_.load()


def _fails_clearly(command: F) -> F:
    """Turn the project's errors into one line on standard error and an exit status."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except WhoSaysError as error:
            click.echo(f"whosays: {error}", err=True)
            sys.exit(USAGE_ERROR if isinstance(error, SettingsError) else 1)

    return wrapped  # type: ignore[return-value] # the same signature, seen through


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="whosays")
def main() -> None:
    """Show passages from the news and ask who says so."""


@main.command()
@click.option("--set", "quiz_set", default="", help="Play this set instead of a mixed round.")
@click.option("--seed", type=int, help="Play the same round every time, as somebody new.")
@click.option("--size", type=click.IntRange(1, 50), help="Questions in the round.")
@_fails_clearly
def play(quiz_set: str, seed: int | None, size: int | None) -> None:
    """Play a round in the terminal, with no token and no network.

    From a pipe, each line is one answer: the number of a button, its words, or a typed answer.
    """
    from dataclasses import replace

    from bot.app.play import play as play_
    from bot.operate import logs

    settings = _settings()
    logs.configure("WARNING", as_json=settings.log_json)
    if size is not None:
        settings = replace(settings, round_size=size)
    asyncio.run(
        play_(
            settings,
            quiz_set=quiz_set,
            seed=seed,
            stream=sys.stdin,
            console=Console(),
            interactive=sys.stdin.isatty(),
            folder=Path.cwd(),
        )
    )


@main.command()
@_fails_clearly
def run() -> None:
    """Serve Telegram by long polling. Needs WHOSAYS_TOKEN."""
    from bot.app.serve import run_until_stopped
    from bot.operate import logs

    settings = _settings()
    token = settings.require_token()
    logs.configure(settings.log_level, as_json=settings.log_json, secret=token)
    run_until_stopped(settings)


@main.command()
@_fails_clearly
def health() -> None:
    """Say whether the running bot shows life; exit status 1 when it does not."""
    from bot.operate.pulse import STALE, last_beat

    age = last_beat(_settings().data)
    if age is None or age > STALE:
        click.echo("whosays: the bot shows no sign of life", err=True)
        sys.exit(1)
    click.echo(f"alive, {age:.0f} s ago")


@main.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
@click.option("--jsonl", is_flag=True, help='Read {"text", "context"?} per line, write JSON.')
@_fails_clearly
def read(file: Any, jsonl: bool) -> None:
    """Print how the classifier reads a text, sentence by sentence."""
    from bot.app.resources import resources
    from bot.operate.readings import print_readings
    from bot.reader.reader import Reader
    from bot.reader.records import read_lines, read_text

    reader = Reader.load(_settings().model or resources("reader") / "model")
    if jsonl:
        for record in read_lines(reader, file):
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    print_readings(Console(), read_text(reader, file.read()))


@main.command()
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
@click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    expose_value=False,
    help='Read {"context", "target", "kind", "answer"} per line, write JSON.',
)
@_fails_clearly
def judge(file: Any) -> None:
    """Print how the classifier judges reasons for the kind of a sentence."""
    from bot.app.resources import resources
    from bot.reader.reader import Reader
    from bot.reader.records import judge_lines

    reader = Reader.load(_settings().model or resources("reader") / "model")
    for record in judge_lines(reader, file):
        click.echo(json.dumps(record, ensure_ascii=False))


@main.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the public sets that the card names.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per figure and line.")
@_fails_clearly
def evaluate(data: Path | None, as_json: bool) -> None:
    """Measure the classifier again on everything that is held out, as its card was."""
    from bot.app.resources import resources
    from bot.training.corpus import Corpus
    from bot.training.evaluate import evaluate as evaluate_
    from bot.training.evaluate import table

    directory = _settings().model or resources("reader") / "model"
    found = evaluate_(directory, Corpus.load(data)).figures
    if not as_json:
        Console(width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table(found))
        return
    for figure in found:
        click.echo(figure.model_dump_json(exclude_defaults=True))


@main.group()
def sets() -> None:
    """Work with quiz-set files."""


@sets.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@_fails_clearly
def check(files: tuple[Path, ...]) -> None:
    """Check quiz-set files; print what each can balance, or every error in it."""
    from bot.operate.setfiles import check as check_

    if not check_(files, click.echo, partial(click.echo, err=True)):
        sys.exit(1)


@sets.command()
@click.argument(
    "source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument("target", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace OUT where it is there already.")
@_fails_clearly
def convert(source: Path, target: Path, force: bool) -> None:
    """Convert a quiz-set file into another format; the endings of the names say which.

    Endings: yaml, yml, csv, jsonl, gift (Moodle), h5p, and txt for bare Mark the Words. What OUT
    cannot hold is told on standard error.
    """
    from bot.operate.setfiles import convert as convert_

    convert_(source, target, partial(click.echo, err=True), force=force)


@sets.command()
def schema() -> None:
    """Print the JSON Schema of the YAML format, for editors that complete and check."""
    from bot.sets import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@sets.command()
def template() -> None:
    """Print a small set as CSV, to be filled in a spreadsheet."""
    from bot.sets.template import template as template_

    click.echo(template_(), nl=False)


@main.command()
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--learner", type=int, help="Of this learner only.")
@click.option("--open", "only_open", is_flag=True, help="Only what waits for a person.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@_fails_clearly
def log(last: int, learner: int | None, only_open: bool, as_json: bool) -> None:
    """Print the newest rows of the score log, the oldest of them first."""
    from bot.operate.scorelog import print_rows
    from bot.store.database import Store
    from bot.store.log import tail

    with Store(_settings().database) as store:
        rows = tail(store.reader, last, learner, only_open=only_open)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    # A pipe has no edge to wrap at: a row of the log stays one line.
    print_rows(Console(width=None if sys.stdout.isatty() else PIPE_WIDTH), rows)

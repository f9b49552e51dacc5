"""Commands for quiz-set files."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import click

from bot.cli.common import fails_clearly, opened, settings


@click.group()
def sets() -> None:
    """Work with quiz-set files."""


@sets.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@fails_clearly
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
@fails_clearly
def convert(source: Path, target: Path, force: bool) -> None:
    """Convert a quiz-set file into another format; the endings of the names say which.

    Endings: yaml, yml, csv, jsonl, gift (Moodle), h5p, and txt for bare Mark the Words. What OUT
    cannot hold is told on standard error.
    """
    from bot.operate.setfiles import convert as convert_

    convert_(source, target, partial(click.echo, err=True), force=force)


@sets.command()
@click.argument("article", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--size", type=click.IntRange(1, 100), default=16, show_default=True, help="Questions."
)
@click.option("--title", default="", help="Of the article; else what the file says.")
@click.option("--author", default="", help="Who wrote it.")
@click.option("--publisher", default="", help="Where it appeared.")
@click.option("--date", default="", help="When, as YYYY-MM-DD, or in words.")
@click.option("--url", default="", help="Where it can be read.")
@click.option("--language", default="en", show_default=True, help="Of the text, in two letters.")
@fails_clearly
def draft(article: Path, size: int, language: str, **stated: str) -> None:
    """Draft a set from an article: YAML on standard output, with marks where a person must look.

    Articles are read from txt, md, html, docx and pdf files. Nothing is published. What is not
    stated of where an article is from is asked for on standard error.
    """
    from bot.app.resources import load_texts, resources
    from bot.operate.drafts import draft as draft_
    from bot.reader.reader import Reader

    reader = Reader.load(settings().model or resources("reader") / "model")
    warn = partial(click.echo, err=True)
    drafted = draft_(article, reader.read_many, load_texts(), size, stated, language, warn)
    click.echo(drafted, nl=False)


@sets.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unlisted", is_flag=True, help="Only for classes that it is pushed to.")
@fails_clearly
def publish(file: Path, unlisted: bool) -> None:
    """Publish a quiz-set file; one that is published already gets a new version."""
    from bot.app.resources import now
    from bot.operate.setfiles import publish as publish_

    with opened() as store:
        publish_(store, file, now(), click.echo, partial(click.echo, err=True), listed=not unlisted)


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

"""The command that reads the score log."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import click

from bot.cli import options
from bot.cli.common import console, ending_with_the_pipe, fails_clearly, opened, pipe_is_open
from bot.quiz.labels import Verdict

POLL = 1.0
"""Seconds between two looks at the log while it is followed."""


@click.command()
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--learner", type=int, help="Of this learner only.")
@options.of_set
@click.option(
    "--verdict", type=click.Choice([one.value for one in Verdict]), help="With this one only."
)
@options.since
@options.until
@click.option("--open", "only_open", is_flag=True, help="Only what waits for a person.")
@click.option("--follow", is_flag=True, help="Go on with new rows as they come.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@fails_clearly
def log(last: int, verdict: str | None, follow: bool, as_json: bool, **chosen: Any) -> None:
    """Print the newest rows of the score log, the oldest of them first."""
    from bot.operate import scorelog
    from bot.store.filters import EVERYTHING, Filter
    from bot.store.logbook import newest, tail

    if follow and chosen["until"]:
        raise click.UsageError("--follow has no end, so it goes without --until")
    meant = Filter(verdict=Verdict(verdict) if verdict else None, **chosen)
    with opened() as store:
        scorelog.check_set(store, meant.slug)
        show = _show_json(store) if as_json else _show_rows()
        if follow:
            with ending_with_the_pipe():
                for rows in scorelog.follow(store, meant, last, _wait):
                    show(rows)
            return
        rows = tail(store.reader, last, meant)
        if rows or as_json:
            show(rows)
        elif meant == EVERYTHING or not newest(store.reader):
            click.echo("The score log is empty.")
        else:
            click.echo("No row of the score log is like that.")


def _show_json(store: Any) -> Callable[[list[dict[str, Any]]], None]:
    """Return what prints rows as JSON Lines."""
    from bot.operate.scorelog import with_shown

    def show(rows: list[dict[str, Any]]) -> None:
        for row in with_shown(store, rows):
            click.echo(json.dumps(row, ensure_ascii=False))

    return show


def _show_rows() -> Callable[[list[dict[str, Any]]], None]:
    """Return what prints rows for people; the head of the table comes once."""
    from bot.operate.scorelog import print_rows

    heads = iter([True])
    screen = console()
    return lambda rows: print_rows(screen, rows, head=next(heads, False))


def _wait() -> bool:
    time.sleep(POLL)
    return pipe_is_open()

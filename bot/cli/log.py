"""Commands that read the score log."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from bot.cli.common import console, ending_with_the_pipe, fails_clearly, pipe_is_open, settings
from bot.quiz.labels import Verdict

POLL = 1.0
"""Seconds between two looks at the log while it is followed."""


class _When(click.ParamType[datetime]):
    """A time behind us; of a day its beginning, or its end."""

    name = "when"

    def __init__(self, *, end: bool = False) -> None:
        self._end = end

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the moment that is meant, in UTC."""
        from bot.app.resources import now
        from bot.operate.times import FORMS, read_past

        if isinstance(value, datetime):
            return value
        found = read_past(value, now())
        if found is None:
            self.fail(f"{value!r} is no time; one is {FORMS}", param, ctx)
        return found.end if self._end else found.start


_SINCE = click.option(
    "--since", type=_When(), metavar="WHEN", help='Since when: "2026-03-02", "yesterday", "3h".'
)
_UNTIL = click.option(
    "--until", type=_When(end=True), metavar="WHEN", help="Until when; a day is included."
)
_SET = click.option("--set", "slug", default="", metavar="SET", help="Of this set only.")


@click.command()
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--learner", type=int, help="Of this learner only.")
@_SET
@click.option(
    "--verdict", type=click.Choice([one.value for one in Verdict]), help="With this one only."
)
@_SINCE
@_UNTIL
@click.option("--open", "only_open", is_flag=True, help="Only what waits for a person.")
@click.option("--follow", is_flag=True, help="Go on with new rows as they come.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@fails_clearly
def log(last: int, verdict: str | None, follow: bool, as_json: bool, **chosen: Any) -> None:
    """Print the newest rows of the score log, the oldest of them first."""
    from bot.operate import scorelog
    from bot.store.database import Store
    from bot.store.filters import EVERYTHING, Filter
    from bot.store.logbook import newest, tail

    if follow and chosen["until"]:
        raise click.UsageError("--follow has no end, so it goes without --until")
    meant = Filter(verdict=Verdict(verdict) if verdict else None, **chosen)
    with Store(settings().database) as store:
        scorelog.check_set(store, meant.slug)
        show = _show_json(store) if as_json else _show_rows(head=follow)
        if not follow:
            rows = tail(store.reader, last, meant)
            if not rows and not as_json:
                empty = meant == EVERYTHING or not newest(store.reader)
                told = (
                    "The score log is empty." if empty else "No row of the score log is like that."
                )
                click.echo(told)
                return
            show(rows)
            return
        with ending_with_the_pipe():
            for rows in scorelog.follow(store, meant, last, _wait):
                show(rows)


def _show_json(store: Any) -> Callable[[list[dict[str, Any]]], None]:
    """Return what prints rows as JSON Lines."""
    from bot.operate.scorelog import with_shown

    def show(rows: list[dict[str, Any]]) -> None:
        for row in with_shown(store, rows):
            click.echo(json.dumps(row, ensure_ascii=False))

    return show


def _show_rows(*, head: bool) -> Callable[[list[dict[str, Any]]], None]:
    """Return what prints rows for people; the head of the table comes once."""
    from bot.operate.scorelog import print_rows

    heads = iter([True])
    screen = console()
    return lambda rows: print_rows(screen, rows, head=next(heads, False))


def _wait() -> bool:
    time.sleep(POLL)
    return pipe_is_open()

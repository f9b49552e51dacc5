"""The command that counts the score log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from bot.cli import options
from bot.cli.common import console, fails_clearly, opened


@click.command()
@options.of_set
@options.since
@options.until
@click.option("--json", "as_json", is_flag=True, help="All figures as one JSON object.")
@click.option(
    "--png",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the figures into this file, and print nothing.",
)
@fails_clearly
def stats(as_json: bool, png: Path | None, **chosen: Any) -> None:
    """Count the score log: learners, verdicts, doubts, times, the machine against the keys."""
    from bot.app.resources import now
    from bot.operate import statistics
    from bot.operate.scorelog import check_set
    from bot.store.filters import Filter

    meant = Filter(**chosen)
    with opened() as store:
        check_set(store, meant.slug)
        found = statistics.of_log(store.reader, meant, now())
    if png:
        statistics.draw(png, found)
    elif as_json:
        click.echo(json.dumps(statistics.to_record(found), ensure_ascii=False))
    else:
        statistics.print_statistics(console(), found)

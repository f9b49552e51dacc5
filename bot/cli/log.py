"""Commands that read the score log."""

from __future__ import annotations

import json

import click

from bot.cli.common import console, fails_clearly, settings


@click.command()
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--learner", type=int, help="Of this learner only.")
@click.option("--open", "only_open", is_flag=True, help="Only what waits for a person.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@fails_clearly
def log(last: int, learner: int | None, only_open: bool, as_json: bool) -> None:
    """Print the newest rows of the score log, the oldest of them first."""
    from bot.operate.scorelog import print_rows
    from bot.store.database import Store
    from bot.store.log import tail

    with Store(settings().database) as store:
        rows = tail(store.reader, last, learner, only_open=only_open)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    print_rows(console(), rows)

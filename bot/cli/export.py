"""The command that exports the score log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.cli import options
from bot.cli.common import fails_clearly, opened

_ENDINGS = ("csv", "jsonl", "parquet")


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(_ENDINGS),
    help="Which; else what the ending of FILE says, else csv.",
)
@click.option(
    "--to",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; else to standard output.",
)
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@click.option("--with-text", is_flag=True, help="With what learners typed.")
@options.of_set
@options.since
@options.until
@click.option("--columns", "explain", is_flag=True, help="Only say what the columns are.")
@fails_clearly
def export(
    format_: str | None, to: Path | None, force: bool, with_text: bool, explain: bool, **chosen: Any
) -> None:
    """Export the score log as CSV, JSON Lines or Parquet, without identities."""
    from bot.operate import export as export_
    from bot.operate.scorelog import check_set
    from bot.store.filters import Filter

    if explain:
        click.echo(export_.document(), nl=False)
        return
    ending = to.suffix[1:].lower() if to else ""
    wanted = export_.Format(format_ or (ending if ending in _ENDINGS else "csv"))
    if to is None and wanted is export_.Format.PARQUET and sys.stdout.isatty():
        raise click.UsageError("Parquet is nothing to read on a screen: name a file with --to")
    meant = Filter(**chosen)
    with opened() as store:
        check_set(store, meant.slug)
        target = export_.saved(to, force=force) if to else nullcontext(sys.stdout.buffer)
        with target as stream, _progress(shown=to is not None or not sys.stdout.isatty()) as told:
            done = export_.export(
                store.reader,
                meant,
                wanted,
                stream,
                with_text=with_text,
                is_file=to is not None,
                progress=told,
            )
            stream.flush()
    if to:
        click.echo(f"{done:,} answers in {to}", err=True)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield what moves a bar on standard error, if that is a terminal and the rows go elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    screen = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    quiet = not (shown and screen.is_terminal)
    with Progress(*columns, console=screen, disable=quiet, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)

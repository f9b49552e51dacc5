"""Commands that look after a bot and its data."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

import click

from bot.cli.common import console, fails_clearly, opened, settings


@click.command()
@click.option("--live", is_flag=True, help="Only whether the bot runs and its data can be read.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@fails_clearly
def doctor(live: bool, as_json: bool) -> None:
    """Check everything that a bot needs, and say what to do about what is wrong.

    Exit status 1 when something is failing, 2 for settings that cannot be read, else 0.
    """
    from bot.operate.doctor import State, print_lines

    chosen = settings()
    if live:
        from bot.operate.doctor.data import alive

        lines = alive(chosen.data, chosen.database)
    else:
        from bot.app.examine import everything
        from bot.app.resources import now

        lines = list(everything(chosen, now()))
    if as_json:
        for line in lines:
            click.echo(json.dumps(line.record(), ensure_ascii=False))
    else:
        print_lines(console(), lines)
    if any(line.state is State.FAILING for line in lines):
        sys.exit(1)


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Another folder than usual.")
@click.option("--keep", type=click.IntRange(1), help="How many backups stay there.")
@fails_clearly
def backup(folder: Path | None, keep: int | None) -> None:
    """Copy the database while the bot runs, verified; the oldest backups are given up.

    `whosays run` does the same every WHOSAYS_BACKUP_EVERY hours.
    """
    from bot.app.resources import now
    from bot.operate import backup as backups

    chosen = settings()
    folder, keep = folder or chosen.backups, keep or chosen.backup_keep
    made = backups.make(chosen.database, folder, now(), keep)
    left = len(backups.everything(folder))
    click.echo(f"{made.path}: {made.size / 1e6:.1f} MB, verified; {left} of at most {keep} kept")


@click.command()
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option("--latest", is_flag=True, help="The newest backup there is.")
@click.option("--force", is_flag=True, help="Replace the database; a copy of it is kept.")
@fails_clearly
def restore(file: Path | None, latest: bool, force: bool) -> None:
    """Put a backup in the place of the database. Stop the bot first.

    Without FILE, lists the backups there are.
    """
    from bot.app.resources import now
    from bot.errors import BackupError
    from bot.operate import backup as backups

    chosen = settings()
    there = backups.everything(chosen.backups)
    if not (file or there):
        raise BackupError(f"There are no backups in {chosen.backups}")
    if file is None and latest:
        file = there[0].path
    if file is None:
        for one in there:
            click.echo(f"{one.path}: {one.at:%Y-%m-%d %H:%M} UTC, {one.size / 1e6:.1f} MB")
        return
    done = backups.restore(file, chosen.database, chosen.backups, now(), force=force)
    click.echo(f"{chosen.database} is now {file}.")
    if done.kept:
        click.echo(f"What it was before is kept as {done.kept}.")
    if done.forgotten:
        click.echo(f"Forgotten again, as they had asked since: {done.forgotten}.")


@click.command()
@click.option("--days", type=click.IntRange(1), help="Older than these; else WHOSAYS_KEEP_DAYS.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@fails_clearly
def prune(days: int | None, dry_run: bool) -> None:
    """Remove identities of people long silent and what was typed long ago. Scores stay.

    `whosays run` does it daily where WHOSAYS_KEEP_DAYS is set. Who teaches or operates stays.
    """
    from bot.app.resources import now
    from bot.operate.retention import count, prune_now
    from bot.operate.review.snapshot import NAME

    days = days or settings().keep_days
    if not days:
        raise click.UsageError("say --days N, or set WHOSAYS_KEEP_DAYS; 0 keeps all for ever")
    before = now() - timedelta(days=days)
    with opened() as store:
        found = count(store, before) if dry_run else prune_now(store, before)
    click.echo(
        f"{'Would remove' if dry_run else 'Removed'}: {found.identities} identities,"
        f" {found.texts} typed texts, {found.leftovers} drafts, invitations and old messages."
    )
    if (settings().data / NAME).exists() and not dry_run:
        click.echo(f"{NAME} has its own copy: whosays review --build-only brings it up to date.")

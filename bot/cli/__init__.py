"""The command line. Each command is a few lines into the rooms below."""

from __future__ import annotations

import click

from bot.cli import (
    care,
    export,
    log,
    model,
    people,
    push,
    results,
    review,
    serving,
    sets,
    stats,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="whosays")
def main() -> None:
    """Show passages from the news and ask who says so."""


for command in (
    serving.play,
    serving.run,
    serving.settings_,
    care.doctor,
    care.backup,
    care.restore,
    care.prune,
    model.read,
    model.judge,
    model.evaluate,
    sets.sets,
    people.class_,
    people.grant,
    results.results,
    results.regrade,
    log.log,
    stats.stats,
    export.export,
    review.review,
    push.push,
):
    main.add_command(command)

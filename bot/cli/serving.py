"""Commands that run the bot, and say whether it runs."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click
from rich.console import Console

from bot.cli.common import console, fails_clearly, settings


@click.command()
@click.option("--set", "quiz_set", default="", help="Play this set instead of a mixed round.")
@click.option("--seed", type=int, help="Play the same round every time, as somebody new.")
@click.option(
    "--as",
    "role",
    type=click.Choice(["learner", "instructor", "operator"]),
    default="learner",
    show_default=True,
    help="Play as somebody with this role; all but learners are asked nothing at the start.",
)
@click.option("--size", type=click.IntRange(1, 50), help="Questions in the round.")
@fails_clearly
def play(quiz_set: str, seed: int | None, role: str, size: int | None) -> None:
    """Play a round in the terminal, with no token and no network.

    From a pipe, each line is one answer: the number of a button, its words, or a typed answer.
    """
    from dataclasses import replace

    from bot.app.play import play as play_
    from bot.operate import logs
    from bot.store.roles import Role

    chosen = settings()
    logs.configure("WARNING", as_json=chosen.log_json)
    if size is not None:
        chosen = replace(chosen, round_size=size)
    asyncio.run(
        play_(
            chosen,
            quiz_set=quiz_set,
            seed=seed,
            role=Role(role),
            stream=sys.stdin,
            console=Console(),
            interactive=sys.stdin.isatty(),
            folder=Path.cwd(),
        )
    )


@click.command()
@fails_clearly
def run() -> None:
    """Serve Telegram. Needs WHOSAYS_TOKEN.

    Asks Telegram for updates (long polling); with WHOSAYS_WEBHOOK_URL, Telegram brings them.
    """
    from bot.app.serve import run_until_stopped
    from bot.operate import logs

    chosen = settings()
    token = chosen.require_token()
    logs.configure(chosen.log_level, as_json=chosen.log_json, secret=token)
    run_until_stopped(chosen)


@click.command("settings")
@fails_clearly
def settings_() -> None:
    """Print every setting as it is in effect, secrets hidden."""
    from rich.table import Table

    from bot.settings.table import in_effect

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("setting", "value", "what it is"):
        table.add_column(name)
    for row in in_effect(settings()):
        table.add_row(*row)
    console().print(table)

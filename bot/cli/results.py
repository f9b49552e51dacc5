"""Commands about what classes answered, and about grading it again."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.common import console, fails_clearly, opened

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("name", metavar="CLASS")
@click.option("--learners", "questions", flag_value=False, default=False, help="By learner.")
@click.option("--questions", "questions", flag_value=True, help="By question.")
@click.option("--csv", type=_FILE, help="Write all answers to this file, and print nothing.")
@click.option("--jsonl", type=_FILE, help="The same as JSON Lines.")
@click.option("--with-identities", is_flag=True, help="With Telegram ids in the files.")
@fails_clearly
def results(
    name: str, questions: bool, csv: Path | None, jsonl: Path | None, with_identities: bool
) -> None:
    """Print what a class answered, or write it to files. CLASS is its number, code or name."""
    from bot.operate import results as results_

    with opened() as store:
        book = results_.open_book(store, name)
        if csv or jsonl:
            results_.write_files(store, book, csv, jsonl, identities=with_identities)
            return
        show = results_.print_questions if questions else results_.print_learners
        show(console(), book)


@click.command()
@click.argument("slug", metavar="SET")
@click.option("--apply", "applied", is_flag=True, help="Do it; otherwise nothing is changed.")
@click.option("--may-lower", is_flag=True, help="Let scores fall too.")
@click.option("--undo", "undone", is_flag=True, help="Let the grades before the last one stand.")
@fails_clearly
def regrade(slug: str, applied: bool, may_lower: bool, undone: bool) -> None:
    """Print what a set's newest keys would change in answers that were given, or change it.

    The grades before stay in the log. Nobody is told; in the chat, /regrade tells those who
    disagreed.
    """
    from bot.app.resources import now
    from bot.operate import regrades

    with opened() as store:
        if undone:
            regrades.undo(store, slug, now(), click.echo)
            return
        plan = regrades.print_plan(console(), store, slug, lower=may_lower)
        if applied:
            regrades.apply(store, slug, plan, now(), click.echo)

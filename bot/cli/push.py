"""Commands that push sets to classes."""

from __future__ import annotations

from typing import Any

import click

from bot.cli.common import console, fails_clearly, opened
from bot.quiz.labels import Kind
from bot.quiz.options import LEAST_KINDS, SECONDS, SIZE, Feedback, Options, Order


class _PushesByDefault(click.Group):
    """A group whose first word is a set, unless it is the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["set", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_PushesByDefault)
def push() -> None:
    """Push a set to a class: `push SET CLASS`; list and cancel pushes.

    Nothing is sent from here: the push is written down, and the running bot sends it.
    """


@push.command("set")
@click.argument("slug", metavar="SET")
@click.argument("class_name", metavar="CLASS")
@click.option("--at", default="", help='When, as "tomorrow 9:00", in the class\'s time zone.')
@click.option("--deadline", default="", help="Until when, in the same words.")
@click.option("--remind", type=click.IntRange(1), help="Hours before the deadline to remind.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in Kind]),
    help="Offer it.",
)
@click.option("--deferred", is_flag=True, help="Verdicts after the last question.")
@click.option("--first-counts", is_flag=True, help="No second round.")
@click.option("--over-marking-is-free", is_flag=True, help="Marking too much costs nothing.")
@click.option("--seconds", type=click.IntRange(*SECONDS), help="Time for each question.")
@click.option("--fixed", is_flag=True, help="Questions in the order of the file.")
@click.option("--size", type=click.IntRange(*SIZE), help="Number of questions.")
@fails_clearly
def to_class(slug: str, class_name: str, at: str, deadline: str, **chosen: Any) -> None:
    """Push SET to CLASS (its code, number or name), at once or at a time."""
    from bot.app.resources import now
    from bot.operate.pushing import write_push

    kinds = tuple(Kind(kind) for kind in chosen["kinds"])
    if kinds and len(set(kinds)) < LEAST_KINDS:
        raise click.UsageError(f"--kind: name at least {LEAST_KINDS} kinds, or none for all")
    options = Options(
        kinds=kinds,
        feedback=Feedback.DEFERRED if chosen["deferred"] else Feedback.IMMEDIATE,
        retry=not chosen["first_counts"],
        over_costs=not chosen["over_marking_is_free"],
        seconds=chosen["seconds"],
        order=Order.FIXED if chosen["fixed"] else Order.COMPOSED,
        size=chosen["size"],
    )
    with opened() as store:
        times = (at, deadline, chosen["remind"])
        click.echo(write_push(store, slug, class_name, options, times, now()))


@push.command("list")
@fails_clearly
def list_() -> None:
    """Print all pushes and how far each has come."""
    from bot.operate.pushing import print_pushes

    with opened() as store:
        print_pushes(console(), store)


@push.command("cancel")
@click.argument("number", metavar="PUSH", type=click.IntRange(1))
@fails_clearly
def cancel(number: int) -> None:
    """Stop a push that is not through; what was sent of it stays sent."""
    from bot.operate.pushing import cancel as cancel_

    with opened() as store:
        cancel_(store, number)

"""Commands about who may do what, and about classes."""

from __future__ import annotations

import json

import click

from bot.cli.common import console, fails_clearly, opened


@click.command()
@click.argument("role", type=click.Choice(["operator", "instructor"]))
@fails_clearly
def grant(role: str) -> None:
    """Print a code that gives a role, once: whoever sends it to the bot first has it."""
    from bot.app.resources import now
    from bot.operate.people import grant as grant_
    from bot.store.roles import Role

    with opened() as store:
        click.echo(grant_(store, Role(role), now()))


@click.group(name="class")
def class_() -> None:
    """Work with classes."""


@class_.command()
@click.argument("name")
@click.option("--zone", default="UTC", show_default=True, help="Its time zone, by IANA name.")
@fails_clearly
def new(name: str, zone: str) -> None:
    """Make a class and print the code to join it."""
    from bot.app.resources import now
    from bot.operate.people import new_class

    with opened() as store:
        made = new_class(store, name, zone, now())
    click.echo(f"{made.name}: learners join with /join {made.code}")


@class_.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per class and line.")
@fails_clearly
def list_(as_json: bool) -> None:
    """Print the classes with their codes and how many learn in them."""
    from bot.operate.people import class_records, print_classes

    with opened() as store:
        records = class_records(store)
    if not as_json:
        print_classes(console(), records)
        return
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))

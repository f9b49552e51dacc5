"""Roles and classes from the shell; the same teaching code as in the chat."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table

from bot.errors import ClassError
from bot.store import classes, roles
from bot.store.classes import Class
from bot.store.database import Store
from bot.store.roles import Role
from bot.teaching import classes as teaching
from bot.teaching.invitations import LIFETIME, invitation
from bot.teaching.names import clean_name


def grant(store: Store, role: Role, now: datetime) -> str:
    """Make an invitation to a role and return the line that takes it up."""
    made = invitation(role, None, None, now, secrets.token_urlsafe)
    store.write_now(lambda db: roles.invite(db, made.key, made.invitation))
    return f"Send the bot this within {LIFETIME.days} days to become its {role}:  /claim {made.key}"


def first_code(store: Store, now: datetime) -> str | None:
    """Return the line with which the first operator takes over; None where there is one."""
    return None if roles.holders(store.reader, Role.OPERATOR) else grant(store, Role.OPERATOR, now)


def new_class(store: Store, name: str, zone: str, now: datetime) -> Class:
    """Make a class that operators teach until they invite others; ClassError for a bad name."""
    clean = clean_name(name, teaching.LONGEST_NAME)
    if clean is None:
        raise ClassError(f"a class needs a name of 1 to {teaching.LONGEST_NAME} characters")
    if not teaching.known_zone(zone):
        raise ClassError(f"{zone!r} is no time zone: a name such as Europe/Kyiv")
    made = Class(0, clean, teaching.free_code(store.reader, secrets.choice), zone)
    store.write_now(lambda db: teaching.create(db, made, None, now))
    return made


def class_records(store: Store) -> list[dict[str, object]]:
    """Return the classes, JSON-able, the oldest first."""
    return [
        {
            "class": one.id,
            "name": one.name,
            "code": one.code,
            "zone": one.zone,
            "members": len(classes.members(store.reader, one.id)),
        }
        for one in classes.everything(store.reader)
    ]


def print_classes(console: Console, records: Sequence[dict[str, object]]) -> None:
    """Print the classes as a table, or that there is none."""
    if not records:
        console.print("no class yet: whosays class new NAME")
        return
    table = Table(*records[0])
    for record in records:
        table.add_row(*(str(value) for value in record.values()))
    console.print(table)

"""Options that several commands share: which part of the score log is meant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click


class _When(click.ParamType[datetime]):
    """A time behind us; of a day its beginning, or its end."""

    name = "when"

    def __init__(self, *, end: bool = False) -> None:
        self._end = end

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the moment that is meant, in UTC."""
        from bot.app.resources import now
        from bot.operate.times import FORMS, read_past

        if isinstance(value, datetime):
            return value
        found = read_past(value, now())
        if found is None:
            self.fail(f"{value!r} is no time; one is {FORMS}", param, ctx)
        return found.end if self._end else found.start


since = click.option(
    "--since", type=_When(), metavar="WHEN", help='Since when: "2026-03-02", "yesterday", "3h".'
)
until = click.option(
    "--until", type=_When(end=True), metavar="WHEN", help="Until when; a day is included."
)
of_set = click.option("--set", "slug", default="", metavar="SET", help="Of this set only.")

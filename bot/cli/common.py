"""What every command shares: settings, and errors as one line with an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from rich.console import Console

from bot import settings as settings_
from bot.errors import SettingsError, WhoSaysError
from bot.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

USAGE_ERROR = 2
"""Exit status for what whoever types the command has to put right."""

PIPE_WIDTH = 240
"""Characters of a line where there is no terminal to say how many fit."""


def settings() -> Settings:
    """Return the settings of this process; SettingsError for one that cannot be used."""
    return settings_.load()


def console() -> Console:
    """Return where tables go: a pipe has no edge to wrap at, so a row of one stays a line."""
    return Console(width=None if sys.stdout.isatty() else PIPE_WIDTH)


def fails_clearly(command: F) -> F:
    """Turn the project's errors into one line on standard error and an exit status."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except WhoSaysError as error:
            click.echo(f"whosays: {error}", err=True)
            sys.exit(USAGE_ERROR if isinstance(error, SettingsError) else 1)

    return wrapped  # type: ignore[return-value] # the same signature, seen through

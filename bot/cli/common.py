"""What every command shares: settings, and errors as one line with an exit status."""

from __future__ import annotations

import errno
import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console

from bot import settings as settings_
from bot.errors import SettingsError, WhoSaysError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.database import Store

F = TypeVar("F", bound=Callable[..., Any])

USAGE_ERROR = 2
"""Exit status for what whoever types the command has to put right."""

PIPE_WIDTH = 240
"""Characters of a line where there is no terminal to say how many fit."""


def settings() -> Settings:
    """Return the settings of this process; SettingsError for one that cannot be used."""
    return settings_.load()


class _Screen(Console):
    """A console that leaves a closed pipe to its caller, where rich would end the process."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def opened() -> Store:
    """Return the store of this process, open; StoreError when it cannot be opened."""
    from bot.store.database import Store

    chosen = settings()
    return Store(chosen.database, chosen.backups)


def console() -> Console:
    """Return where tables go: a pipe has no edge to wrap at, so a row of one stays a line."""
    return _Screen(width=None if sys.stdout.isatty() else PIPE_WIDTH)


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


@contextmanager
def ending_with_the_pipe() -> Iterator[None]:
    """Run something endless that ends well when it is interrupted, or nobody reads it any more."""
    try:
        yield
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:
        # What is still buffered has nowhere to go, and must not fail once more at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def pipe_is_open() -> bool:
    """Whether somebody still reads standard output, as far as this system tells."""
    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    try:
        poll.register(sys.stdout, 0)
    except (OSError, ValueError):  # standard output is no file, as in tests
        return True
    return not any(event & select.POLLERR for _, event in poll.poll(0))

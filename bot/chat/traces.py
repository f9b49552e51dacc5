"""One id for all that is logged about one thing, and what is told of a handled update.

Nothing that says who wrote, or what, belongs in either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import structlog
from telegram import Update

from bot.chat.event import command_of
from bot.chat.turns import Grading

TRACE = "trace"
"""Under this name the id stands in every line of the log."""

_BITS = 32
"""Random bits of an id: enough to tell two tries at one update, or two rounds of a push, apart."""


class Outcome(StrEnum):
    """What came of an update.

    `UNSENT` answers are tried again later, a `KEPT` update at the next start.
    """

    ANSWERED = "answered"
    SILENT = "silent"
    FAILED = "failed"
    UNSENT = "unsent"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Handled:
    """One update that was handled: what it was, by its form, and how long that took in seconds.

    `seconds` is until its effects were on disk, `sending` what its answers took after that.
    """

    what: str
    outcome: Outcome
    seconds: float
    sending: float
    gradings: tuple[Grading, ...] = ()


@contextmanager
def traced(about: object, new_id: Callable[[int], int]) -> Iterator[None]:
    """Put one id into every line that is logged in the block, in its tasks and its threads."""
    with structlog.contextvars.bound_contextvars(**{TRACE: f"{about}-{new_id(_BITS):08x}"}):
        yield


def form_of(update: Update) -> str:
    """Return what an update is by its form: a press, a command, a document, a text, or other."""
    message = update.message
    if update.callback_query is not None:
        return "press"
    if message is None:
        return "other"
    if message.document is not None:
        return "document"
    if message.text is None:
        return "other"
    return "command" if command_of(message.text) else "text"

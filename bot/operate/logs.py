"""Structured logs on standard error, without the token and without what anybody typed.

What is logged at INFO and above names no person and quotes none. An error may quote: so while an
update is handled only its type and its place are told, unless its text is known to be safe.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import structlog

from bot.errors import ReaderError, StoreError, TextError
from bot.store.calls import UndeliveredError

REDACTED = "<token>"

TRACED = "trace"
"""The key of lines about one update or one round of deliveries."""

WITHHELD = "(its text may quote somebody; WHOSAYS_LOG_LEVEL=DEBUG shows it)"

_TELLING = (OSError, sqlite3.Error, StoreError, ReaderError, TextError, UndeliveredError)
"""Errors whose texts speak of the machine and of the project's own files alone."""

Event = MutableMapping[str, Any]


def configure(level: str, *, as_json: bool, secret: str = "") -> None:
    """Send the project's logs and those of its libraries through one formatter.

    `secret` is replaced wherever it stands in a rendered line, tracebacks included.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *([] if level == "DEBUG" else [discreet]),
            *([structlog.processors.format_exc_info] if as_json else []),
            _rendered(as_json=as_json, secret=secret),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # The library's own chatter names request URLs; what goes wrong is logged by the transport.
    logging.getLogger("telegram").setLevel(logging.WARNING)
    logging.getLogger("aiohttp").setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def discreet(_logger: Any, _name: str, event: Event) -> Event:
    """Put an error of a traced line as its types and places; see the module's docstring."""
    given = event.get("exc_info")
    if not given or TRACED not in event:
        return event
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        del event["exc_info"]
        event["exception"] = "\n".join(_told(error))
    return event


def _told(error: BaseException) -> Iterator[str]:
    """Yield the lines of an error and of those that led to it, the first cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told(cause)
        yield "\nand then:\n"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield f"{type(error).__name__}: {error if isinstance(error, _TELLING) else WITHHELD}"


def _rendered(*, as_json: bool, secret: str) -> Callable[[Any, str, Event], str]:
    """Return what turns an event into a line without the secret."""
    renderer = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )

    def rendered(logger: Any, name: str, event: Event) -> str:
        line = str(renderer(logger, name, event))
        return line.replace(secret, REDACTED) if secret else line

    return rendered

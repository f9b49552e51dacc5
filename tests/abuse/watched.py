"""A whole bot that is watched while hostile updates come in, and what must hold after each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from bot.local.faults import ApiError
from bot.local.values import Account
from tests.abuse.raw import Raw
from tests.chat.classroom import number
from tests.chat.dialogs import Chat
from tests.chat.sets import asks, asks_loaded, seeds

MALLORY = 666
FAULTS = ("parse", "entit", "too long", "must be", "empty", "invalid", "too_long", "button")
"""Words of refusals that say that what we sent was wrong, not that a chat or a message is gone."""

GONE = ("query is too old", "chat_id is empty", "message identifier")


@contextmanager
def quiet() -> Iterator[None]:
    """Log nothing for the length of a block.

    A hostile update painted with all that it holds takes half a minute in a test's terminal.
    """
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)


class Refusals:
    """Remembers what the stand-in refuses of a chat's bot."""

    def __init__(self, chat: Chat) -> None:
        self.said: list[str] = []
        call = chat.telegram.call

        def watched(method: str, params: Any, files: Any = None) -> object:
            try:
                return call(method, params, files)
            except ApiError as error:
                # The id of a press is given back as it came, also where it is no text.
                own_id = str(params.get("callback_query_id"))
                if own_id.encode(errors="ignore").decode() == own_id:
                    self.said.append(f"{method}: {error}")
                raise

        chat.telegram.call = watched  # type: ignore[method-assign] # what a test may do

    def faults(self) -> list[str]:
        """Return the refusals that are our own fault."""
        return [
            one
            for one in self.said
            if any(word in one.lower() for word in FAULTS)
            and not any(word in one.lower() for word in GONE)
        ]


class Escaped(logging.Handler):
    """Collects what the library logs of errors that came out of a handler."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record's text."""
        self.records.append(f"{record.getMessage()} {record.exc_info}")


@contextmanager
def escaping() -> Iterator[Escaped]:
    """Watch, for the length of a block, for errors that reach the library."""
    handler = Escaped()
    logger = logging.getLogger("telegram")
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)


class Fuzzed:
    """A bot with an honest learner in the middle of a round; hostile updates come from another."""

    def __init__(self, folder: Path) -> None:
        self.chat = Chat(folder, seeds(asks(), asks_loaded(), asks("reason")))
        self.mallory: Account = self.chat.telegram.user(MALLORY, "Mallory")
        self.refusals = Refusals(self.chat)

    async def open(self) -> None:
        """Start, and let the honest learner answer one question and see the next."""
        await self.chat.__aenter__()
        await self.chat.say("/start", self.mallory)
        await self.chat.say("/quiz")
        await self.chat.say("[Not sure]")
        await self.chat.say("[Next ▶]")
        self.own = self._own()

    async def close(self) -> None:
        """Stop."""
        await self.chat.__aexit__()

    async def survives(self, batch: Sequence[tuple[str, Raw]]) -> None:
        """Let hostile updates in and check all that must hold afterwards."""
        world = self.chat.telegram._world
        with escaping() as escaped:
            for kind, content in batch:
                world.updates.add(kind, content)
            await asyncio.wait_for(self.chat.idle(), 5)
            told = await self.chat.say("/privacy")
        assert not escaped.records, escaped.records
        assert "What is kept" in told, "an honest learner is still answered"
        assert not self.chat.waits(), "every update is done or marked as failed"
        assert not self.refusals.faults(), self.refusals.faults()
        assert self._own() == self.own, "what belongs to others is untouched"

    def _own(self) -> list[object]:
        """Return what the honest learner has in the store."""
        db = self.chat.bot.store.reader
        learner = number(self.chat, self.chat.person)
        return [
            db.execute(f"SELECT * FROM {table} WHERE learner = ?", (learner,)).fetchall()  # noqa: S608 - constant names
            for table in ("rounds", "answers", "cards", "members")
        ]

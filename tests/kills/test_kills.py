"""Twenty kills under traffic, by polling and by webhook at once; `make soak` has many more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kills.field import Field, Traffic
from tests.kills.folders import prepare
from tests.kills.nursery import Nursery
from tests.telegram_server.server import TelegramServer

KILLS = 10
TRAFFIC = Traffic(learners=12, until_kill=0.3)
SOONEST = 5.0


@pytest.fixture
async def fields(tmp_path: Path) -> AsyncIterator[list[Field]]:
    """Let learners play with a bot that polls and with one that has a webhook."""
    with Nursery() as nursery:
        async with TelegramServer() as server:
            found = []
            prepare(tmp_path, bots=2)
            for number, webhook in enumerate((False, True)):
                field = Field(
                    server, nursery, tmp_path, number=number, traffic=TRAFFIC, webhook=webhook
                )
                field.play()
                found.append(field)
            yield found


async def test_killed_at_any_moment(fields: list[Field]) -> None:
    """Whenever it is killed, each answer is in the log once and each chat ends as it should.

    Then it is asked to end under traffic, and is gone in time with nothing lost.
    """
    await asyncio.gather(*(field.kill(KILLS) for field in fields))
    await asyncio.gather(*(field.tell_to_end() for field in fields))
    wrong = await asyncio.gather(*(field.finish() for field in fields))
    for field, faults in zip(fields, wrong, strict=True):
        assert not faults, "\n".join([f"{len(faults)} faults", *faults[:20], str(field.seen)])
        assert max(field.seen.to_end) < SOONEST
        # Kills that hit nothing would show nothing.
        assert sum(field.seen.kept) + sum(field.seen.unsent) > KILLS

"""A bot that meets ever more people keeps nothing of them in memory."""

from __future__ import annotations

import gc
import json
import logging
import os
import resource
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
import structlog
from telegram.request import BaseRequest, RequestData

from bot.app.bot import Bot, Surroundings
from bot.settings import Settings
from tests.soak.figures import report
from tests.telegram_server.updates import said

TOKEN = "471147:AA-not-a-real-token-but-of-its-shape_0"
CHATS = int(os.environ.get("MEMORY_CHATS", "100000"))
BATCH = 100

KEPT = 100
"""Bytes for each chat that the process may have grown by: less than one number in a table."""


class Taking(BaseRequest):
    """Takes every call and keeps nothing of it."""

    def __init__(self) -> None:
        self._messages = count(1)

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return 5.0

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **_named: Any
    ) -> tuple[int, bytes]:
        """Answer as the Bot API does where all is well."""
        given = request_data.parameters if request_data else {}
        result: object = True
        if url.endswith("/getMe"):
            result = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
        elif url.endswith("/getWebhookInfo"):
            result = {"url": ""}
        elif url.endswith("/getUpdates"):
            result = []
        elif "chat_id" in given:
            chat = {"id": given["chat_id"], "type": "private"}
            result = {"message_id": next(self._messages), "date": 1, "chat": chat}
        return 200, json.dumps({"ok": True, "result": result}).encode()


@pytest.fixture
def quiet() -> Iterator[None]:
    """Log nothing of what goes well: pytest would keep it all in memory."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("quiet")
async def test_a_hundred_thousand_people(tmp_path: Path) -> None:
    """From the first half of them to the last the process grows by next to nothing."""
    around = Surroundings(Random(1), delivers=False, watches=False)
    bot = Bot(Settings(tmp_path, send_rate=1000), Taking(), TOKEN, around)
    # What it takes in is handed to it below, by no poll.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot._source, "run", _nothing)
        async with bot:
            half = 0
            for first in range(1, CHATS + 1, BATCH):
                people = range(first, first + BATCH)
                assert await bot._intake.take_in([said(n, "/start", n) for n in people])
                await bot.idle()
                if first == CHATS // 2 + 1:
                    half = _resident()
            grown = (_resident() - half) / (CHATS / 2)
    report("memory", chats=CHATS, bytes_a_chat=round(grown, 1), resident_mb=_resident() / 1e6)
    assert grown < KEPT


async def _nothing() -> None:
    """Take nothing in."""


def _resident() -> int:
    """Return the resident memory in bytes."""
    gc.collect()
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * resource.getpagesize()

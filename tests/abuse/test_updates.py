"""Hostile updates through the whole bot, from the intake to what is sent."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import CallbackQuery, Message

from tests.abuse.raw import Raw, fields, message, press, updates
from tests.abuse.watched import MALLORY, Fuzzed, quiet

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "15"))
"""Batches of updates; the soak run asks for more."""

HUGE = 2**70
NESTED: list[object] = []
for _ in range(300):
    NESTED = [NESTED]

# What found a hole once, and what a random search is slow to find.
KNOWN: list[tuple[str, Raw]] = [
    ("message", message(MALLORY) | {"chat": {"id": [], "type": "private"}}),
    ("message", message(MALLORY) | {"chat": {"id": HUGE, "type": "private"}}),
    ("message", message(MALLORY) | {"from": {"id": HUGE, "is_bot": False, "first_name": "M"}}),
    ("message", message(MALLORY) | {"from": {"id": "a", "is_bot": False, "first_name": "M"}}),
    ("message", message(MALLORY) | {"text": 5}),
    ("message", message(MALLORY) | {"text": ["/start"]}),
    ("message", message(MALLORY) | {"entities": NESTED}),
    ("message", message(MALLORY) | {"quote": {"text": {}, "position": 0}, "text": "a"}),
    ("callback_query", press(MALLORY, "b:\ud800")),
    ("callback_query", press(MALLORY, "\ud83d")),
    ("callback_query", press(MALLORY) | {"data": 5}),
    ("callback_query", press(MALLORY) | {"data": {}}),
    ("callback_query", press(MALLORY) | {"id": None}),
    ("callback_query", press(MALLORY) | {"message": {"message_id": {}, "date": 0, "chat": {}}}),
]


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[asyncio.Runner, Fuzzed]]:
    """Return a bot that lives through all examples, and the loop that it runs on."""
    with quiet(), tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        fuzzed = Fuzzed(Path(folder))
        runner.run(fuzzed.open())
        yield runner, fuzzed
        runner.run(fuzzed.close())


@given(batch=st.lists(updates(MALLORY), min_size=1, max_size=12))
@settings(
    deadline=None,
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_hostile_updates(
    running: tuple[asyncio.Runner, Fuzzed], batch: list[tuple[str, Raw]]
) -> None:
    """No update takes the bot down, holds up others, touches what is theirs, or waits for ever."""
    runner, fuzzed = running
    runner.run(fuzzed.survives(batch))


@pytest.mark.parametrize("number", range(len(KNOWN)))
def test_known_troubles(running: tuple[asyncio.Runner, Fuzzed], number: int) -> None:
    """What once got through, or is built to, is survived too."""
    runner, fuzzed = running
    runner.run(fuzzed.survives([KNOWN[number]]))


def test_every_field_is_tried() -> None:
    """The fields come from the library's classes, in the spelling of the Bot API."""
    assert {"from", "chat", "text", "document", "quote", "reply_to_message"} <= {*fields(Message)}
    assert {"id", "from", "message", "data", "inline_message_id"} <= {*fields(CallbackQuery)}

"""A part of the bot that fails is told of and started again; what an operator can mend ends it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest
from structlog.testing import capture_logs
from telegram.error import InvalidToken

from bot.app.supervision import Supervision
from bot.chat.courier import Courier
from bot.errors import ListenError, SettingsError
from bot.operate.watch import Kind
from bot.store.roles import Role
from bot.transport.backoff import Backoff
from bot.transport.intake import Alarm
from bot.transport.poller import Poller
from tests.chat.dialogs import Chat, check
from tests.chat.people import somebody
from tests.chat.sets import asks, seeds


class Part:
    """Fails some times, then returns."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = [*errors]
        self.runs = 0

    async def run(self) -> None:
        """Fail, while there is something to fail with."""
        self.runs += 1
        await asyncio.sleep(0)
        if self.errors:
            raise self.errors.pop(0)


def quick() -> Backoff:
    """Return waits of milliseconds."""
    return Backoff(Random(1), first=0.001, ceiling=0.002)


async def test_a_part_that_fails_is_started_again() -> None:
    """Each failure is logged with its place, rings the alarm under its name, and is outlived."""
    told: list[tuple[object, str]] = []
    supervision = Supervision(lambda alarm, words: told.append((alarm, words)), quick)
    part = Part(LookupError("one"), TimeoutError(), ValueError("three"))
    with capture_logs() as logs:
        await asyncio.wait_for(supervision.run("the part", part.run), 2)
    assert part.runs == 4
    assert told == [(Alarm.STOPPED, "the part")] * 3
    assert [(line["part"], line["exc_info"]) for line in logs] == [("the part", True)] * 3


@pytest.mark.parametrize("error", [InvalidToken(), ListenError("port"), SettingsError("no")])
async def test_what_an_operator_has_to_mend_ends_it(error: Exception) -> None:
    """A rejected token or a port in use are not tried again: they end the program."""
    part = Part(error)
    with pytest.raises(type(error)):
        await asyncio.wait_for(Supervision(lambda *_: None, quick).run("x", part.run), 10)
    assert part.runs == 1


async def test_the_end_is_not_waited_for() -> None:
    """A part that has failed is not started again once the bot ends, and nobody waits for it."""
    supervision = Supervision(lambda *_: None, lambda: Backoff(Random(1), first=60))
    part = Part(LookupError())
    running = asyncio.create_task(supervision.run("x", part.run))
    await asyncio.sleep(0.02)
    supervision.end()
    await asyncio.wait_for(running, 10)
    assert part.runs == 1


@pytest.mark.parametrize(("kind", "method"), [(Poller, "_round"), (Courier, "_rest")])
async def test_the_parts_of_a_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type, method: str
) -> None:
    """A poller or courier that breaks is told to operators; then messages are answered as ever."""
    real = getattr(kind, method)
    breaks: list[int] = []

    async def once(self: object, *given: object) -> object:
        if not breaks:
            breaks.append(1)
            raise LookupError("nobody expected this")
        return await real(self, *given)

    async with Chat(tmp_path, seeds(asks())) as chat:
        operator = somebody(chat, 11, Role.OPERATOR)
        await chat.say("/start", operator)
        monkeypatch.setattr(kind, method, once)
        with capture_logs() as logs:
            chat.bot.courier.wake()
            chat.telegram.say(chat.person, "/help")
            async with asyncio.timeout(20):
                while Kind.STOPPED not in chat.bot.watch._raised:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            await chat.idle()
            await chat.bot.watch.look()
        check(chat.telegram.chat(operator).last.text, "A part of me stopped by itself.")
        check(await chat.say("/help"), "What I can do")
    assert "a part has failed" in [line["event"] for line in logs]

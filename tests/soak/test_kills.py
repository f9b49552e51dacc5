"""Hundreds of kills under traffic, with what was lost; beside it the same for a plain bot."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import pytest

from tests.kills.field import Field, Traffic
from tests.kills.folders import prepare
from tests.kills.nursery import Nursery
from tests.soak.figures import report
from tests.telegram_server.server import TelegramServer

KILLS = int(os.environ.get("KILLS", "200"))
ENDS = 20
BOTS = 3
"""At once, each with learners of its own: while one starts, another is under traffic."""

TRAFFIC = Traffic(learners=24, until_kill=1.0)
IMPATIENT = Traffic(learners=24, until_kill=1.0, patience=2.0)
"""Learners of a bot that loses answers have to give up waiting for them."""

PLAIN = "tests.soak.plain:main"


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Start the nursery once."""
    with Nursery() as nursery:
        yield nursery


class PlainField(Field):
    """A plain bot: it has no inbox to look into, and is not asked for more than its answers."""

    program = PLAIN

    def _look(self) -> None:
        self.seen.waiting.append(len(self.state.queue))

    def _idle(self) -> bool:
        return not len(self.state.queue)

    def _faults(self) -> list[str]:
        return []


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_killed_at_any_moment(tmp_path: Path, nursery: Nursery, *, webhook: bool) -> None:
    """Whenever it is killed, each answer is in the log once and each chat ends as it should."""
    async with TelegramServer() as server:
        prepare(tmp_path, BOTS)
        fields = [
            Field(server, nursery, tmp_path, number=number, traffic=TRAFFIC, webhook=webhook)
            for number in range(BOTS)
        ]
        wrong = await _killed(fields)
    _tell("kills, " + ("webhook" if webhook else "polling"), fields)
    assert not wrong, "\n".join([f"{len(wrong)} faults", *wrong[:20]])


async def test_a_plain_bot_killed_likewise(tmp_path: Path, nursery: Nursery) -> None:
    """A plain bot loses answers under the same kills: they do hit work that is under way."""
    async with TelegramServer() as server:
        fields: list[Field] = []
        for number in range(BOTS):
            (tmp_path / f"bot{number}").mkdir()
            fields.append(
                PlainField(
                    server, nursery, tmp_path, number=number, traffic=IMPATIENT, webhook=False
                )
            )
        await _killed(fields)
    _tell("kills, plain python-telegram-bot", fields)
    assert sum(field.answers[0] for field in fields) > 0


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_told_to_end(tmp_path: Path, nursery: Nursery, *, webhook: bool) -> None:
    """Asked to end under traffic, it is gone within five seconds, and nothing is lost."""
    prepare(tmp_path, bots=1)
    async with TelegramServer() as server:
        field = Field(server, nursery, tmp_path, number=0, traffic=TRAFFIC, webhook=webhook)
        field.play()
        for _ in range(ENDS):
            await field.tell_to_end()
        wrong = await field.finish()
    lost, answers = field.answers
    name = "ends, " + ("webhook" if webhook else "polling")
    longest = round(max(field.seen.to_end), 2)
    report(name, ends=ENDS, answers=answers, lost=lost, longest_seconds=longest)
    assert not wrong, "\n".join([f"{len(wrong)} faults", *wrong[:20]])
    assert longest < 5


async def _killed(fields: Sequence[Field]) -> list[str]:
    """Kill the bots so many times in all, and return all that is wrong in the end."""
    for field in fields:
        field.play()
    telling = asyncio.create_task(_progress(fields))
    await asyncio.gather(*(field.kill(-(-KILLS // len(fields))) for field in fields))
    telling.cancel()
    wrong = await asyncio.gather(*(field.finish() for field in fields))
    return [fault for faults in wrong for fault in faults]


async def _progress(fields: Sequence[Field]) -> None:
    while True:
        await asyncio.sleep(10)
        done = sum(len(field.seen.waiting) for field in fields)
        print(f"  {done} of {KILLS} kills", flush=True)  # noqa: T201 - so that one sees it going on


def _tell(name: str, fields: Sequence[Field]) -> None:
    answers = [field.answers for field in fields]
    figures: dict[str, object] = {
        "kills": sum(len(field.seen.waiting) for field in fields),
        "learners": sum(len(field.learners) for field in fields),
        "updates": sum(len(field.state.queue.handed) for field in fields),
        "answers": sum(number for _, number in answers),
        "lost": sum(lost for lost, _ in answers),
        "shown_again_on_request": sum(field.resumed.total() for field in fields),
    }
    flying = [sum(each) for f in fields for each in zip(f.seen.kept, f.seen.unsent, strict=True)]
    if flying:
        figures |= {
            "in_flight_median": median(flying),
            "in_flight_most": max(flying),
            "kills_in_flight": sum(number > 0 for number in flying),
        }
    report(name, **figures)

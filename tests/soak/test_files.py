"""Hostile files as large as is read at all, to a whole bot: its memory, and others meanwhile."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

from bot.local.values import Account
from bot.sets.limits import FILE_BYTES
from bot.settings import DATABASE
from bot.store import learners, roles
from bot.store.database import Store
from bot.store.roles import Role
from tests.abuse.files import HOSTILE, made, plain_set
from tests.app.serving import running
from tests.bench.waits import spread
from tests.chat.dialogs import START
from tests.soak.figures import report
from tests.telegram_server.files import FileHarm
from tests.telegram_server.server import TelegramServer

PATIENCE = 40.0
GROWN = 150.0
"""MB that the process may have grown by at its peak: the tree of a megabyte of YAML takes most."""

LATER = 100.0
"""Milliseconds that 95 of 100 answers to others may take while files are read."""


def teachers(data: Path, count: int) -> range:
    """Let so many people teach; return their ids."""
    data.mkdir()
    ids = range(1_000, 1_000 + count)
    with Store(data / DATABASE) as store:
        for telegram_id in ids:
            learner = store.write_now(lambda db, one=telegram_id: learners.enrol(db, one, START))  # type: ignore[misc] # this turn's
            store.write_now(
                lambda db, one=learner: roles.grant(db, one, Role.INSTRUCTOR, None, START)  # type: ignore[misc] # the same
            )
    return ids


def memory(pid: int, what: str) -> float:
    """Return resident memory, now (VmRSS) or at its peak (VmHWM), in MB."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024 / 1e6


class Ann:
    """A learner who presses ten times a second; `waits` are the seconds until the answers."""

    def __init__(self, telegram: TelegramServer) -> None:
        self.waits: list[float] = []
        self._telegram = telegram
        self._person: Account = telegram.people.user(5, "Ann")

    async def ask(self) -> None:
        """Ask until cancelled."""
        while True:
            await self.once()
            await asyncio.sleep(0.1)

    async def once(self) -> None:
        """Ask, and wait for the answer."""
        telegram, began = self._telegram, time.monotonic()
        seen = len(telegram.calls("answerCallbackQuery"))
        telegram.people.press_data(self._person, 1, "nonsense")
        await telegram.until(lambda: len(telegram.calls("answerCallbackQuery")) > seen, PATIENCE)
        self.waits.append(time.monotonic() - began)


async def test_large_hostile_files(tmp_path: Path) -> None:
    """Each is refused in bounded time and memory, and a learner beside is answered all along."""
    data = tmp_path / "data"
    ids = iter(teachers(data, len(HOSTILE) + len(FileHarm)))
    slowest: dict[str, float] = {}
    async with (
        TelegramServer() as telegram,
        running(data, API_URL=telegram.base_url, LOG_LEVEL="WARNING") as bot,
    ):
        people, ann, pid = telegram.people, Ann(telegram), bot.process.pid
        await ann.once()
        await asyncio.sleep(15)
        ann.waits.clear()
        asking = asyncio.create_task(ann.ask())
        await asyncio.sleep(5)
        alone, ann.waits = spread(ann.waits), []
        before = memory(pid, "VmHWM")

        async def sends(name: str, content: bytes) -> None:
            teacher, began = people.user(next(ids), "T"), time.monotonic()
            people.attach(teacher, name, content)
            await telegram.until(lambda: bool(people.chat(teacher).sent), PATIENCE)
            slowest[name] = round(time.monotonic() - began, 2)
            assert "wrong on my side" not in people.chat(teacher).last.text

        for name in HOSTILE:
            await sends(name, made(name, FILE_BYTES - 200)[:FILE_BYTES])
        for harm in (FileHarm.LARGER, FileHarm.CUT, FileHarm.SHORT, FileHarm.MISSING):
            telegram.downloads.harm(harm)
            await sends(f"{harm.name}.yaml", plain_set())
        asking.cancel()
        peak = memory(pid, "VmHWM")
        ended = await bot.end()
    worst = dict(sorted(slowest.items(), key=lambda each: -each[1])[:5])
    report(
        "hostile files",
        files=len(slowest),
        slowest_s=worst,
        grown_mb=round(peak - before, 1),
        others_alone_ms=alone,
        others_beside_ms=spread(ann.waits),
    )
    assert ended.status == 0
    assert peak - before < GROWN
    assert spread(ann.waits)[1] < LATER
    with Store(data / DATABASE) as store:
        assert store.reader.execute("SELECT count(*) FROM drafts").fetchone() == (0,)

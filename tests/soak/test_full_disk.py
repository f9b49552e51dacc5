"""The bot on a disk that is really full, and on one that turns read-only, for minutes."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import learners, roles
from bot.store.database import Store
from bot.store.roles import Role
from tests.app.disks import mounted, small_disk
from tests.app.processes import whosays
from tests.app.serving import running
from tests.soak.figures import report
from tests.telegram_server.faults import UNAUTHORIZED
from tests.telegram_server.server import TelegramServer

OPERATOR, LEARNERS = 11, range(100, 140)
MINUTES = 180.0
"""Seconds after which what has not come does not come: looks are a minute apart."""


def appoint(data: Path) -> None:
    """Make a database with an operator in it."""
    now = datetime.now(UTC)

    def unit(db: sqlite3.Connection) -> None:
        roles.grant(db, learners.enrol(db, OPERATOR, now), Role.OPERATOR, None, now)

    with Store(data / "whosays.sqlite3") as store:
        store.write_now(unit)


def said(telegram: TelegramServer, chat: int, words: str) -> int:
    """Return how often the bot has said something to somebody."""
    return sum(
        words in call.get("text", "")
        for call in telegram.calls("sendMessage")
        if call["chat_id"] == chat
    )


def everybody(telegram: TelegramServer, words: str = "Who says?") -> bool:
    """Whether every learner was told something."""
    return all(said(telegram, number, words) for number in LEARNERS)


@contextmanager
def filled(data: Path) -> Iterator[None]:
    """Leave no byte free on the disk of a folder for the length of a block."""
    ballast = data / "ballast"
    with ballast.open("wb", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
    try:
        yield
    finally:
        ballast.unlink()


def break_disk(data: Path) -> None:
    """Do to the disk of a folder what the kernel does after an error: it is read-only from now on.

    See https://docs.kernel.org/admin-guide/ext4.html (trigger_fs_error, errors=remount-ro).
    """
    device = next(
        line.split()[0]
        for line in Path("/proc/mounts").read_text().splitlines()
        if str(data) in line
    )
    trigger = Path("/sys/fs/ext4") / Path(device).name / "trigger_fs_error"
    if not trigger.exists():
        pytest.skip("this kernel lets nobody break a disk")
    trigger.write_text("a test")


def formatted(image: Path) -> Path:
    """Return a file with a fresh file system in it; skips where none can be made."""
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("mkfs.ext4 is not installed")
    with image.open("wb") as file:
        file.truncate(48 << 20)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)  # noqa: S603, S607 - our own file
    return image


def mend(image: Path) -> None:
    """Do what an operator does with a broken disk."""
    subprocess.run(["e2fsck", "-fy", str(image)], check=False, capture_output=True)  # noqa: S603, S607


async def test_a_full_disk(tmp_path: Path) -> None:
    """Operators are told within two looks, updates stay with Telegram, and then all is answered."""
    with small_disk(tmp_path / "data", 24) as data:
        appoint(data)
        async with TelegramServer() as telegram:
            people = telegram.people
            operator = people.user(OPERATOR, "Op")
            people.say(operator, "/start")
            async with running(data, API_URL=telegram.base_url, BACKUP_EVERY="0") as bot:
                await telegram.until(lambda: said(telegram, OPERATOR, "Who says?") == 1, MINUTES)
                with filled(data):
                    began = time.monotonic()
                    for number in LEARNERS:
                        people.say(people.user(number, "Somebody"), "/start")
                    alert = "I cannot write to the database."
                    await telegram.until(lambda: said(telegram, OPERATOR, alert) == 1, MINUTES)
                    told_after = time.monotonic() - began
                    doctor = await asyncio.to_thread(whosays, data, "doctor")
                    # A little of the log's file is still free: who found room there was answered.
                    early = sum(said(telegram, number, "Who says?") for number in LEARNERS)
                    assert telegram.updates, "what cannot be kept stays with Telegram"
                began = time.monotonic()
                await telegram.until(lambda: everybody(telegram), MINUTES)
                recovered_after = time.monotonic() - began
                over = "I can write to the database again."
                await telegram.until(lambda: said(telegram, OPERATOR, over) == 1, 2 * MINUTES)
                ended = await bot.end()
        assert ended.status == 0, ended.words
        assert [said(telegram, number, "Who says?") for number in LEARNERS] == [1] * len(LEARNERS)
        assert any("disk" in line and "failing" in line for line in doctor.stdout.splitlines())
        with closing(sqlite3.connect(data / "whosays.sqlite3")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            waiting = "SELECT count(*) FROM inbox WHERE done_at IS NULL OR replies IS NOT NULL"
            assert db.execute(waiting).fetchone() == (0,)
    report(
        "full disk",
        learners=len(LEARNERS),
        answered_while_full=early,
        operator_told_after_s=round(told_after, 1),
        all_answered_after_s=round(recovered_after, 1),
        lost=0,
        twice=0,
    )


async def test_a_disk_that_turns_read_only(tmp_path: Path) -> None:
    """Operators are told; once the disk is mended and the bot started again all is answered."""
    data, image = tmp_path / "data", formatted(tmp_path / "image")
    options = ("-o", "loop,errors=remount-ro", str(image))
    async with TelegramServer() as telegram:
        people = telegram.people
        people.say(people.user(OPERATOR, "Op"), "/start")
        settings = {"API_URL": telegram.base_url, "BACKUP_EVERY": "0"}
        with mounted(data, *options):
            appoint(data)
            async with running(data, **settings) as bot:
                await telegram.until(lambda: said(telegram, OPERATOR, "Who says?") == 1, MINUTES)
                break_disk(data)
                began = time.monotonic()
                for number in LEARNERS:
                    people.say(people.user(number, "Somebody"), "/start")
                alert = "I cannot write to the database."
                await telegram.until(lambda: said(telegram, OPERATOR, alert) == 1, MINUTES)
                told_after = time.monotonic() - began
                assert len(telegram.updates) == len(LEARNERS)
                doctor = await asyncio.to_thread(whosays, data, "doctor")
                began = time.monotonic()
                ended = await bot.end()
                ended_after = time.monotonic() - began
        assert ended.status == 0, ended.words
        assert f"{data} cannot be written" in doctor.stdout
        mend(image)
        with mounted(data, *options):
            async with running(data, **settings) as bot:
                await telegram.until(lambda: everybody(telegram), MINUTES)
                await telegram.until(lambda: not telegram.updates, MINUTES)
                await bot.end()
    assert [said(telegram, number, "Who says?") for number in LEARNERS] == [1] * len(LEARNERS)
    report(
        "read-only disk",
        learners=len(LEARNERS),
        operator_told_after_s=round(told_after, 1),
        ended_after_s=round(ended_after, 1),
        lost=0,
        twice=0,
    )


async def test_a_token_that_was_revoked(tmp_path: Path) -> None:
    """A bot whose token is rejected for good tells it at once, and ends after a minute."""
    async with TelegramServer() as telegram:
        people = telegram.people
        people.say(people.user(7, "Ann"), "/start")
        async with running(tmp_path / "data", API_URL=telegram.base_url) as bot:
            await telegram.until(lambda: said(telegram, 7, "Who says?") == 1, MINUTES)
            telegram.faults.put(UNAUTHORIZED.on(count=9_999))
            people.say(people.user(7, "Ann"), "/help")
            began = time.monotonic()
            await asyncio.wait_for(bot.process.wait(), MINUTES)
            ended = await bot.ended()
    took = time.monotonic() - began
    assert ended.status == 2
    assert ended.words.splitlines()[-1].startswith("whosays: Telegram rejects WHOSAYS_TOKEN")
    assert "Traceback" not in ended.words
    assert 55 <= took <= 90
    report("revoked token", ended_after_s=round(took, 1), status=ended.status)

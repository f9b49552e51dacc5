"""What a running bot does for its data by itself, on a clock that the test turns."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app.upkeep import Upkeep
from bot.operate import backup
from bot.settings import Settings
from bot.store import retention
from bot.store.database import Store
from bot.store.moments import to_text
from tests.operate.generated import TYPED, write_log
from tests.quiz.builders import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Turned:
    """A clock that goes on when all loops sleep, up to an end at which everything stands still."""

    def __init__(self, end: datetime, loops: int) -> None:
        self.now = NOW
        self.ended = asyncio.Event()
        self._end = end
        self._loops = loops
        self._sleepers: list[tuple[datetime, asyncio.Event]] = []

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let time pass at once, as soon as nobody has anything to do before."""
        woken = asyncio.Event()
        self._sleepers.append((self.now + timedelta(seconds=seconds), woken))
        if len(self._sleepers) == self._loops:
            first = min(self._sleepers, key=lambda one: one[0])
            if first[0] > self._end:
                self.ended.set()
            else:
                self._sleepers.remove(first)
                self.now = first[0]
                first[1].set()
        await woken.wait()


async def kept(settings: Settings, span: timedelta) -> None:
    """Run the upkeep for so long."""
    loops = 1 + bool(settings.backup_every) + bool(settings.keep_days)
    clock = Turned(NOW + span, loops)
    with Store(settings.database) as store:
        task = asyncio.create_task(Upkeep(settings, store, clock, clock.sleep).run())
        ending = asyncio.create_task(clock.ended.wait())
        await asyncio.wait([task, ending], return_when=asyncio.FIRST_COMPLETED)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Make a small log whose answers are months old."""
    path = tmp_path / "whosays.sqlite3"
    write_log(path, 80)
    return path


async def test_backups_are_made_again_and_again(database: Path) -> None:
    """The first backup is made at once, then one an interval, and the newest are kept."""
    settings = Settings(database.parent, backup_every=6, backup_keep=3)
    await kept(settings, DAY)
    found = [one.at for one in backup.everything(settings.backups)]
    assert found == [NOW + DAY, NOW + 18 * HOUR, NOW + 12 * HOUR]


async def test_a_restart_does_not_make_a_backup_too_early(database: Path) -> None:
    """Where the newest backup is young, the next waits for its time."""
    settings = Settings(database.parent, backup_every=6)
    backup.make(settings.database, settings.backups, NOW - HOUR, keep=7)
    await kept(settings, 6 * HOUR)
    found = [one.at for one in backup.everything(settings.backups)]
    assert found == [NOW + 5 * HOUR, NOW - HOUR]


async def test_no_backups_where_none_are_wanted(database: Path) -> None:
    """An interval of 0 makes none, and nothing is pruned without days to keep."""
    settings = Settings(database.parent, backup_every=0)
    await kept(settings, DAY)
    assert backup.everything(settings.backups) == []
    assert TYPED in "".join(_said(database))


async def test_a_backup_that_fails_is_tried_again(database: Path) -> None:
    """A failure is logged with its reason, and the bot goes on and tries again in an hour."""
    settings = Settings(database.parent, backup_every=6)
    settings.backups.write_text("a file where the folder should be")
    with capture_logs() as logged:
        await kept(settings, 3 * HOUR)
    failed = [line for line in logged if line["event"] == "backup failed"]
    assert len(failed) == 4
    assert all(str(settings.backups) in line["why"] for line in failed)


async def test_what_is_too_old_goes_daily(database: Path) -> None:
    """With days to keep, typed words older than these are gone after the first round."""
    await kept(Settings(database.parent, backup_every=0, keep_days=30), HOUR)
    said = _said(database)
    assert len(said) == 80
    assert TYPED not in "".join(said)


async def test_updates_that_were_done_long_ago_are_forgotten(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Done and answered ones go after days, in small units; what waits or failed stays."""
    monkeypatch.setattr(retention, "CHUNK", 2)
    with Store(database) as store:
        for age in (1, 9, 9, 9, 9, 9):
            store.write_now(partial(_received, done=NOW - age * DAY))
        store.write_now(partial(_received, done=None))
        store.write_now(partial(_received, done=NOW - 9 * DAY, failure="ValueError"))
    await kept(Settings(database.parent, backup_every=0), HOUR)
    with Store(database) as store:
        left = store.reader.execute("SELECT done_at, failure FROM inbox ORDER BY rowid").fetchall()
    young, failed = to_text(NOW - DAY), to_text(NOW - 9 * DAY)
    assert left == [(young, None), (None, None), (failed, "ValueError")]


def _received(db: sqlite3.Connection, done: datetime | None, failure: str | None = None) -> None:
    db.execute(
        "INSERT INTO inbox (update_id, received_at, body, done_at, failure)"
        " SELECT coalesce(max(update_id), 0) + 1, ?, ?, ?, ? FROM inbox",
        (to_text(NOW - 9 * DAY), None if done else "{}", done and to_text(done), failure),
    )


def _said(database: Path) -> list[str]:
    with Store(database) as store:
        return [said for (said,) in store.reader.execute("SELECT said FROM answers")]

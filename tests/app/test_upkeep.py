"""What a running bot does for its data by itself, on a clock that the test turns."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app.upkeep import Upkeep
from bot.operate import backup
from bot.settings import Settings
from bot.store.database import Store
from tests.operate.generated import TYPED, write_log
from tests.quiz.builders import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Turned:
    """A clock that goes on by what is slept, up to an end at which everything stands still."""

    def __init__(self, end: datetime) -> None:
        self.now = NOW
        self.ended = asyncio.Event()
        self._end = end

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        await asyncio.sleep(0)
        if self.now + timedelta(seconds=seconds) > self._end:
            self.ended.set()
            await asyncio.Event().wait()
        self.now += timedelta(seconds=seconds)


async def kept(settings: Settings, span: timedelta) -> None:
    """Run the upkeep for so long."""
    clock = Turned(NOW + span)
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


def _said(database: Path) -> list[str]:
    with Store(database) as store:
        return [said for (said,) in store.reader.execute("SELECT said FROM answers")]

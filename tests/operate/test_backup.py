"""Backups by their moments, and coming back to one without losing what was there."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import BackupError, StoreError
from bot.operate import backup
from bot.operate.pulse import STALE, beat, rest
from bot.store import learners
from bot.store.database import Store
from tests.operate.generated import write_log
from tests.quiz.builders import NOW
from tests.store.test_copies import rows

HOUR = timedelta(hours=1)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Make a database with a learner, whose Telegram id is 1."""
    path = tmp_path / "data" / "whosays.sqlite3"
    with Store(path) as store:
        store.write_now(lambda db: learners.enrol(db, 1, NOW))
    return path


@pytest.fixture
def folder(database: Path) -> Path:
    """Name the folder for backups."""
    return database.parent / "backups"


def ids(path: Path) -> list[int]:
    """Return the Telegram ids in a database."""
    return [telegram_id for telegram_id, _ in rows(path)["identities"]]  # type: ignore[misc] # integers


def test_a_backup_is_named_by_its_moment(database: Path, folder: Path) -> None:
    """A backup says when it was made, in UTC, and is found again by that."""
    made = backup.make(database, folder, NOW, keep=7)
    assert made.path.name == "whosays-20260302T120000Z.sqlite3"
    assert backup.newest(folder) == made
    assert rows(made.path) == rows(database)


def test_the_oldest_backups_are_given_up(database: Path, folder: Path) -> None:
    """As many as asked for are kept, the newest; copies before upgrades are not counted."""
    folder.mkdir()
    apart = folder / "whosays-20200101T000000Z-before-m002_teaching.sqlite3"
    apart.touch()
    for hours in range(5):
        backup.make(database, folder, NOW + hours * HOUR, keep=3)
    assert [one.at for one in backup.everything(folder)] == [NOW + n * HOUR for n in (4, 3, 2)]
    assert apart.exists()


def test_a_backup_that_fails_gives_up_nothing(database: Path, folder: Path) -> None:
    """Where the database is broken or missing, the backups there are stay."""
    made = backup.make(database, folder, NOW, keep=1)
    database.write_bytes(b"broken" * 1000)
    with pytest.raises(StoreError):
        backup.make(database, folder, NOW + HOUR, keep=1)
    database.unlink()
    with pytest.raises(StoreError, match="no database to back up yet"):
        backup.make(database, folder, NOW + HOUR, keep=1)
    assert backup.everything(folder) == [made]


# Hours since the newest backup, and the hours until the next where one a day is asked for.
DUE = [(0, 24), (10, 14), (24, 0), (100, 0)]


@pytest.mark.parametrize(("age", "wait"), DUE)
def test_when_the_next_backup_is_due(database: Path, folder: Path, age: int, wait: int) -> None:
    """The next backup comes an interval after the newest, however often the bot was started."""
    assert backup.due(folder, 24 * HOUR, NOW) == timedelta()
    backup.make(database, folder, NOW, keep=3)
    assert backup.due(folder, 24 * HOUR, NOW + age * HOUR) == wait * HOUR


def test_restoring_where_nothing_is(database: Path, folder: Path, tmp_path: Path) -> None:
    """On a new machine a backup becomes the database, row by row."""
    made = backup.make(database, folder, NOW, keep=1)
    new = tmp_path / "new" / "whosays.sqlite3"
    done = backup.restore(made.path, new, tmp_path / "new" / "backups", NOW, force=False)
    assert done == backup.Restored(None, 0)
    assert rows(new) == rows(database)
    with Store(new) as store:
        assert learners.find(store.reader, 1) == 1


def test_restoring_asks_before_it_replaces(database: Path, folder: Path) -> None:
    """A database that is there is replaced by force alone, and a copy of it is kept."""
    made = backup.make(database, folder, NOW, keep=1)
    with Store(database) as store:
        store.write_now(lambda db: learners.enrol(db, 2, NOW))
    with pytest.raises(BackupError, match="--force"):
        backup.restore(made.path, database, folder, NOW + HOUR, force=False)
    assert ids(database) == [1, 2]
    done = backup.restore(made.path, database, folder, NOW + HOUR, force=True)
    assert ids(database) == [1]
    assert done.kept is not None
    assert ids(done.kept) == [1, 2]


def test_restoring_under_a_running_bot_is_refused(database: Path, folder: Path) -> None:
    """While a bot shows life its database is not replaced; once it has ended it may be."""
    made = backup.make(database, folder, NOW, keep=1)
    database.unlink()
    beat(database.parent)
    with pytest.raises(BackupError, match="stop it first"):
        backup.restore(made.path, database, folder, NOW, force=False)
    assert not database.exists()
    rest(database.parent)
    backup.restore(made.path, database, folder, NOW, force=False)
    assert ids(database) == [1]
    beat(database.parent)
    long_ago = time.time() - STALE - 1
    os.utime(database.parent / "alive", (long_ago, long_ago))
    backup.restore(made.path, database, folder, NOW, force=True)


def test_what_is_in_the_log_of_the_replaced_does_not_come_back(
    database: Path, folder: Path
) -> None:
    """A write-ahead log left by a bot that was killed does not leak into the restored one."""
    made = backup.make(database, folder, NOW, keep=1)
    store = Store(database)
    store.write_now(lambda db: learners.enrol(db, 2, NOW))
    beside = database.with_name(f"{database.name}-wal")
    left = beside.read_bytes()
    store.close()
    beside.write_bytes(left)
    backup.restore(made.path, database, folder, NOW, force=True)
    assert ids(database) == [1]


def test_who_was_forgotten_stays_forgotten(database: Path, folder: Path) -> None:
    """Restoring an older backup does not bring back people who had themselves deleted since."""
    with Store(database) as store:
        store.write_now(lambda db: [learners.enrol(db, n, NOW) for n in (2, 3)])
    made = backup.make(database, folder, NOW, keep=1)
    with Store(database) as store:
        store.write_now(lambda db: learners.forget(db, 2))
        store.write_now(lambda db: learners.enrol(db, 4, NOW))
    done = backup.restore(made.path, database, folder, NOW, force=True)
    assert done.forgotten == 1
    assert ids(database) == [1, 3]


def test_a_broken_database_can_be_replaced(database: Path, folder: Path) -> None:
    """A database that cannot be read is replaced too, and kept as it is."""
    made = backup.make(database, folder, NOW, keep=1)
    database.write_bytes(b"broken" * 1000)
    done = backup.restore(made.path, database, folder, NOW, force=True)
    assert ids(database) == [1]
    assert done.kept is not None
    assert done.kept.read_bytes() == b"broken" * 1000


def test_a_backup_under_write_load_restores_row_by_row(tmp_path: Path) -> None:
    """What was acknowledged before a backup of a busy database is in it, and restores unchanged."""
    path, folder = tmp_path / "whosays.sqlite3", tmp_path / "backups"
    write_log(path, 20_000)
    ended, acknowledged = threading.Event(), []
    with Store(path) as store:

        def write() -> None:
            number = 0
            while not ended.is_set():
                number += 1
                store.write_now(lambda db, n=number: learners.enrol(db, n, NOW))  # type: ignore[misc] # n is this turn's
                acknowledged.append(number)

        writer = threading.Thread(target=write)
        writer.start()
        while len(acknowledged) < 50:
            time.sleep(0.001)
        before = list(acknowledged)
        made = backup.make(path, folder, NOW, keep=1)
        after = len(acknowledged) + 1
        ended.set()
        writer.join()
    restored = tmp_path / "again" / "whosays.sqlite3"
    backup.restore(made.path, restored, folder, NOW, force=False)
    then, now = rows(restored), rows(path)
    assert set(before) <= set(ids(restored)) <= set(ids(path))
    assert len([one for one in ids(restored) if one < 1_000_000]) <= after
    newer = {"learners", "identities", "sqlite_sequence"}
    assert {name: then[name] for name in then.keys() - newer} == {
        name: now[name] for name in now.keys() - newer
    }
    for name in ("learners", "identities"):
        assert set(then[name]) <= set(now[name])


def test_where_room_is_short_nothing_is_begun(
    database: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk a backup says how much it needs and where else it could go."""
    monkeypatch.setattr(backup, "ROOM", 1e12)
    with pytest.raises(StoreError, match=r"MB free and a backup needs .*WHOSAYS_BACKUP_TO"):
        backup.make(database, folder, NOW, keep=1)
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT count(*) FROM learners").fetchone() == (1,)
    assert not folder.exists()

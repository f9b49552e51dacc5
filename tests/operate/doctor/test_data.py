"""The self-check of the data folder, fault by fault."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.operate import backup
from bot.operate.doctor import Line, State, data
from bot.operate.pulse import STALE, beat
from bot.store import arrivals, inbox
from bot.store.database import Store
from bot.store.migrations import migrations
from tests.quiz.builders import NOW

DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make an empty database of this version."""
    path = tmp_path / "whosays.sqlite3"
    with Store(path):
        pass
    return path


def states(lines: list[Line]) -> dict[str, State]:
    """Return how each thing is."""
    return {line.what: line.state for line in lines}


def line_of(lines: list[Line], what: str) -> Line:
    """Return the one line about something."""
    (found,) = [line for line in lines if line.what == what]
    return found


def checked(path: Path) -> list[Line]:
    """Check a database."""
    return list(data.database(path, NOW))


def test_all_is_well(path: Path) -> None:
    """Of a sound database with nothing stuck in it every line is well and gives no advice."""
    lines = checked(path)
    assert states(lines) == dict.fromkeys(("database", "schema", "inbox"), State.OK)
    assert not any(line.advice for line in lines)


def _spoilt(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def _of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE other (id INTEGER)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('whosays', 'm999_later', 'then')"
        )
        db.commit()


def _older(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db), stop_before="m002_teaching")


def _received(path: Path, *, ago: timedelta, failure: str | None = None) -> None:
    """Put an update into the inbox that came so long ago and was not handled, or failed."""
    with Store(path) as store:
        update = {"update_id": 5, "message": {"chat": {"id": 77}}}
        store.write_now(lambda db: arrivals.keep(db, [update], NOW - ago))
        if failure:
            store.write_now(lambda db: inbox.failed(db, 1, failure))


# A fault, the thing that it is seen in, how that then is, and part of what is said to do.
FAULTS: list[tuple[Callable[[Path], None], str, State, str]] = [
    (Path.unlink, "database", State.WARNING, "whosays run"),
    (_spoilt, "database", State.FAILING, "whosays restore"),
    (_of_another_program, "database", State.FAILING, "whosays restore"),
    (_newer, "schema", State.FAILING, "install that version"),
    (_older, "schema", State.WARNING, "the next start upgrades it"),
    (lambda path: _received(path, ago=timedelta(minutes=6)), "inbox", State.WARNING, "start"),
    (lambda path: _received(path, ago=timedelta(minutes=4)), "inbox", State.OK, ""),
    (
        lambda path: _received(path, ago=timedelta(hours=3), failure="KeyError"),
        "inbox",
        State.WARNING,
        "look for them in the log",
    ),
    (lambda path: _received(path, ago=2 * DAY, failure="KeyError"), "inbox", State.OK, ""),
]


@pytest.mark.parametrize(("break_it", "what", "state", "advice"), FAULTS)
def test_a_fault_of_the_database(
    path: Path, break_it: Callable[[Path], None], what: str, state: State, advice: str
) -> None:
    """Each fault is found under its name, as bad as it is, with what to do about it."""
    break_it(path)
    line = line_of(checked(path), what)
    assert line.state is state
    assert advice in line.advice
    assert bool(line.advice) == (state is not State.OK)


def test_looking_changes_nothing(path: Path) -> None:
    """The self-check of an older database does not upgrade it."""
    _older(path)
    before = path.read_bytes()
    checked(path)
    assert path.read_bytes() == before


# Days since the newest backup (none: never), hours between backups, and how backups then are.
BACKUPS = [
    (None, 24, State.WARNING),
    (1.9, 24, State.OK),
    (2.1, 24, State.WARNING),
    (2.1, 48, State.OK),
    (400, 0, State.OK),
]


@pytest.mark.parametrize(("age", "every", "state"), BACKUPS)
def test_backups(path: Path, age: float | None, every: int, state: State) -> None:
    """No backup, or none for two intervals, is worth a warning; where none are wanted, no age."""
    folder = path.parent / "backups"
    if age is not None:
        backup.make(path, folder, NOW - age * DAY, keep=1)
    line = data.backups(folder, timedelta(hours=every), NOW)
    assert (line.what, line.state) == ("backups", state)


# Bytes free, and how the disk then is.
DISKS = [(60_000_000_000, State.OK), (199_000_000, State.WARNING), (49_000_000, State.FAILING)]


@pytest.mark.parametrize(("free", "state"), DISKS)
def test_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    """A disk that gets full is told before it is, also of a folder that is not there yet."""

    class Usage:
        def __init__(self, _: Path) -> None:
            self.free = free

    monkeypatch.setattr(shutil, "disk_usage", Usage)
    line = data.disk(tmp_path / "not" / "yet.sqlite3", tmp_path / "nor" / "this")
    assert line.state is state
    assert bool(line.advice) == (state is not State.OK)


def test_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in which nothing can be kept fails, whatever its mode; a missing one can wait."""
    assert data.folder(tmp_path).state is State.OK
    assert [*tmp_path.iterdir()] == []
    assert data.folder(tmp_path / "not-yet").state is State.WARNING

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    line = data.folder(tmp_path)
    assert line.state is State.FAILING
    assert "No space left on device" in line.found


def test_the_sign_of_life(path: Path) -> None:
    """A bot that has just shown life is alive; one that has not, or never has, fails."""
    never, readable = data.alive(path.parent, path)
    assert (never.state, readable.state) == (State.FAILING, State.OK)
    beat(path.parent)
    assert data.alive(path.parent, path)[0].state is State.OK
    long_ago = time.time() - STALE - 5
    os.utime(path.parent / "alive", (long_ago, long_ago))
    stale = data.alive(path.parent, path)[0]
    assert stale.state is State.FAILING
    assert "start it again" in stale.advice
    path.unlink()
    assert data.alive(path.parent, path)[1].state is State.FAILING

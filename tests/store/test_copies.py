"""Copies of a database in use: of one moment, verified, whole or not there."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import learners
from bot.store.copies import copy, verify
from bot.store.database import Store
from tests.quiz.builders import NOW


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with closing(sqlite3.connect(path)) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608 - our own tables


def test_a_copy_holds_every_row(store: Store, learner: int, path: Path, tmp_path: Path) -> None:
    """A copy of a database that is open elsewhere has all its rows, in one file, for one user."""
    copy(path, tmp_path / "to" / "copy.sqlite3")
    made = tmp_path / "to" / "copy.sqlite3"
    assert rows(made) == rows(path)
    assert [file.name for file in made.parent.iterdir()] == ["copy.sqlite3"]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_copy_under_load_is_of_one_moment(store: Store, path: Path, tmp_path: Path) -> None:
    """While pairs of rows are written, every copy holds both rows of a pair or neither."""
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            store.write_now(lambda db, n=number: learners.enrol(db, n, NOW))  # type: ignore[misc] # n is this turn's

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = []
        for number in range(12):
            made = tmp_path / f"copy-{number}.sqlite3"
            copy(path, made)
            found = rows(made)
            assert len(found["learners"]) == len(found["identities"])
            counts.append(len(found["learners"]))
    finally:
        ended.set()
        writer.join()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def _overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(bytes(data))


def _another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE other (id INTEGER)")


SPOILT: list[Callable[[Path], None]] = [
    _not_a_database,
    _cut,
    _overwritten,
    _another,
    Path.unlink,
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_not_sound_is_not_copied(
    path: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """A file that is broken, another program's or missing is named, and nothing is left behind."""
    with Store(path) as store:
        store.write_now(lambda db: [learners.enrol(db, n, NOW) for n in range(500)])
    spoil(path)
    with pytest.raises(StoreError):
        verify(path)
    with pytest.raises(StoreError, match=path.name):
        copy(path, tmp_path / "copy.sqlite3")
    assert not [file for file in tmp_path.iterdir() if file.name.startswith("copy")]


def test_a_copy_takes_the_place_of_an_older_one_only_when_it_is_whole(
    store: Store, path: Path, tmp_path: Path
) -> None:
    """A copy that fails leaves the file of that name as it was."""
    target = tmp_path / "copy.sqlite3"
    copy(path, target)
    before = target.read_bytes()
    store.close()
    _not_a_database(path)
    with pytest.raises(StoreError):
        copy(path, target)
    assert target.read_bytes() == before

"""From one version of the schema to the next: once, with a copy made first, and never back."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.database import Store
from bot.store.migrations import migrations
from bot.store.upgrade import pending_steps, unknown_steps

FIRST, SECOND = (step.name for step in migrations.pending(Database(memory=True))[:2])


def of_the_first_version(path: Path) -> None:
    """Make a database of the first version, with a learner in it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db), stop_before=SECOND)
        db.execute("INSERT INTO learners (created_at) VALUES ('2025-01-01T00:00:00.000+00:00')")


def backups(folder: Path) -> list[Path]:
    """Return the files in the folder for backups beside a database."""
    return sorted((folder / "backups").glob("*"))


def test_an_upgrade_keeps_the_rows_and_a_copy_of_what_was(path: Path) -> None:
    """An older database is copied, then upgraded; the copy is as old as it was."""
    of_the_first_version(path)
    with Store(path) as store:
        assert pending_steps(store.reader) == []
        assert store.reader.execute("SELECT count(*) FROM learners").fetchone() == (1,)
    (copy,) = backups(path.parent)
    assert copy.name.endswith(f"-before-{SECOND}.db")
    with closing(sqlite3.connect(copy)) as db:
        assert [step.name for step in migrations.applied(Database(db))] == [FIRST]
        assert db.execute("SELECT count(*) FROM learners").fetchone() == (1,)


def test_a_new_or_current_database_is_not_copied(path: Path) -> None:
    """Where nothing is to be changed, nothing is copied."""
    for _ in range(2):
        with Store(path):
            pass
    assert backups(path.parent) == []


def test_the_copy_goes_where_backups_go(path: Path, tmp_path: Path) -> None:
    """An operator's own folder for backups takes the copy too."""
    of_the_first_version(path)
    with Store(path, tmp_path / "elsewhere"):
        pass
    assert len([*(tmp_path / "elsewhere").iterdir()]) == 1
    assert backups(path.parent) == []


def test_processes_that_start_at_once_upgrade_once(path: Path) -> None:
    """Of several that open an older database together one upgrades it and all can use it."""
    of_the_first_version(path)
    troubles: list[Exception] = []

    def open_it() -> None:
        try:
            with Store(path) as store:
                assert pending_steps(store.reader) == []
        except Exception as error:
            troubles.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(backups(path.parent)) == 1


def test_without_a_copy_there_is_no_upgrade(path: Path) -> None:
    """Where the copy cannot be made, the database stays as it was and the reason is told."""
    of_the_first_version(path)
    (path.parent / "backups").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot copy"):
        Store(path)
    with closing(sqlite3.connect(path)) as db:
        assert [step.name for step in migrations.applied(Database(db))] == [FIRST]


def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    """A step that this version does not know means a newer one: it is named, nothing is changed."""
    with Store(path):
        pass
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('whosays', 'm999_of_the_future', 'then')"
        )
        db.commit()
        assert unknown_steps(db) == ["m999_of_the_future"]
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version.*m999_of_the_future.*backups"):
        Store(path)
    assert path.read_bytes() == before

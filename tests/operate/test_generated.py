"""The generated log is what the tests that stand on it take it to be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store.database import Store
from bot.store.results import of_set
from tests.operate.generated import ANSWERS_A_ROUND, write_log


def test_a_generated_log_is_one_that_the_bot_could_have_written(tmp_path: Path) -> None:
    """Every row refers to rows that there are, and the store reads its answers as its own."""
    path = tmp_path / "log.sqlite3"
    write_log(path, 803)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM answers").fetchone() == (800,)
        sizes = db.execute("SELECT count(*) FROM answers GROUP BY round").fetchall()
        assert {size for (size,) in sizes} == {ANSWERS_A_ROUND}
        asks = db.execute("SELECT count(DISTINCT ask || verdict) FROM answers").fetchone()
        assert asks[0] >= 8
        slug = db.execute("SELECT slug FROM answers ORDER BY id LIMIT 1").fetchone()[0]
    with Store(path) as store:
        assert {one.disputed for one in of_set(store.reader, slug)} == {True, False}


def test_a_generated_log_depends_on_its_seed_alone(tmp_path: Path) -> None:
    """The same seed gives the same answers, another seed other ones."""
    dumps = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_log(tmp_path / name, 80, seed)
        with closing(sqlite3.connect(tmp_path / name)) as db:
            dumps.append(db.execute("SELECT * FROM answers ORDER BY id").fetchall())
    assert dumps[0] == dumps[1]
    assert dumps[0] != dumps[2]

"""Building the snapshot: a file of its own beside the store, brought up to date in one go.

All of it happens in one transaction of a write-ahead log, so whoever reads the file meanwhile sees
it as it was. Only what is new is added; what changed in the store is done again, and what was
deleted there goes here too, overwritten (`secure_delete`), also out of the log.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from bot.errors import ReviewError
from bot.operate.review import facts, figures, files, rows, sums
from bot.operate.review.table import Table
from bot.operate.review.tables import GRADES_VIEW, tables
from bot.store.moments import to_text

NAME = "review.db"
"""The snapshot's file in the data folder; Datasette calls the database by it."""

REVISION = 1
"""Counts the changes to how rows come about that no column shows: another one builds anew."""

CHUNK = 20_000
"""Answers added by one statement, so that progress can be told several times a second."""

Told = Callable[[int, int], None]
"""Is told how many of how many answers have been added."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `anew` says that nothing of an earlier snapshot was kept."""

    answers: int
    added: int
    redone: int
    removed: int
    anew: bool


def build(store: Path, snapshot: Path, now: datetime, told: Told, *, with_text: bool) -> Built:
    """Bring the snapshot of a store up to date; ReviewError where that cannot be done.

    The store is only read. Without text the snapshot holds nothing that anybody typed.
    """
    if not store.exists():
        raise ReviewError(f"there is no score log yet: {store} is made by `whosays run` or `play`")
    try:
        return files.update(
            store, snapshot, lambda db: _Build(db, now, told, with_text=with_text).run()
        )
    except (sqlite3.Error, OSError) as error:
        raise ReviewError(
            f"cannot build {snapshot} from {store}: {error} (it may be deleted and built anew)"
        ) from error


class _Build:
    """One build, on a connection with both files."""

    def __init__(
        self, db: sqlite3.Connection, now: datetime, told: Told, *, with_text: bool
    ) -> None:
        self._db, self._now, self._told, self._with_text = db, now, told, with_text
        self._tables: tuple[Table, ...] = tables(with_text=with_text)
        self._shape = _shape(self._tables)
        self._places = {table.name: table.insert() for table in self._tables}

    def run(self) -> Built:
        """Build in one transaction, then empty the log, which holds what was there before."""
        self._db.execute("CREATE TEMP TABLE again (id INTEGER PRIMARY KEY, attempt INTEGER)")
        self._db.execute("CREATE TEMP TABLE changed (id INTEGER)")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            built = self._update()
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        self._db.execute("PRAGMA review.wal_checkpoint(TRUNCATE)")
        return built

    def _update(self) -> Built:
        changes = self._onward() if self._fits() else None
        if anew := changes is None:
            self._empty()
        removed, redone, added = changes or (0, 0, self._add())
        if anew or added or redone or removed:
            self._count()
        for name, fill in sums.OF_PUSHES.items():
            self._db.execute(f"DELETE FROM review.{name}")
            self._db.execute(fill)
        for table in self._tables:
            for statement in table.index():
                self._db.execute(statement)
        answers = self._one("SELECT count(*) FROM review.answers")
        self._note(answers)
        return Built(answers, added, redone, removed, anew)

    def _onward(self) -> tuple[int, int, int] | None:
        """Return how many answers were removed, done again and added.

        None where the store is another one than it was, such as an older one restored.
        """
        removed = self._forget()
        if not self._one(rows.SAME):
            return None
        redone, added = self._redo(), self._add()
        return (removed, redone, added) if self._one(rows.COMPLETE) else None

    def _fits(self) -> bool:
        """Whether there is a snapshot of this shape, with or without text as asked."""
        names = self._db.execute("SELECT name FROM review.sqlite_schema WHERE name = 'snapshot'")
        if names.fetchone() is None:
            return False
        return self._one("SELECT count(*) FROM review.snapshot WHERE shape = ?", self._shape) == 1

    def _empty(self) -> None:
        found = self._db.execute(
            "SELECT type, name FROM review.sqlite_schema WHERE type IN ('table', 'view')"
        ).fetchall()
        for type_, name in found:
            self._db.execute(f'DROP {type_} review."{name}"')
        for table in self._tables:
            self._db.execute(table.create())
        self._db.execute(GRADES_VIEW)

    def _forget(self) -> int:
        """Remove the answers of learners who were forgotten; return how many."""
        gone = self._db.execute(rows.FORGOTTEN).fetchall()
        self._db.executemany("DELETE FROM review.regrades WHERE learner = ?", gone)
        removed = self._db.executemany("DELETE FROM review.answers WHERE learner = ?", gone)
        return max(0, removed.rowcount)

    def _redo(self) -> int:
        """Do again the answers that changed; return how many."""
        self._db.execute("DELETE FROM temp.changed")
        for statement in (rows.CHANGED, rows.CUT_OFF):
            self._db.execute(statement)
        if self._with_text:
            self._db.execute(rows.CHANGED_TEXT)
        which = "(SELECT id FROM temp.changed)"
        redone = self._one("SELECT count(DISTINCT id) FROM temp.changed")
        if redone:
            self._number_attempts(f"id IN {which}")
            self._db.execute(f"DELETE FROM review.answers WHERE id IN {which}")
            self._db.execute(f"DELETE FROM review.regrades WHERE answer IN {which}")
            self._insert(f"answers.id IN {which}")
        return redone

    def _add(self) -> int:
        """Add the answers that are newer than all that are there; return how many."""
        last = self._one("SELECT coalesce(max(id), 0) FROM review.answers")
        newest = self._one("SELECT coalesce(max(id), 0) FROM live.answers")
        total = self._one("SELECT count(*) FROM live.answers WHERE id > ?", last)
        if not total:
            return 0
        self._number_attempts(f"id > {last}")
        done = 0
        for low in range(last, newest, CHUNK):
            which = f"answers.id > {low} AND answers.id <= {low + CHUNK}"
            done += self._insert(which)
            self._told(done, total)
        return done

    def _insert(self, which: str) -> int:
        """Add some answers with their grades; return how many answers."""
        answers, *grades = rows.adding(with_text=self._with_text)
        added = self._db.execute(f"{answers} {which}").rowcount
        for statement in grades:
            self._db.execute(f"{statement} {which}")
        return added

    def _number_attempts(self, which: str) -> None:
        """Put down which answers are not their learner's first to the same question of a push."""
        self._db.execute("DELETE FROM temp.again")
        repeated = _repeated(self._db.execute(rows.TO_NUMBER.format(of=which)))
        self._db.executemany("INSERT INTO temp.again VALUES (?, ?)", repeated)

    def _count(self) -> None:
        found = facts.read(self._db)
        for name, new in (
            ("days", sums.days(found)),
            ("response_times", sums.times(found)),
            ("confusions", sums.confusions(found)),
            ("questions", figures.questions(found, self._db)),
            ("learners", figures.learners(found)),
            ("discernment", figures.discernment(found)),
        ):
            self._db.execute(f"DELETE FROM review.{name}")
            self._db.executemany(self._places[name], new)

    def _note(self, answers: int) -> None:
        learners = self._one("SELECT count(*) FROM review.learners")
        self._db.execute("DELETE FROM review.snapshot")
        self._db.execute(
            "INSERT INTO review.snapshot VALUES (?, ?, ?, ?, ?)",
            (to_text(self._now), answers, learners, self._with_text, self._shape),
        )

    def _one(self, statement: str, *values: object) -> int:
        return int(self._db.execute(statement, values).fetchone()[0])


def _repeated(answers: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, int]]:
    """Yield answer and attempt of what is answered again; answers come learner by learner."""
    for _, theirs in groupby(answers, key=itemgetter(1)):
        times: Counter[tuple[Any, ...]] = Counter()
        for answer, _, *asked in theirs:
            times[tuple(asked)] += 1
            if times[tuple(asked)] > 1:
                yield answer, times[tuple(asked)]


def _shape(made: tuple[Table, ...]) -> str:
    """Return what tells snapshots apart that hold other columns, or other things in them."""
    statements = "".join(table.create() for table in made)
    return sha256(f"{REVISION} {statements}".encode()).hexdigest()[:16]

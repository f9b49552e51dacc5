"""Classes: who teaches them, who learns in them, under which nickname."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.store.moments import to_text

_COLUMNS = "classes.id, classes.name, classes.code, classes.zone"


@dataclass(frozen=True, slots=True)
class Class:
    """A class. `code` is what learners type to join, `zone` an IANA time zone."""

    id: int
    name: str
    code: str
    zone: str


@dataclass(frozen=True, slots=True)
class Member:
    """A learner in a class; without a nickname anonymous to classmates."""

    learner: int
    nickname: str
    ranked: bool
    reminders: bool


def create(db: sqlite3.Connection, name: str, code: str, zone: str, now: datetime) -> int:
    """Make a class that nobody teaches yet, and return its number."""
    cursor = db.execute(
        "INSERT INTO classes (name, code, zone, made_at) VALUES (?, ?, ?, ?)",
        (name, code, zone, to_text(now)),
    )
    return int(cursor.lastrowid or 0)


def keep(db: sqlite3.Connection, changed: Class) -> None:
    """Keep a class's changed name, code and zone."""
    db.execute(
        "UPDATE classes SET name = ?, code = ?, zone = ? WHERE id = ?",
        (changed.name, changed.code, changed.zone, changed.id),
    )


def load(db: sqlite3.Connection, class_id: int) -> Class | None:
    """Return a class by its number."""
    row = db.execute(f"SELECT {_COLUMNS} FROM classes WHERE id = ?", (class_id,)).fetchone()  # noqa: S608 - constant names
    return Class(*row) if row else None


def by_code(db: sqlite3.Connection, code: str) -> Class | None:
    """Return the class that a code opens."""
    row = db.execute(f"SELECT {_COLUMNS} FROM classes WHERE code = ?", (code,)).fetchone()  # noqa: S608 - constant names
    return Class(*row) if row else None


def everything(db: sqlite3.Connection) -> list[Class]:
    """Return all classes, the oldest first."""
    return [Class(*row) for row in db.execute(f"SELECT {_COLUMNS} FROM classes ORDER BY id")]  # noqa: S608 - constant names


def taught_by(db: sqlite3.Connection, learner: int) -> list[Class]:
    """Return the classes that somebody leads or helps to teach."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM classes JOIN class_instructors ON class = classes.id"  # noqa: S608 - constant names
        " WHERE learner = ? ORDER BY classes.id",
        (learner,),
    )
    return [Class(*row) for row in rows]


def joined_by(db: sqlite3.Connection, learner: int) -> list[Class]:
    """Return the classes that somebody learns in."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM classes JOIN members ON class = classes.id"  # noqa: S608 - constant names
        " WHERE learner = ? ORDER BY classes.id",
        (learner,),
    )
    return [Class(*row) for row in rows]


def teaches(db: sqlite3.Connection, class_id: int, learner: int) -> bool:
    """Whether somebody leads a class or helps to teach it."""
    row = db.execute(
        "SELECT 1 FROM class_instructors WHERE class = ? AND learner = ?", (class_id, learner)
    ).fetchone()
    return row is not None


def leads(db: sqlite3.Connection, class_id: int, learner: int) -> bool:
    """Whether somebody leads a class."""
    row = db.execute(
        "SELECT 1 FROM class_instructors WHERE class = ? AND learner = ? AND leads",
        (class_id, learner),
    ).fetchone()
    return row is not None


def add_instructor(db: sqlite3.Connection, class_id: int, learner: int, *, leads: bool) -> bool:
    """Let somebody teach a class; False when they do already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO class_instructors (class, learner, leads) VALUES (?, ?, ?)",
        (class_id, learner, leads),
    )
    return cursor.rowcount == 1


def delete(db: sqlite3.Connection, class_id: int) -> None:
    """Remove a class with its pushes; the answers given in it stay with their learners."""
    db.execute("DELETE FROM classes WHERE id = ?", (class_id,))


def join(db: sqlite3.Connection, class_id: int, learner: int, now: datetime) -> bool:
    """Let somebody learn in a class; False when they do already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO members (class, learner, joined_at) VALUES (?, ?, ?)",
        (class_id, learner, to_text(now)),
    )
    return cursor.rowcount == 1


def leave(db: sqlite3.Connection, class_id: int, learner: int) -> bool:
    """Take somebody out of a class; False when they were not in it."""
    cursor = db.execute("DELETE FROM members WHERE class = ? AND learner = ?", (class_id, learner))
    return cursor.rowcount == 1


def member(db: sqlite3.Connection, class_id: int, learner: int) -> Member | None:
    """Return somebody as the member of a class."""
    row = db.execute(
        "SELECT learner, nickname, ranked, reminders FROM members WHERE class = ? AND learner = ?",
        (class_id, learner),
    ).fetchone()
    return _member(row) if row else None


def members(db: sqlite3.Connection, class_id: int) -> list[Member]:
    """Return everybody who learns in a class, in the order of joining."""
    rows = db.execute(
        "SELECT learner, nickname, ranked, reminders FROM members WHERE class = ? ORDER BY rowid",
        (class_id,),
    )
    return [_member(row) for row in rows]


def ranked(db: sqlite3.Connection, class_id: int) -> list[Member]:
    """Return those of a class who wish to stand on its leaderboard."""
    rows = db.execute(
        "SELECT learner, nickname, ranked, reminders FROM members WHERE class = ? AND ranked"
        " ORDER BY rowid",
        (class_id,),
    )
    return [_member(row) for row in rows]


def count(db: sqlite3.Connection, class_id: int) -> int:
    """Return how many learn in a class."""
    row = db.execute("SELECT count(*) FROM members WHERE class = ?", (class_id,)).fetchone()
    return int(row[0])


def change(db: sqlite3.Connection, class_id: int, member: Member) -> None:
    """Keep how a member wants to be called, ranked and reminded."""
    db.execute(
        "UPDATE members SET nickname = ?, ranked = ?, reminders = ?"
        " WHERE class = ? AND learner = ?",
        (member.nickname, member.ranked, member.reminders, class_id, member.learner),
    )


def _member(row: tuple[int, str, int, int]) -> Member:
    learner, nickname, ranked, reminders = row
    return Member(learner, nickname, bool(ranked), bool(reminders))

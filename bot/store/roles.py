"""Who may do what: roles, their changes, and invitations to them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.store.moments import from_text, to_text


class Role(StrEnum):
    """What somebody is, the least first; a co-instructor is one in some class and not in others."""

    LEARNER = "learner"
    CO_INSTRUCTOR = "co_instructor"
    INSTRUCTOR = "instructor"
    OPERATOR = "operator"

    def may(self, needed: Role) -> bool:
        """Whether whoever has this role may do what needs another."""
        ranks = tuple(Role)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An offer of a role; of a co-instructor's for one class. Whoever has the key may take it."""

    role: Role
    class_id: int | None
    made_by: int | None
    expires_at: datetime


def of(db: sqlite3.Connection, learner: int) -> Role:
    """Return somebody's highest role."""
    row = db.execute("SELECT role FROM roles WHERE learner = ?", (learner,)).fetchone()
    if row:
        return Role(row[0])
    teaches = db.execute(
        "SELECT 1 FROM class_instructors WHERE learner = ? LIMIT 1", (learner,)
    ).fetchone()
    return Role.CO_INSTRUCTOR if teaches else Role.LEARNER


def grant(db: sqlite3.Connection, learner: int, role: Role, by: int | None, now: datetime) -> None:
    """Give somebody the role of an instructor or operator, and note who did."""
    db.execute(
        "INSERT INTO roles (learner, role, since) VALUES (?, ?, ?)"
        " ON CONFLICT (learner) DO UPDATE SET role = excluded.role, since = excluded.since",
        (learner, role, to_text(now)),
    )
    note(db, learner, role, None, by, now, granted=True)


def withdraw(db: sqlite3.Connection, learner: int, by: int | None, now: datetime) -> bool:
    """Make somebody a learner again; False when they were no more."""
    row = db.execute("SELECT role FROM roles WHERE learner = ?", (learner,)).fetchone()
    if row is None:
        return False
    db.execute("DELETE FROM roles WHERE learner = ?", (learner,))
    note(db, learner, Role(row[0]), None, by, now, granted=False)
    return True


def note(
    db: sqlite3.Connection,
    learner: int,
    role: Role,
    class_id: int | None,
    by: int | None,
    now: datetime,
    *,
    granted: bool,
) -> None:
    """Add a line to the log of changes of roles."""
    db.execute(
        "INSERT INTO role_changes (at, learner, role, class, granted, by)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (to_text(now), learner, role, class_id, granted, by),
    )


def holders(db: sqlite3.Connection, role: Role) -> list[int]:
    """Return everybody who has been given this role, by number."""
    rows = db.execute("SELECT learner FROM roles WHERE role = ? ORDER BY learner", (role,))
    return [learner for (learner,) in rows]


def invite(db: sqlite3.Connection, key: str, invitation: Invitation) -> None:
    """Keep an invitation under the hash of its key."""
    db.execute(
        "INSERT INTO invitations (key_hash, role, class, made_by, expires_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            _hash(key),
            invitation.role,
            invitation.class_id,
            invitation.made_by,
            to_text(invitation.expires_at),
        ),
    )


def invited(db: sqlite3.Connection, key: str, now: datetime) -> Invitation | None:
    """Return the invitation that a key opens; None for one unknown, used or expired."""
    row = db.execute(
        "SELECT role, class, made_by, expires_at FROM invitations"
        " WHERE key_hash = ? AND used_at IS NULL AND expires_at > ?",
        (_hash(key), to_text(now)),
    ).fetchone()
    if row is None:
        return None
    role, class_id, made_by, expires_at = row
    return Invitation(Role(role), class_id, made_by, from_text(expires_at))


def use(db: sqlite3.Connection, key: str, now: datetime) -> bool:
    """Use an invitation up; False when somebody else was first."""
    cursor = db.execute(
        "UPDATE invitations SET used_at = ?1 WHERE key_hash = ?2 AND used_at IS NULL"
        " AND expires_at > ?1",
        (to_text(now), _hash(key)),
    )
    return cursor.rowcount == 1


def _hash(key: str) -> str:
    """Return what is kept of a key: it has 128 random bits, so a plain hash cannot be reversed."""
    return sha256(key.encode()).hexdigest()

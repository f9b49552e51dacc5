"""Inviting somebody to a role, and taking an invitation up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store import classes, roles
from bot.store.roles import Invitation, Role

KEY_BYTES = 16
"""Random bytes of a key: 128 bits, 22 letters; a deep link carries up to 64 (Bot API)."""

LIFETIME = timedelta(days=7)
"""How long an invitation is open: long enough for a weekend, short enough to be forgotten."""

NewKey = Callable[[int], str]
"""Makes a key of so many random bytes, of letters that a link can carry."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A key, to be handed on once, and what it opens."""

    key: str
    invitation: Invitation


def invitation(
    role: Role, class_id: int | None, by: int | None, now: datetime, new_key: NewKey
) -> Invited:
    """Return a new invitation; a co-instructor's names its class."""
    return Invited(new_key(KEY_BYTES), Invitation(role, class_id, by, now + LIFETIME))


def accept(db: sqlite3.Connection, key: str, learner: int, now: datetime) -> Invitation | None:
    """Give a learner what a key opens, and use it up; None for one that opens nothing.

    Nobody loses by it: whoever is more already stays that.
    """
    invitation = roles.invited(db, key, now)
    if invitation is None or not roles.use(db, key, now):
        return None
    if invitation.class_id is not None:
        if classes.add_instructor(db, invitation.class_id, learner, leads=False):
            by, class_id = invitation.made_by, invitation.class_id
            roles.note(db, learner, invitation.role, class_id, by, now, granted=True)
    elif not roles.of(db, learner).may(invitation.role):
        roles.grant(db, learner, invitation.role, invitation.made_by, now)
    return invitation

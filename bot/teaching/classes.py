"""Classes: making and naming them, who may teach and who learns in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from zoneinfo import available_timezones

from bot.store import classes, roles
from bot.store.classes import Class
from bot.store.roles import Role
from bot.teaching.names import taken as looks_taken

LONGEST_NAME = 60
"""Characters of a class's name: a button shows about so many."""

LONGEST_NICKNAME = 24
"""Characters of a nickname: a line of the leaderboard holds it beside the figures."""

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters of a join code: none that is taken for another when it is read aloud or copied."""

CODE_LENGTH = 7
"""31 letters to the 7th are 27 thousand million: nobody finds a class by trying."""

DEFAULT_ZONE = "UTC"

Choose = Callable[[str], str]
"""Chooses one of some letters at random, so that nobody can guess it."""


def create(db: sqlite3.Connection, made: Class, leader: int | None, now: datetime) -> int:
    """Keep a new class, led by somebody or, from the shell, by nobody yet; return its number."""
    class_id = classes.create(db, made.name, made.code, made.zone, now)
    if leader is not None:
        classes.add_instructor(db, class_id, leader, leads=True)
    return class_id


def clean_code(text: str) -> str:
    """Return a join code as it was typed, in one spelling."""
    return "".join(letter for letter in text.upper() if letter in CODE_LETTERS)


def known_zone(name: str) -> bool:
    """Whether there is a time zone of that name in the IANA database."""
    return name in available_timezones()


def may_teach(db: sqlite3.Connection, class_id: int, learner: int) -> bool:
    """Whether somebody may push to a class and see its results."""
    return classes.teaches(db, class_id, learner) or _operates(db, learner)


def may_lead(db: sqlite3.Connection, class_id: int, learner: int) -> bool:
    """Whether somebody may invite others to teach a class, rename it, or delete it."""
    return classes.leads(db, class_id, learner) or _operates(db, learner)


def taught(db: sqlite3.Connection, learner: int) -> list[Class]:
    """Return the classes that somebody may teach; for an operator, all."""
    if _operates(db, learner):
        return classes.everything(db)
    return classes.taught_by(db, learner)


def nickname_taken(
    db: sqlite3.Connection, class_id: int, learner: int, nickname: str, own_words: str
) -> bool:
    """Whether a nickname looks like another member's, a number, or the bot's word for nobody."""
    members = classes.members(db, class_id)
    others = [one.nickname for one in members if one.nickname and one.learner != learner]
    return looks_taken(nickname, [*others, own_words])


def free_code(db: sqlite3.Connection, choose: Choose) -> str:
    """Return a join code that no class has."""
    while True:
        code = "".join(choose(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if classes.by_code(db, code) is None:
            return code


def _operates(db: sqlite3.Connection, learner: int) -> bool:
    return roles.of(db, learner).may(Role.OPERATOR)

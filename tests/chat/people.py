"""People with roles, for dialogues about teaching."""

from __future__ import annotations

import re

from bot.local.values import Account
from bot.store import learners, roles
from bot.store.roles import Role
from tests.chat.dialogs import START, Chat

CODE = re.compile(r"/join ([A-Z2-9]{7})")
LINK = re.compile(r"start=(\S+)")


def somebody(chat: Chat, number: int, role: Role = Role.LEARNER) -> Account:
    """Return a person who is there for the first time, with a role."""
    person = chat.telegram.user(number, f"Person {number}")
    learner = chat.bot.store.write_now(lambda db: learners.enrol(db, number, START))
    if role is not Role.LEARNER:
        chat.bot.store.write_now(lambda db: roles.grant(db, learner, role, None, START))
    return person


def number_of(chat: Chat, person: Account) -> int:
    """Return the number that the store calls a person by."""
    learner = learners.find(chat.bot.store.reader, person.id)
    assert learner is not None
    return learner


async def new_class(chat: Chat, instructor: Account, name: str = "Class 7b") -> str:
    """Let an instructor make a class, and return its join code."""
    return found(CODE, await chat.say(f"/class new {name}", instructor))


def found(pattern: re.Pattern[str], answer: str) -> str:
    """Return what a pattern finds in an answer."""
    match = pattern.search(answer)
    assert match is not None, f"no {pattern.pattern} in:\n{answer}"
    return match[1]

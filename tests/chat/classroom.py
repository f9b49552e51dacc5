"""A class with its instructor and learners, made in the store of a chat's bot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.local.values import Account, Message
from bot.store import classes, learners, roles
from bot.store.roles import Role
from tests.chat.dialogs import START, Chat, verify
from tests.chat.sets import asks, seeds

TWO = seeds(asks(), asks(kind="opinion"))
SET = "[A little set]"
ARRIVES = "📬 Class 7b: A little set is there for you."
FIRST = 800_001
"""Telegram id of the first learner of a class; the others follow."""


@dataclass
class Classroom:
    """The chat's own person teaches; `pupils` learn, and each has opened a chat with the bot."""

    chat: Chat
    class_id: int
    pupils: list[Account]

    def seen(self, pupil: Account) -> list[str]:
        """Return what the bot has said to a pupil since the greeting, as it is now."""
        return [message.text for message in self.chat.telegram.chat(pupil).sent[1:]]

    def last(self, pupil: Account) -> Message:
        """Return the newest message to a pupil."""
        return self.chat.telegram.chat(pupil).last

    async def passes(self, **span: float) -> None:
        """Let time pass and the courier notice it."""
        self.chat.clock.pass_(**span)
        self.chat.bot.courier.wake()
        await self.chat.idle()


def number(chat: Chat, person: Account) -> int:
    """Return the learner's number of a person."""
    found = learners.find(chat.bot.store.reader, person.id)
    assert found is not None, f"{person.name} never wrote"
    return found


def write(chat: Chat, unit: Callable[[sqlite3.Connection], object]) -> None:
    """Write to the store of a chat's bot."""
    chat.bot.store.write_now(unit)


async def classroom(chat: Chat, pupils: int = 2, *, zone: str = "Europe/Berlin") -> Classroom:
    """Make a class that the chat's person leads and so many others learn in."""
    await chat.say("/start")
    teacher = number(chat, chat.person)
    write(chat, lambda db: roles.grant(db, teacher, Role.INSTRUCTOR, None, START))
    class_id = chat.bot.store.write_now(
        lambda db: classes.create(db, "Class 7b", "7b", zone, START)
    )
    write(chat, lambda db: classes.add_instructor(db, class_id, teacher, leads=True))
    people = [chat.telegram.user(FIRST + n, f"Pupil {n}") for n in range(pupils)]
    for person in people:
        await chat.say("/start", person)
        learner = number(chat, person)
        write(chat, partial(_join, class_id, learner))
    return Classroom(chat, class_id, people)


def _join(class_id: int, learner: int, db: sqlite3.Connection) -> bool:
    return classes.join(db, class_id, learner, START)


async def sent(room: Classroom, *choices: str) -> None:
    """Push the set to the class, with some buttons pressed before it is confirmed."""
    await verify(room.chat, [("/push", "Which set shall go to Class 7b?"), (SET, "Press a line")])
    for choice in choices:
        await room.chat.say(choice)
    await room.chat.say("[Send it ✔]")

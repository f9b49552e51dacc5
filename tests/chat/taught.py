"""A class that was sent one set, for dialogues about what comes back from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.local.values import Account
from bot.store import classes, roles
from bot.store.roles import Role
from tests.chat.classroom import Classroom, classroom, number, sent, write
from tests.chat.dialogs import START, Chat, FakeReader
from tests.chat.sets import Fields, asks, asks_loaded, seeds

RED, BLUE = "The mill is red, the mayor said.", "The mill is the ugliest of all."
TWO = (asks(passage=RED), asks(passage=BLUE, kind="opinion"))
THREE = (*TWO, asks_loaded())
OTHER = 66


class Taught(Classroom):
    """The class of `Classroom`, whose instructor published the set."""

    async def play(self, pupil: Account, *said: str) -> None:
        """Let a pupil answer the questions in their order."""
        await self.chat.say("[Begin ▶]", pupil)
        for place, words in enumerate(said):
            if place:
                await self.chat.say("[Next ▶]", pupil)
            await self.chat.say(words, pupil)

    async def disputes(self, pupil: Account, words: str = "") -> None:
        """Let a pupil disagree with the newest verdict, in their words if there are any."""
        await self.chat.say("[I disagree]", pupil)
        if words:
            await self.chat.say(words, pupil)

    def rows(self, columns: str, table: str) -> list[tuple[object, ...]]:
        """Return rows of a table of the store, the oldest first."""
        select = f"SELECT {columns} FROM {table} ORDER BY rowid"  # noqa: S608 - constant names
        return self.chat.bot.store.reader.execute(select).fetchall()

    async def helper(self) -> Account:
        """Return the second pupil, who helps to teach the class."""
        learner = number(self.chat, self.pupils[1])
        write(
            self.chat,
            lambda db: classes.add_instructor(db, self.class_id, learner, leads=False),
        )
        return self.pupils[1]

    async def stranger(self) -> Account:
        """Return the instructor of another class, who owns no set."""
        person = self.chat.telegram.user(OTHER, "Stranger")
        await self.chat.say("/start", person)
        learner = number(self.chat, person)
        write(self.chat, lambda db: roles.grant(db, learner, Role.INSTRUCTOR, None, START))
        await self.chat.say("/class new Other", person)
        return person


def chat_of(
    folder: Path, questions: Sequence[Fields] = TWO, reader: FakeReader | None = None
) -> Chat:
    """Return a chat whose bot knows one set."""
    return Chat(folder, seeds(*questions), reader=reader)


async def taught(chat: Chat, pupils: int = 2, *, owned: bool = True) -> Taught:
    """Send the one set of a bot to a class, in the order of its file."""
    room = await classroom(chat, pupils)
    if owned:
        teacher = number(chat, chat.person)
        write(chat, lambda db: db.execute("UPDATE sets SET published_by = ?", (teacher,)))
    await sent(room, "[Order: composed]")
    return Taught(room.chat, room.class_id, room.pupils)

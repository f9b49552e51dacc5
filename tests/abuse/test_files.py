"""Hostile files sent in the chat by who teaches: refused clearly, kept nowhere, nobody held up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from bot.app.bot import Bot, Surroundings
from bot.app.files import Files
from bot.errors import FileError, LargeFileError
from bot.sets.limits import FILE_BYTES
from bot.settings import Settings
from bot.store import inbox, learners, roles
from bot.store.roles import Role
from bot.transport.request import AiohttpRequest
from tests.abuse.files import HOSTILE, NAMES, made, plain_set
from tests.chat.dialogs import START, FakeReader
from tests.chat.sets import asks, seeds
from tests.telegram_server.files import FileHarm
from tests.telegram_server.server import TOKEN, TelegramServer

SMALL = 12_000
"""Bytes of a file here; in `make soak` they are as large as is read at all."""

PATIENCE = 20.0
LEARNER = 5


class School:
    """A bot over HTTP, teachers who send it files, and a learner beside them."""

    def __init__(self, telegram: TelegramServer, bot: Bot) -> None:
        self.telegram = telegram
        self.bot = bot
        self._teachers = 0
        telegram.people.user(LEARNER, "Ann")

    async def sends(self, name: str, content: bytes, *, unsized: bool = False) -> str:
        """Let a teacher who has sent nothing yet send a file; return what the bot says of it."""
        self._teachers += 1
        number = 1000 + self._teachers
        people, write = self.telegram.people, self.bot.store.write
        teacher = people.user(number, "T")
        learner = await write(lambda db: learners.enrol(db, number, START))
        await write(lambda db: roles.grant(db, learner, Role.INSTRUCTOR, None, START))
        people.attach(teacher, name, content)
        if unsized:
            document: dict[str, object] = self.telegram.updates[-1]["message"]["document"]
            del document["file_size"]
        await self.telegram.until(lambda: bool(people.chat(teacher).sent), PATIENCE)
        await self.bot.idle()
        return "\n".join(message.text for message in people.chat(teacher).sent)

    def drafts(self) -> int:
        """Return how many drafts are kept."""
        (count,) = self.bot.store.reader.execute("SELECT count(*) FROM drafts").fetchone()
        return int(count)

    def untouched(self) -> None:
        """Check that nothing is kept of any file, and that nothing failed or waits."""
        db = self.bot.store.reader
        assert self.drafts() == 0
        assert db.execute("SELECT count(*) FROM sets WHERE published_by > 0").fetchone() == (0,)
        assert db.execute("SELECT failure FROM inbox WHERE failure NOT NULL").fetchall() == []
        assert not inbox.unhandled(db)


@asynccontextmanager
async def run(folder: Path, file_seconds: float) -> AsyncIterator[School]:
    """Run a bot that waits so long for a file."""
    around = Surroundings(Random(1), lambda: START, seeds(asks()), FakeReader)
    async with TelegramServer() as telegram:
        settings = Settings(data=folder, api_url=telegram.base_url)
        request = AiohttpRequest(largest_file=FILE_BYTES, file_seconds=file_seconds)
        async with Bot(settings, request, TOKEN, around) as bot:
            yield School(telegram, bot)


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    """Run a bot that waits a second for a file."""
    async with run(tmp_path, 1.0) as found:
        yield found


async def test_hostile_files_are_refused(school: School) -> None:
    """Every bomb is refused with a line on what is wrong in it, and nothing of it is kept."""
    for name in HOSTILE:
        said = await school.sends(name, made(name, SMALL))
        assert "Nothing of it is published" in said, (name, said[:300])
        assert name in said
    school.untouched()


async def test_hostile_names(school: School) -> None:
    """A name is neither a path nor a page nor a sentence of ours: it is said back, cut."""
    for name in NAMES:
        said = await school.sends(name, b"- a")
        assert "Nothing of it is published" in said or "I can read quiz sets" in said, (name, said)
        assert "Something went wrong" not in said
        assert len(said) < 1500
    school.untouched()


HARMED = {
    FileHarm.LARGER: "larger than Telegram says",
    FileHarm.ENDLESS: "did not reach me whole",
    FileHarm.CUT: "did not reach me whole",
    FileHarm.SHORT: "did not reach me whole",
    FileHarm.MISSING: "did not reach me whole",
}


async def test_files_that_are_not_what_was_said(school: School) -> None:
    """A file of a kilobyte that is a hundred megabytes, or never ends, or ends early, is refused.

    Of the hundred megabytes hardly more is taken than may be read; the same file comes when it is
    sent again.
    """
    for harm, answer in HARMED.items():
        school.telegram.downloads.harm(harm)
        assert answer in await school.sends("mine.yaml", plain_set()), harm
    assert school.telegram.downloads.sent < 12_000_000, "what fits between two ends of a line"
    large = b"#" * (FILE_BYTES + 1)
    assert "larger than Telegram says" in await school.sends("a.yaml", large, unsized=True)
    assert "read up to a million" in await school.sends("a.yaml", large)
    school.untouched()
    assert "Mine: one question" in await school.sends("mine.yaml", plain_set())
    assert school.drafts() == 1


async def test_nobody_waits_for_a_file(school: School) -> None:
    """While one file never comes and another is long to read, a learner is answered."""
    people = school.telegram.people
    ann = people.user(LEARNER, "Ann")
    school.telegram.downloads.harm(FileHarm.ENDLESS)
    slow = asyncio.create_task(school.sends("mine.yaml", plain_set()))
    await school.telegram.until(lambda: school.telegram.downloads.sent > 0, PATIENCE)
    people.say(ann, "/privacy")
    await school.telegram.until(lambda: bool(people.chat(ann).sent), PATIENCE)
    assert not slow.done(), "the file is still on its way"
    reading = asyncio.create_task(school.sends("words.yaml", made("words.yaml", 200_000)))
    await school.telegram.until(lambda: len(school.telegram.calls("getFile")) == 2, PATIENCE)
    people.say(ann, "/privacy")
    await school.telegram.until(lambda: len(people.chat(ann).sent) == 2, PATIENCE)
    assert not reading.done(), "the file is still being read"
    await asyncio.gather(slow, reading)
    school.untouched()


async def test_what_a_server_says_of_a_file_is_checked(school: School) -> None:
    """A file that the server calls too large is not fetched, and one that it lacks is an error."""
    stored = school.telegram.people._world.keep("documents", "a.yaml", b"#" * (FILE_BYTES + 1))
    files = Files(school.bot._application.bot)
    with pytest.raises(LargeFileError):
        await files.fetch(stored.id)
    assert not school.telegram.downloads.sent
    with pytest.raises(FileError):
        await files.fetch("no such file")


async def test_the_end_waits_for_no_file(tmp_path: Path) -> None:
    """A bot that is told to end ends at once, whatever is still on its way; that is told."""
    async with run(tmp_path, PATIENCE) as school:
        school.telegram.downloads.harm(FileHarm.ENDLESS)
        sending = asyncio.create_task(school.sends("mine.yaml", plain_set()))
        await school.telegram.until(lambda: school.telegram.downloads.sent > 0, PATIENCE)
        await asyncio.wait_for(school.bot.close(), 2)
        assert "did not reach me whole" in await sending

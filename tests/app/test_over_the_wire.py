"""The whole bot over HTTP, beside a dialogue in memory: what only a line in between can show."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from bot.app.bot import Bot, Surroundings
from bot.settings import Settings
from bot.store import learners, roles
from bot.store.roles import Role
from bot.transport.request import AiohttpRequest
from tests.chat.dialogs import START, FakeReader
from tests.chat.sets import asks, asks_loaded, quiz_set, seeds
from tests.telegram_server.server import TOKEN, TelegramServer

MINE = json.dumps(quiz_set(asks(), asks_loaded(), slug="mine", title="A mine set")).encode()


async def test_a_set_file_comes_from_the_server_that_the_bot_talks_to(tmp_path: Path) -> None:
    """A document is downloaded from the Bot API server that is set, and not from another one."""
    around = Surroundings(Random(1), seeds=seeds(asks()), load_reader=FakeReader)
    async with TelegramServer() as telegram:
        settings = Settings(data=tmp_path, api_url=telegram.base_url)
        bot = Bot(settings, AiohttpRequest(), TOKEN, around)
        learner = await bot.store.write(lambda db: learners.enrol(db, 7, START))
        await bot.store.write(lambda db: roles.grant(db, learner, Role.INSTRUCTOR, None, START))
        async with bot:
            ann = telegram.people.user(7, "Ann")
            telegram.people.attach(ann, "mine.yaml", MINE)
            await telegram.until(lambda: bool(telegram.people.chat(ann).sent), 10)
            (answer,) = telegram.people.chat(ann).sent
    assert "A mine set: 2 questions" in answer.text

"""`whosays run` when the disk is full, read-only, or Telegram rejects the token for a moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp

from tests.app.disks import NOTHING_MORE, no_room, read_only
from tests.app.processes import PATIENCE
from tests.app.serving import running
from tests.telegram_server.faults import UNAUTHORIZED
from tests.telegram_server.server import TelegramServer
from tests.transport.webhooks import free_port

LEARNERS = range(80, 85)


def greeted(telegram: TelegramServer) -> list[int]:
    """Return whom the bot has greeted, each as often as it did."""
    calls = telegram.calls("sendMessage")
    return sorted(call["chat_id"] for call in calls if "Who says?" in call["text"])


def heard(telegram: TelegramServer) -> list[int]:
    """Return the chats that the bot has written to, each as often as it did."""
    return sorted(call["chat_id"] for call in telegram.calls("sendMessage"))


async def metric(port: int, name: str) -> str:
    """Return what Prometheus reads of a metric."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as page,
    ):
        return next(
            line.rpartition(" ")[2]
            for line in (await page.text()).splitlines()
            if line.startswith(name)
        )


async def test_a_disk_without_room(data: Path) -> None:
    """While nothing can be written updates stay with Telegram; then each is answered, once.

    Before that Telegram rejects the token twice: an alarm, and soon all is well.
    """
    port = free_port()
    async with TelegramServer() as telegram:
        people = telegram.people
        ann = people.user(7, "Ann")
        telegram.faults.put(UNAUTHORIZED.on("getUpdates", count=2))
        settings = {"API_URL": telegram.base_url, "METRICS_PORT": str(port)}
        async with running(data, **settings) as bot:
            people.say(ann, "/start")
            await telegram.until(lambda: greeted(telegram) == [7], PATIENCE)
            await telegram.until(lambda: not telegram.updates, PATIENCE)
            with no_room(bot.process.pid):
                for number in LEARNERS:
                    people.say(people.user(number, "Somebody"), "/start")
                polls = telegram.polls
                await telegram.until(lambda: telegram.polls >= polls + 2, PATIENCE)
                assert greeted(telegram) == [7]
                assert len(telegram.updates) == len(LEARNERS)
                assert await metric(port, 'whosays_trouble{kind="store"}') == "1.0"
                people.say(ann, "/help")
            answered = [7, 7, *LEARNERS]
            await telegram.until(lambda: heard(telegram) == answered, PATIENCE)
            ended = await bot.end()
    assert greeted(telegram) == [7, *LEARNERS]
    assert ended.status == 0, ended.words
    for alarm in ("Telegram rejects the token", "updates cannot be stored, so none are taken in"):
        assert ended.words.count(alarm) == 1
    with closing(sqlite3.connect(data / "whosays.sqlite3")) as db:
        waiting = "SELECT count(*), sum(done_at IS NULL), sum(replies IS NOT NULL) FROM inbox"
        assert db.execute(waiting).fetchone() == (2 + len(LEARNERS), 0, 0)


async def test_a_start_without_room(tmp_path: Path) -> None:
    """Where nothing can be written the bot does not begin: one line says why."""
    async with (
        TelegramServer() as telegram,
        running(tmp_path / "data", through=NOTHING_MORE, API_URL=telegram.base_url) as bot,
    ):
        ended = await bot.ended()
    assert ended.status == 1
    (line,) = ended.words.splitlines()
    assert line.startswith("whosays: cannot open the database")
    assert telegram.requests == []


async def test_a_start_on_a_read_only_disk(tmp_path: Path) -> None:
    """A data folder that cannot be written is named in one line."""
    data = tmp_path / "data"
    data.mkdir()
    with read_only(data):
        async with TelegramServer() as telegram, running(data, API_URL=telegram.base_url) as bot:
            ended = await bot.ended()
    assert ended.status == 1
    (line,) = ended.words.splitlines()
    assert line.startswith(f"whosays: cannot open the database {data}")

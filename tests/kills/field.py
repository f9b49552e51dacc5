"""One bot with its learners and its data folder: killed, started again, looked at in the end."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.kills.checks import (
    chat_faults,
    log_faults,
    lost,
    rounds_faults,
    shown_faults,
    standing,
)
from tests.kills.learners import Learner, Question, offered
from tests.kills.nursery import PATIENCE, WHOSAYS, Child, Nursery
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.wire import Request
from tests.transport.webhooks import free_port

URL = "https://bot.example/hook"

EARLY = 0.2
"""How many of the kills may come before the bot has taken anything: as it starts and catches up."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """How many learners play, how long they think at most, and how long until a kill, in seconds.

    The time until a kill runs from when the bot has taken an update, or has met Telegram.
    """

    learners: int = 24
    pause: float = 0.05
    until_kill: float = 0.5
    patience: float = 60.0
    reasons: bool = False


@dataclass(slots=True)
class Seen:
    """What was seen: per kill, what the bot had taken and not answered, and what waited for it."""

    kept: list[int] = field(default_factory=list)
    unsent: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    to_end: list[float] = field(default_factory=list)


class Field:
    """A bot of one token, by polling or by webhook; `number` sets it apart from those beside it."""

    program = WHOSAYS

    def __init__(
        self,
        server: TelegramServer,
        nursery: Nursery,
        folder: Path,
        *,
        number: int,
        traffic: Traffic,
        webhook: bool,
    ) -> None:
        self.token = f"47114{number}:AA-not-a-real-token-but-of-its-shape_0"
        self.state = server.state(self.token)
        self.seen = Seen()
        self._server = server
        self._nursery = nursery
        self._traffic = traffic
        self._data = folder / f"bot{number}"
        self._random = Random(number)
        self._settings = {"TOKEN": self.token, "API_URL": server.base_url, "LOG_LEVEL": "WARNING"}
        if webhook:
            port = free_port()
            self.state.push.proxied = f"http://127.0.0.1:{port}"
            self._settings |= {"WEBHOOK_URL": URL, "WEBHOOK_PORT": str(port)}
        self.learners = [self._learner(1000 * (number + 1) + n) for n in range(traffic.learners)]
        self._playing: list[asyncio.Task[None]] = []
        self._shown: Counter[Question] = Counter()
        self.state.listeners.append(self._note_question)

    def play(self) -> None:
        """Let the learners begin."""
        self._playing = [asyncio.create_task(learner.play()) for learner in self.learners]

    async def kill(self, times: int) -> None:
        """Start the bot and kill it, so many times."""
        for _ in range(times):
            bot = await (self._started() if self._random.random() < EARLY else self._taking())
            await asyncio.sleep(self._random.uniform(0, self._traffic.until_kill))
            bot.kill()
            await bot.ended()
            self._look()

    async def tell_to_end(self) -> None:
        """Start the bot and ask it to end under traffic; it ends well, and note how soon."""
        bot = await self._taking()
        await asyncio.sleep(self._random.uniform(0, self._traffic.until_kill))
        began = time.monotonic()
        bot.tell_to_end()
        status = await bot.ended()
        self.seen.to_end.append(time.monotonic() - began)
        assert status == 0, self.words
        self._look()

    async def finish(self) -> list[str]:
        """Let the learners stop and the bot handle what is left; return all that is wrong then."""
        for playing in self._playing:
            playing.cancel()
        ends = await asyncio.gather(*self._playing, return_exceptions=True)
        broken = [repr(end) for end in ends if not isinstance(end, asyncio.CancelledError)]
        bot = await self._started()
        async with asyncio.timeout(PATIENCE):
            while not self._idle():  # noqa: ASYNC110 - the bot's store gives no sign
                await asyncio.sleep(0.05)
        bot.tell_to_end()
        assert await bot.ended() == 0, self.words
        return [*broken, *self._faults()]

    @property
    def answers(self) -> tuple[int, int]:
        """How many answered questions are not in the log, and how many there are."""
        with self._store() as db:
            return lost(db, (each for learner in self.learners for each in learner.given))

    @property
    def resumed(self) -> Counter[int]:
        """How often learners asked to be shown again what was cut off, by round."""
        return sum((learner.resumed for learner in self.learners), Counter())

    @property
    def words(self) -> str:
        """What the bots said, all one after the other."""
        return self._data.with_suffix(".log").read_text(errors="replace")

    def _note_question(self, request: Request, result: object) -> None:
        """Count each message that shows a question."""
        if request.method == "sendMessage" and isinstance(result, dict):
            sent = self.state.people._world.chats[result["chat"]["id"]].messages
            self._shown.update(offered(sent[result["message_id"]]).questions)

    async def _started(self) -> Child:
        """Start the bot and return when it has met Telegram."""
        before = self.state.arrived
        bot = self._nursery.start(self._data, self._settings, self.program)
        await self._server.until(lambda: self.state.arrived > before, PATIENCE)
        # What arrived is looked at by nobody here, and a long test would keep all of it.
        self._server.requests.clear()
        return bot

    async def _taking(self) -> Child:
        """Start the bot and return when it has taken something."""
        before = len(self.state.queue.handed)
        bot = await self._started()
        await self._server.until(lambda: len(self.state.queue.handed) > before, PATIENCE)
        return bot

    def _learner(self, chat: int) -> Learner:
        traffic = self._traffic
        return Learner(
            self.state,
            self._server.changes,
            self.state.people.user(chat, "Ann"),
            Random(chat),
            pause=traffic.pause,
            patience=traffic.patience,
            reasons=traffic.reasons,
        )

    def _look(self) -> None:
        """Note what the dead bot had in its inbox, and what Telegram still has."""
        with self._store() as db:
            query = "SELECT count(body), count(replies) FROM inbox"
            kept, unsent = db.execute(query).fetchone()
        self.seen.kept.append(kept)
        self.seen.unsent.append(unsent)
        self.seen.waiting.append(len(self.state.queue))

    def _idle(self) -> bool:
        """Whether nothing waits, in Telegram and in the bot."""
        if len(self.state.queue):
            return False
        with self._store() as db:
            query = "SELECT 1 FROM inbox WHERE body IS NOT NULL OR replies IS NOT NULL LIMIT 1"
            return db.execute(query).fetchone() is None

    def _faults(self) -> list[str]:
        given = [each for learner in self.learners for each in learner.given]
        handed = self.state.queue.handed
        found = [f"never taken: {each}" for each in given if each.update_id not in handed]
        found += [f"stalled: {one.account.id}" for one in self.learners if one.stalled]
        with self._store() as db:
            found += log_faults(db, given)
            found += shown_faults(self._shown, self.resumed)
            failed = db.execute("SELECT update_id, failure FROM inbox WHERE failure IS NOT NULL")
            found += [f"failed: {number} {why}" for number, why in failed]
            for learner in self.learners:
                found += rounds_faults(db, learner.account.id, learner.begun)
                sent = self.state.people.chat(learner.account).sent
                wrong = chat_faults(sent, standing(db, learner.account.id))
                found += [f"chat {learner.account.id}: {each}" for each in wrong]
                if wrong:
                    found += self._last_words(learner)
        return found

    def _last_words(self, learner: Learner) -> list[str]:
        """Return the end of a chat, for whoever has to understand what went wrong in it."""
        messages = self.state.people.chat(learner.account).messages[-8:]
        return [
            f"    {message.id} {'bot' if message.from_bot else 'Ann'} {message.text[:30]!r}"
            f" {[button.data for button in message.buttons]}"
            for message in messages
        ]

    @contextmanager
    def _store(self) -> Iterator[sqlite3.Connection]:
        """Open the store to look: that writes nothing, and repairs nothing before the bot does."""
        db = sqlite3.connect(f"file:{self._data / 'whosays.sqlite3'}?mode=ro", uri=True)
        try:
            yield db
        finally:
            db.close()

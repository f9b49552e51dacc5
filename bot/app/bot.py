"""A running bot, put together from the rooms below."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Self

import structlog
from telegram import Update, helpers
from telegram.ext import Application, ExtBot, TypeHandler
from telegram.request import BaseRequest

from bot.app.files import Files
from bot.app.gate import Gate
from bot.app.incoming import Incoming
from bot.app.resources import load_texts, now, release, resources, seed_files
from bot.app.source import source
from bot.app.supervision import Supervision
from bot.app.watch import Watch, Watched
from bot.chat.acknowledging import Acknowledging
from bot.chat.courier import Courier
from bot.chat.desk import Desk
from bot.chat.menu import commands
from bot.chat.outbox import Outbox
from bot.chat.shell import Shell
from bot.operate.metrics import Metrics
from bot.reader.card import load_card
from bot.settings import Settings
from bot.store.database import Store
from bot.store.roles import Role
from bot.teaching.library import Library
from bot.teaching.readings import Readings, ReadsSentences
from bot.transport.intake import Intake
from bot.transport.order import ChatOrder
from bot.transport.sender import Sender

_log = structlog.get_logger()


def _reader(model: Path) -> ReadsSentences:
    """Load the classifier; onnxruntime comes in with it and not before, to start fast."""
    from bot.reader.reader import Reader  # noqa: PLC0415 - see the docstring

    return Reader.load(model)


@dataclass(frozen=True)
class Surroundings:
    """What a bot meets and cannot know by itself: chance, time, its first sets, its reader.

    Without `load_reader` the model of the settings is loaded when a passage is to be read.
    `catches_up` is whether what an earlier run left undone is done at the start: not over a
    stand-in, which does not have the chats of that run. `delivers` is whether pushes are sent:
    not over a stand-in that does not have the chats of the learners. `heard` is called as long as
    updates would come in. `pause` is how senders wait, for their turn, for Telegram, to try again:
    over a stand-in, which has no limits, they need not. `watches` is whether metrics are served
    and operators are told what is wrong: not of a bot in a terminal.
    """

    rng: Random
    clock: Callable[[], datetime] = now
    seeds: Mapping[str, bytes] = field(default_factory=seed_files)
    load_reader: Callable[[], ReadsSentences] | None = None
    catches_up: bool = True
    delivers: bool = True
    heard: Callable[[], None] = lambda: None
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    watches: bool = True


class Bot:
    """A running bot: an async context manager that answers updates while it is open.

    `request` decides where updates come from and answers go to: Telegram, or a stand-in for it.
    """

    def __init__(
        self, settings: Settings, request: BaseRequest, token: str, around: Surroundings
    ) -> None:
        """Open the store, publish the sets that come with the bot and put everything together."""
        self._clock = around.clock
        self._catches_up = around.catches_up
        self._delivers = around.delivers
        self._request = request
        self.store = Store(settings.database, settings.backups)
        self._library = Library(self.store)
        self._library.publish(around.seeds, self._clock())
        model = settings.model or resources("reader") / "model"
        load_reader = around.load_reader or partial(_reader, model)
        found = load_card(model).version
        self._readings = Readings(self.store, found, load_reader)
        self._texts = load_texts()
        bot = ExtBot(token, settings.api_url, settings.file_url, request, request)
        self._files = Files(bot)
        metrics = Metrics(release(), around.clock().timestamp())
        self._sender = Sender(
            bot, rate=settings.send_rate, sleep=around.pause, tried=metrics.attempted
        )
        watched = Watched(settings, self.store, self._readings, model, found, metrics)
        self.watch = Watch(watched, self._texts, self._sender.deliver, self._clock, around.heard)
        self._watches = around.watches
        self.desk = desk = Desk(
            store=self.store,
            library=self._library,
            readings=self._readings,
            texts=self._texts,
            rng=around.rng,
            new_id=secrets.randbits,
            new_key=secrets.token_urlsafe,
            choose=secrets.choice,
            fetch=self._files.fetch,
            link=lambda word: helpers.create_deep_linked_url(bot.username, word),
            health=self.watch.health,
            round_size=settings.round_size,
        )
        self.courier = Courier(desk, self._sender, self._clock, asyncio.sleep)
        self._order = ChatOrder()
        self._outbox = Outbox(self.store, self._sender, self._order, secrets.randbits)
        self._presses = Acknowledging(self._sender.acknowledge)
        shell = Shell(
            desk, self._outbox, self._presses, self._clock, self.courier.wake, self.watch.handled
        )
        self._application = (
            Application.builder()
            .bot(bot)
            .updater(None)
            .job_queue(None)
            .concurrent_updates(self._order)
            .build()
        )
        self.gate = Gate(self.store, self._texts, self._outbox, self._clock, self._in_line)
        self._incoming = Incoming(
            self._application,
            self._order,
            self.store,
            shell,
            self._outbox,
            self.gate,
            self._clock,
            metrics.unparsed,
        )
        self._application.add_handler(TypeHandler(Update, self._incoming.handle))
        self._intake = Intake(
            keep=self._incoming.keep,
            hand_over=self._incoming.hand_over,
            alarm=self.watch.alarmed,
            heard=self.watch.heard,
        )
        self.supervision = Supervision(self.watch.alarmed)
        self._source = source(settings, bot, self._intake)
        self.receiving: asyncio.Task[None] | None = None
        self._delivering: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Meet Telegram, catch up with what was left undone, and begin to take updates in.

        SettingsError where metrics cannot be served as they are set to be.
        """
        if self._watches:
            await self.watch.open()
        await self._application.initialize()
        menu = [*commands(self._texts, Role.LEARNER).items()]
        await self._application.bot.set_my_commands(menu)
        await self._application.start()
        if self._catches_up:
            await self._incoming.catch_up()
        self.watch.listening(lambda: self._intake.trouble)
        run = self.supervision.run
        self.receiving = asyncio.create_task(run("receiving", self._source.run))
        if self._delivers:
            self._delivering = asyncio.create_task(run("pushes", self.courier.run))

    async def close(self) -> None:
        """Take nothing more in, finish what was taken in and close the store.

        Answers that do not arrive at the first attempt now are left for the next start, and so is
        what waits for a store that cannot be written.
        """
        self.supervision.end()
        self.store.hurry()
        self._source.stop()
        self._sender.stop()
        self._files.stop()
        self.courier.stop()
        running = [task for task in (self.receiving, self._delivering) if task is not None]
        await asyncio.gather(*running, return_exceptions=True)
        if self._application.running:
            await self._application.update_queue.join()
            await self._application.stop()
        await self._outbox.close()
        await self._presses.settled()
        await self.watch.close()
        await self._application.shutdown()
        # Where Telegram was never reached, the application knows of no backend to close.
        await self._request.shutdown()
        self.store.close()

    async def idle(self) -> None:
        """Return when every update handed over is answered and every push that is due is sent."""
        await self._application.update_queue.join()
        await self._order.idle()
        await self._presses.settled()
        if self._delivering is not None:
            await self.courier.idle()

    def _in_line(self, chat_id: int | None, doing: Coroutine[Any, Any, None]) -> None:
        self._application.create_task(self._order.in_line(chat_id, doing))

    async def read_ahead(self) -> None:
        """Read every passage that the classifier has not read yet."""
        passages = [
            question.passage
            for quiz_set in self._library.everything()
            for question in quiz_set.questions
        ]
        count = await self._readings.read_ahead(passages)
        if count:
            _log.info("passages read", count=count)

"""Watching a running bot: what happens is counted, what is wrong is told to its operators."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import structlog

from bot.app.alerts import Alerts
from bot.app.resources import release
from bot.app.scrape import Scrape
from bot.chat.health import Doubt, Health
from bot.chat.traces import Handled, Outcome, traced
from bot.errors import ReaderError
from bot.operate import watch
from bot.operate.metrics import Levels, Metrics
from bot.operate.vitals import Vitals, files, vitals
from bot.operate.watch import Kind, Observed
from bot.reader.card import load_card
from bot.reader.directory import network_file
from bot.settings import Settings
from bot.store import inbox
from bot.store.calls import Call
from bot.store.database import Store
from bot.teaching.readings import Readings, State
from bot.texts import Texts

EVERY = 60.0
"""Seconds between two looks: soon enough to be told, and one look costs some milliseconds."""

LINGER = timedelta(minutes=2)
"""How long a trouble counts as there after it was raised: of two processes that take each other's
updates each has good polls in between, and looks are a minute apart."""

SHOWN = 200
"""Machine-graded answers whose doubts `/status` shows beside those before them."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Watched:
    """The parts of a bot that are looked at."""

    settings: Settings
    store: Store
    readings: Readings
    model: Path
    version: str
    metrics: Metrics


class Watch:
    """Counts, looks and tells. `deliver` sends calls, `clock` tells the time.

    `hear` is called when `heard` is. Everything but `vitals` runs in the thread of the store.
    """

    def __init__(
        self,
        watched: Watched,
        texts: Texts,
        deliver: Callable[[Sequence[Call]], Awaitable[object]],
        clock: Callable[[], datetime],
        hear: Callable[[], None],
    ) -> None:
        """Begin to count; nothing is served or told before `open`."""
        self._watched = watched
        self._clock = clock
        self._hear = hear
        self._started = clock()
        self._heard: datetime | None = None
        self._raised: dict[Kind, datetime] = {}
        self._seen: Vitals | None = None
        self._trouble: Callable[[], StrEnum | None] = lambda: None
        self._alerts = Alerts(watched.store, watched.settings.data, texts, deliver)
        self.metrics = watched.metrics
        settings = watched.settings
        self._scrape = Scrape(settings.listen, settings.metrics_port, self.scraped)
        self._looking: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Serve metrics, where a port is set, and begin to look; SettingsError for a bad port."""
        if self._watched.settings.metrics_port:
            await self._scrape.open()
        if self._looking is None:
            self._looking = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Look no longer and serve nothing more."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await self._scrape.close()

    def listening(self, trouble: Callable[[], StrEnum | None]) -> None:
        """Expect updates from now on; `trouble` tells which alarm is not over yet."""
        self._heard = self._clock()
        self._trouble = trouble

    def heard(self) -> None:
        """Note that updates come in, or would: what kept them away is over, unless it is not.

        A webhook shows life also while Telegram cannot reach it.
        """
        self._heard = now = self._clock()
        self._hear()
        trouble = self._trouble()
        still = Kind.__members__.get(trouble.name) if trouble else None
        self._raised = {
            kind: at for kind, at in self._raised.items() if kind is still or now - at < LINGER
        }

    def alarmed(self, alarm: StrEnum, words: str = "") -> None:
        """Note a trouble that does not get better by itself, and log it with what was said."""
        _log.error("alarm", what=f"{alarm}: {words}" if words else str(alarm))
        if alarm.name in Kind.__members__:
            self._raise(Kind[alarm.name])

    def handled(self, handled: Handled) -> None:
        """Count an update."""
        self.metrics.handled(handled.what, handled.outcome, handled.seconds, handled.sending)
        if handled.outcome is Outcome.KEPT:
            self._raise(Kind.STORE)
        for each in handled.gradings:
            self.metrics.graded(each.by, each.verdict, sure=each.sure, seconds=each.seconds)

    def scraped(self) -> bytes:
        """Return what Prometheus is to know now."""
        watched, now = self._watched, self._clock()
        seen = files(watched.settings.database, watched.settings.backups)
        waiting, unsent = inbox.waiting(watched.store.reader)
        levels = Levels(
            waiting=waiting,
            unsent=unsent,
            poll_age=(now - self._heard).total_seconds() if self._heard else None,
            model=watched.version,
            model_works=watched.readings.state is not State.BROKEN,
            disk_free=seen.free,
            database=seen.database,
            backup_age=(now - seen.backup).total_seconds() if seen.backup else None,
            troubles={kind: kind in self._alerts.told or kind in self._raised for kind in Kind},
        )
        return self.metrics.text(levels)

    async def health(self) -> Health:
        """Return how the bot is now."""
        now, settings = self._clock(), self._watched.settings
        seen = await self._vitals(now)
        found = watch.troubles(self._observed(seen, now))
        return Health(
            version=release(),
            uptime=now - self._started,
            handled_hour=seen.handled_hour,
            handled_day=seen.handled_day,
            waiting=seen.waiting,
            unsent=seen.unsent,
            failed=seen.failed_day,
            model=self._watched.version,
            model_state=self._model_state(),
            recent=_doubt(seen.doubts[:SHOWN]),
            before=_doubt(seen.doubts[SHOWN:]),
            disk_free=seen.files.free,
            database=seen.files.database,
            backup_age=now - seen.files.backup if seen.files.backup else None,
            backed_up=settings.backup_every > 0,
            troubles=tuple((str(each.kind), each.figures) for each in found),
        )

    async def look(self) -> None:
        """Look once, and tell operators what they do not know yet."""
        now = self._clock()
        try:
            self._seen = await self._vitals(now)
        except sqlite3.Error:
            # Then what was seen last counts, and that nothing can be seen.
            _log.exception("the database cannot be looked at")
            self._raise(Kind.STORE)
        if self._seen is not None:
            await self._alerts.tell(watch.troubles(self._observed(self._seen, now)), now)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            with traced("watch", secrets.randbits):
                try:
                    await self.look()
                except Exception:
                    _log.exception("the bot could not be looked at")

    async def _vitals(self, now: datetime) -> Vitals:
        settings = self._watched.settings
        return await asyncio.to_thread(vitals, settings.database, settings.backups, now)

    def _raise(self, kind: Kind) -> None:
        self._raised[kind] = self._clock()

    def _observed(self, seen: Vitals, now: datetime) -> Observed:
        every = self._watched.settings.backup_every
        broken = frozenset({Kind.MODEL} if self._model_state() is State.BROKEN else ())
        return Observed(
            now=now,
            started=self._started,
            heard=self._heard,
            vitals=seen,
            raised=broken.union(self._raised),
            every=timedelta(hours=every) if every else None,
        )

    def _model_state(self) -> State:
        """Return how the classifier does: one whose files are gone will not be there tomorrow."""
        try:
            network_file(self._watched.model, load_card(self._watched.model))
        except ReaderError:
            return State.BROKEN
        return self._watched.readings.state


def _doubt(doubts: Sequence[bool]) -> Doubt:
    return Doubt(unsure=sum(doubts), of=len(doubts))

"""What a running bot does for its data by itself: backups, and keeping no longer than asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.errors import StoreError
from bot.operate import backup
from bot.operate.retention import forget_updates, prune
from bot.settings import Settings
from bot.store.database import Store

AGAIN = timedelta(hours=1)
"""How long until a backup that failed is tried again."""

PRUNED_EVERY = timedelta(days=1)

UPDATES_KEPT = timedelta(days=8)
"""How long it is remembered which updates were done: Telegram gives none again after a day, and
after a week without any begins to number anew (Bot API, getUpdates and Update)."""

_log = structlog.get_logger()


class Upkeep:
    """Runs beside a bot until it is cancelled; a failure is logged and tried again later."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Do nothing before `run`."""
        self._settings = settings
        self._store = store
        self._clock = clock
        self._sleep = sleep

    async def run(self) -> None:
        """Back up and prune whenever it is time."""
        await asyncio.gather(self._back_up(), self._prune(), self._forget_updates())

    async def _back_up(self) -> None:
        settings = self._settings
        every = timedelta(hours=settings.backup_every)
        while every:
            wait = backup.due(settings.backups, every, self._clock())
            await self._sleep(wait.total_seconds())
            try:
                made = await asyncio.to_thread(
                    backup.make,
                    settings.database,
                    settings.backups,
                    self._clock(),
                    settings.backup_keep,
                )
            except (StoreError, OSError) as error:
                _log.error("backup failed", why=str(error))
                await self._sleep(AGAIN.total_seconds())
            else:
                _log.info("backup made", path=str(made.path), size=made.size)

    async def _forget_updates(self) -> None:
        while True:
            try:
                count = await forget_updates(self._store, self._clock() - UPDATES_KEPT)
            except StoreError as error:
                _log.error("old updates not removed", why=str(error))
            else:
                _log.info("old updates removed", count=count)
            await self._sleep(PRUNED_EVERY.total_seconds())

    async def _prune(self) -> None:
        days = self._settings.keep_days
        while days:
            try:
                found = await prune(self._store, self._clock() - timedelta(days=days))
            except StoreError as error:
                _log.error("pruning failed", why=str(error))
            else:
                _log.info(
                    "pruned",
                    identities=found.identities,
                    texts=found.texts,
                    leftovers=found.leftovers,
                )
            await self._sleep(PRUNED_EVERY.total_seconds())

"""From Telegram through the inbox to the shell, and again where the store has failed."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from telegram import Update
from telegram.ext import Application

from bot.app.gate import Gate
from bot.chat.outbox import Outbox
from bot.chat.shell import Shell
from bot.chat.traces import traced
from bot.errors import StoreError
from bot.store import arrivals, inbox
from bot.store.database import WAITS, Store, probe
from bot.transport.order import ChatOrder
from bot.transport.parsing import parse

_log = structlog.get_logger()


class Incoming:
    """Keeps updates, hands them to the application, and has the shell handle them in their turn.

    `gate` says which may wait. `unreadable` is called for each that nobody can read.
    """

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        order: ChatOrder,
        store: Store,
        shell: Shell,
        outbox: Outbox,
        gate: Gate,
        clock: Callable[[], datetime],
        unreadable: Callable[[], None],
    ) -> None:
        """Keep what is needed; nothing happens before the first update."""
        self._application = application
        self._order = order
        self._store = store
        self._shell = shell
        self._outbox = outbox
        self._gate = gate
        self._clock = clock
        self._unreadable = unreadable

    async def keep(self, batch: Sequence[object]) -> Sequence[dict[str, Any]]:
        """Store a batch durably; return what of it is new, under the inbox's numbers.

        StoreError where that cannot be done.
        """
        moment = self._clock()
        room = self._gate.room(batch)
        kept = await self._store.write(lambda db: arrivals.keep(db, batch, moment, room.take))
        for why in kept.unusable:
            _log.error("update cannot be used; it is kept", why=why)
            self._unreadable()
        return self._gate.admit(kept.updates, kept.over)

    async def hand_over(self, raw: Mapping[str, Any]) -> None:
        """Queue an update; one that the library cannot parse is noted and passed over."""
        number = int(raw["update_id"])
        try:
            update = parse(raw, self._application.bot)
        except Exception as failure:
            with traced(number, secrets.randbits):
                _log.exception("update cannot be parsed", update_id=number)
            self._unreadable()
            self._gate.leave(number)
            await self._note(number, type(failure).__name__)
            return
        await self._application.update_queue.put(update)

    async def handle(self, update: Update, context: object = None) -> None:
        """Handle an update. While the store fails it waits here, and with it its chat's next ones.

        Where the bot ends before that, the next start goes on.
        """
        try:
            await self._handled(update, context)
        finally:
            self._gate.leave(update.update_id)

    async def _handled(self, update: Update, context: object) -> None:
        wait, longest = WAITS
        while not await self._shell.handle(update, context):
            # Something small may find room where the update does not, so there is always a pause.
            if not await self._store.pause(wait):
                return
            wait = min(2 * wait, longest)
            try:
                await self._store.insist(probe)
            except StoreError:
                return

    async def catch_up(self) -> None:
        """Send what was not sent and handle what was not handled before the last end.

        Each stands in the line of its chat, ahead of what comes in from now on.
        """
        for chat_id, numbers in inbox.unsent_by_chat(self._store.reader).items():
            self._outbox.leave(chat_id, *numbers)
            sending = self._outbox.catch_up(chat_id)
            self._application.create_task(self._order.in_line(chat_id, sending))
            # The task takes its place in the line before anything else is queued.
            await asyncio.sleep(0)
        for update in self._gate.admit(inbox.unhandled(self._store.reader)):
            await self.hand_over(update)

    async def _note(self, number: int, failure: str) -> None:
        """Note a failure: now, or as soon as the store works, which nobody has to wait for."""

        def unit(db: Any) -> None:
            inbox.failed(db, number, failure)

        try:
            await self._store.write(unit)
        except StoreError:
            self._application.create_task(self._store.insist(unit))

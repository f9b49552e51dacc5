"""The shell around the journeys: parse, decide, save, send. Nothing in here decides.

Handling an update is one transaction: the journey's writes and the done mark with the answers
that are to be sent. They are sent after it, and marked as sent. What was not done is handled
again, what was not sent is sent again at the next start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from telegram import Update

from bot.chat import event as events
from bot.chat import routes, says
from bot.chat.desk import Desk
from bot.chat.turns import Turn
from bot.errors import UndeliveredError
from bot.store import inbox, learners, rounds
from bot.store.calls import Call

Deliver = Callable[[Sequence[Call]], Awaitable[Sequence[Mapping[str, Any] | bool | None]]]

_log = structlog.get_logger()


class Shell:
    """Handles updates at a desk; `deliver` sends, `clock` tells the time.

    `wake` is called when what an update led to may give the courier something to do.
    """

    def __init__(
        self,
        desk: Desk,
        deliver: Deliver,
        clock: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep what is needed; nothing happens before the first update."""
        self._desk = desk
        self._deliver = deliver
        self._clock = clock
        self._wake = wake

    async def handle(self, update: Update, _context: object = None) -> None:
        """Handle an update once; a failure is logged, noted and apologised for."""
        if inbox.handled(self._desk.db, update.update_id):
            return
        failure = None
        try:
            turn = await self._turn(update)
        except Exception as error:
            _log.exception("update failed", update_id=update.update_id)
            turn, failure = self._apology(update), type(error).__name__
        now = self._clock()

        def unit(db: sqlite3.Connection) -> None:
            for write in turn.writes:
                write(db)
            inbox.done(db, update.update_id, turn.says, now, failure)

        await self._desk.store.write(unit)
        await self.send(update.update_id, turn.says)
        if turn.wakes:
            self._wake()

    async def send(self, update_id: int, calls: Sequence[Call]) -> None:
        """Send the answers to an update and mark them as sent; those unsent stay in the inbox."""
        if not calls:
            return
        try:
            results = await self._deliver(calls)
        except UndeliveredError as error:
            left = calls[error.arrived :]
            _log.warning("answers not sent", update_id=update_id, left=len(left), why=str(error))
            await self._desk.store.write(lambda db: inbox.left(db, update_id, left))
            return
        shown = [
            (call.remember[0], result["message_id"])
            for call, result in zip(calls, results, strict=True)
            if call.remember and isinstance(result, Mapping)
        ]

        def unit(db: sqlite3.Connection) -> None:
            inbox.sent(db, update_id)
            for round_id, message_id in shown:
                rounds.remember_message(db, round_id, message_id)

        await self._desk.store.write(unit)

    async def _turn(self, update: Update) -> Turn:
        """Return what an update leads to."""
        telegram_id = events.sender_of(update)
        if telegram_id is None:
            return self._elsewhere(update)
        now = self._clock()
        learner = learners.find(self._desk.db, telegram_id)
        if learner is None:
            learner = await self._desk.store.write(lambda db: learners.enrol(db, telegram_id, now))
        return await routes.answer(self._desk, events.read(update, learner, now))

    def _elsewhere(self, update: Update) -> Turn:
        """Answer a command in a group; keep quiet about everything else there."""
        message = update.message
        if message is None or not events.addressed(message):
            return Turn()
        return Turn((says.send(message.chat_id, self._desk.texts.say("private-only")),))

    def _apology(self, update: Update) -> Turn:
        """Tell whoever wrote that something broke."""
        chat = update.effective_chat
        if chat is None:
            return Turn()
        return Turn((says.send(chat.id, self._desk.texts.say("failure")),))

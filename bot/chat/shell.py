"""The shell around the journeys: parse, decide, save, send. Nothing in here decides.

Handling an update is one transaction: the journey's writes and the done mark with the answers
that are to be sent. They are sent after it (`outbox`); a press is answered before it
(`acknowledging`). What was not done is handled again: by `bot.app`, or at the next start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

import structlog
from telegram import Update

from bot.chat import event as events
from bot.chat import routes, says
from bot.chat.acknowledging import Acknowledging
from bot.chat.desk import Desk
from bot.chat.outbox import Outbox
from bot.chat.traces import Handled, Outcome, form_of, traced
from bot.chat.turns import Turn
from bot.errors import StoreError
from bot.store import inbox, learners

_log = structlog.get_logger()


class Shell:
    """Handles updates at a desk; `clock` tells the time.

    `wake` is called when what an update led to may give the courier something to do; `told` hears
    of every update that was handled.
    """

    def __init__(
        self,
        desk: Desk,
        outbox: Outbox,
        acknowledging: Acknowledging,
        clock: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
        told: Callable[[Handled], None] = lambda _: None,
    ) -> None:
        """Keep what is needed; nothing happens before the first update."""
        self._desk = desk
        self._outbox = outbox
        self._acknowledging = acknowledging
        self._clock = clock
        self._wake = wake
        self._told = told

    async def handle(self, update: Update, _context: object = None) -> bool:
        """Handle an update once; a failure is logged, noted and apologised for.

        False where the store cannot be written: nothing has come of it, and it is to be handled
        again. An update goes by its number in the inbox.
        """
        if inbox.handled(self._desk.db, update.update_id):
            return True
        with traced(update.update_id, self._desk.new_id):
            began = self._desk.timer()
            try:
                handled = await self._handled(update, began)
            except StoreError:
                _log.exception("the store failed; this is kept", update_id=update.update_id)
                handled = Handled(form_of(update), Outcome.KEPT, self._desk.timer() - began, 0.0)
            self._tell(update.update_id, handled)
        return handled.outcome is not Outcome.KEPT

    async def _handled(self, update: Update, began: float) -> Handled:
        """Do all that an update leads to."""
        failure = None
        try:
            turn = await self._acknowledging.decide(update, self._turn(update))
        except StoreError:
            raise
        except Exception as error:
            _log.exception("update failed", update_id=update.update_id)
            turn, failure = self._apology(update), type(error).__name__
        now, chat = self._clock(), update.effective_chat
        chat_id = None if chat is None else chat.id
        # What waits behind earlier answers is certainly not sent before they are.
        held = self._outbox.behind(chat_id)

        def unit(db: sqlite3.Connection) -> None:
            for write in turn.writes:
                write(db)
            inbox.done(db, update.update_id, turn.says, now, failure)
            if held and turn.says:
                inbox.left(db, update.update_id, turn.says)

        await self._desk.store.write(unit)
        done = self._desk.timer()
        arrived = await self._outbox.send(update.update_id, chat_id, turn.says)
        if turn.wakes:
            self._wake()
        if failure is not None:
            outcome = Outcome.FAILED
        elif not turn.says and update.callback_query is None:
            outcome = Outcome.SILENT
        else:
            outcome = Outcome.ANSWERED if arrived else Outcome.UNSENT
        what = "answer" if turn.gradings else form_of(update)
        return Handled(what, outcome, done - began, self._desk.timer() - done, turn.gradings)

    def _tell(self, update_id: int, handled: Handled) -> None:
        """Tell those who watch, and the log, that an update was handled; not what it said."""
        self._told(handled)
        grading = sum(each.seconds for each in handled.gradings)
        _log.info(
            "update handled",
            update_id=update_id,
            what=handled.what,
            outcome=str(handled.outcome),
            ms=_ms(handled.seconds),
            **({"grading_ms": _ms(grading)} if handled.gradings else {}),
            sending_ms=_ms(handled.sending),
        )

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


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)

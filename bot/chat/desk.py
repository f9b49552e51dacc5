"""What every journey has at hand: the rooms below, and the learner's round."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from random import Random

from bot.chat.allowance import Allowance, Costly
from bot.chat.event import Event
from bot.chat.health import Health
from bot.chat.turns import Turn
from bot.quiz.review import Schedule
from bot.quiz.rounds import Round
from bot.quiz.values import Reading
from bot.store import cards, rounds
from bot.store.database import Store
from bot.teaching.library import Library
from bot.teaching.readings import Readings
from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Desk:
    """The rooms below, in reach.

    `rng` chooses questions. What nobody can guess comes from the others: `new_id` gives a number of
    so many random bits, `new_key` a text of so many random bytes, `choose` one of some letters.
    `link` makes an address that opens the bot and hands it a word of letters, digits, - and _.
    `fetch` returns a file by its Telegram id, `health` how the bot is now. `timer`
    counts seconds from any moment on. `allowance` is how much of what is costly everybody has had.
    """

    store: Store
    library: Library
    readings: Readings
    texts: Texts
    rng: Random
    new_id: Callable[[int], int]
    new_key: Callable[[int], str]
    choose: Callable[[str], str]
    link: Callable[[str], str]
    fetch: Callable[[str], Awaitable[bytes]]
    health: Callable[[], Awaitable[Health]]
    round_size: int
    timer: Callable[[], float] = time.perf_counter
    allowance: Allowance = field(default_factory=Allowance)

    @property
    def db(self) -> sqlite3.Connection:
        """The connection to read from."""
        return self.store.reader

    def allows(self, event: Event, what: Costly) -> bool:
        """Let whoever an event is from have something costly, unless they had all for now."""
        return self.allowance.take(event.telegram_id, what, event.now)

    def round(self, learner: int, round_id: int) -> Round | None:
        """Return a learner's round; None when it is not theirs or not there."""
        return rounds.load(self.db, learner, round_id, self.library.item)

    def open_round(self, learner: int) -> Round | None:
        """Return the round that the learner is in."""
        round_id = rounds.open_of(self.db, learner)
        return None if round_id is None else self.round(learner, round_id)

    def schedule(self, learner: int) -> Schedule:
        """Return when what a learner missed is due, as far as it can still be asked."""
        askable = self.library.askable()
        due = cards.schedule(self.db, learner)
        return {key: moment for key, moment in due.items() if key in askable}

    async def read_current(self, round_: Round) -> Round:
        """Return the round with the classifier's reading of its open question noted."""
        reading = await self.readings.of(round_.current.question.passage)
        return _noted(round_, round_.position, reading)

    def read_before(self, round_: Round, position: int) -> Round:
        """Return the round with the reading of an answered question noted, when there is one."""
        reading = self.readings.known(round_.items[position].question.passage)
        return _noted(round_, position, reading)


def _noted(round_: Round, position: int, reading: Reading | None) -> Round:
    items = list(round_.items)
    items[position] = replace(items[position], reading=reading)
    return replace(round_, items=tuple(items))


Journey = Callable[[Desk, Event], Awaitable[Turn]]

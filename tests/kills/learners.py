"""Learners who play through their Telegram apps: each does something, waits, and goes on.

They answer by press and in words, now and then twice, begin other rounds in the middle of one, and
remember what they answered. What must come of it is in `checks`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from bot.chat.buttons import (
    Begin,
    Choose,
    Finish,
    Next,
    NothingLoaded,
    NotSure,
    Press,
    Resume,
    decode,
)
from bot.local.values import Account, Message
from tests.telegram_server.changes import Changes
from tests.telegram_server.state import TokenState

Question = tuple[int, int]
"""A round and the place in it."""

Answering = Choose | NotSure | NothingLoaded
ANSWERS = (Choose, NotSure, NothingLoaded)
Leading = Answering | Next | Finish | Resume | Begin
LEADING = (*ANSWERS, Next, Finish, Resume, Begin)
"""Presses that go on with a round or begin one."""

REPEATED = (*ANSWERS, Next)
"""What comes to the same when it is done twice; a round that is begun twice is another one."""

TYPED, TWICE, OTHER_ROUND = 0.25, 0.15, 0.04
"""How often a learner answers in words, does a thing twice, and begins a new round instead."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that somebody gave: the number of its update, to what, and what was said."""

    update_id: int
    round_id: int
    position: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """A message with buttons that lead on, as it was at a time."""

    message_id: int
    presses: tuple[tuple[str, Leading], ...]

    @property
    def questions(self) -> set[Question]:
        """The questions that it has answers to: one at most."""
        return {(p.round_id, p.position) for _, p in self.presses if isinstance(p, ANSWERS)}

    @property
    def rounds(self) -> set[int]:
        """The rounds that it is about."""
        return {press.round_id for _, press in self.presses if not isinstance(press, Begin)}


def offers(messages: Sequence[Message]) -> list[Offer]:
    """Return the messages that offer to go on, the newest first."""
    return [offer for message in reversed(messages) if (offer := offered(message)).presses]


def offered(message: Message) -> Offer:
    """Return what a message offers, which may be nothing."""
    decoded = [(button.text, _decoded(button.data)) for button in message.buttons if button.data]
    return Offer(message.id, tuple((t, p) for t, p in decoded if isinstance(p, LEADING)))


@cache
def _decoded(data: str) -> Press | None:
    return decode(data)


class Learner:
    """Somebody who plays, thinking for up to `pause` seconds before each step.

    `given` are the answers, `begun` counts the rounds that were begun and `resumed` by round how
    often it was asked to be shown again. Whoever waits for `patience` seconds in vain has
    `stalled`, and begins a new round. `reasons` is whether they type reasons, which a machine has
    to grade.
    """

    def __init__(
        self,
        state: TokenState,
        changes: Changes,
        account: Account,
        random: Random,
        *,
        pause: float,
        patience: float,
        reasons: bool,
    ) -> None:
        self.account = account
        self.given: list[Given] = []
        self.begun = 0
        self.resumed: Counter[int] = Counter()
        self.stalled = 0
        self._state = state
        self._changes = changes
        self._random = random
        self._pause = pause
        self._patience = patience
        self._reasons = reasons
        self._seen: Offer | None = None
        self._rounds: set[int] = set()
        self._over: set[int] = set()
        self._answered: set[Question] = set()
        self._begins = False
        self._last = 0

    async def play(self) -> None:
        """Play until cancelled."""
        self._begin()
        while True:
            try:
                await self._changes.until(self._has_news, self._patience)
            except TimeoutError:
                self.stalled += 1
                self._begin()
                continue
            await asyncio.sleep(self._random.uniform(0, self._pause))
            self._go_on()

    def _newest(self) -> Offer | None:
        """Return the newest message that offers to go on, but not back to what is over."""
        chat = self._state.people._world.chats[self.account.id]
        sent = (m for m in reversed(chat.messages.values()) if m.from_bot and m.rows)
        return next((offer for message in sent if self._counts(offer := offered(message))), None)

    def _counts(self, offer: Offer) -> bool:
        if not offer.rounds:
            return bool(offer.presses) and offer.message_id >= self._last
        return not offer.rounds <= self._over and not offer.questions & self._answered

    def _has_news(self) -> bool:
        """Whether what was done last was answered: a round that was begun, by that round."""
        offer = self._newest()
        if offer is None or offer == self._seen:
            return False
        return not self._begins or bool(offer.rounds)

    def _go_on(self) -> None:
        offer = self._seen = self._newest()
        assert offer is not None
        self._last = offer.message_id
        self._rounds |= offer.rounds
        self._begins = False
        if self._random.random() < OTHER_ROUND:
            self._begin()
            return
        text, press = self._random.choice(offer.presses)
        if isinstance(press, Begin):
            self._begin(lambda: self._press(text, press, offer))
            return
        in_words = self._random.random() < TYPED
        twice = isinstance(press, REPEATED) and self._random.random() < TWICE
        for _ in range(1 + twice):
            if in_words and isinstance(press, ANSWERS):
                self._type(text, press, offer)
            else:
                self._press(text, press, offer)

    def _begin(self, act: Callable[[], None] | None = None) -> None:
        """Begin a round, in words unless by something else."""
        self._begins = True
        self._over |= self._rounds
        act() if act else self._say("/quiz")
        self.begun += 1

    def _press(self, text: str, press: Leading, offer: Offer) -> None:
        self._state.people.press(self.account, offer.message_id, text)
        if isinstance(press, ANSWERS):
            self._note(press, said_by(press))
        if isinstance(press, Resume):
            self.resumed[press.round_id] += 1

    def _type(self, text: str, press: Answering, offer: Offer) -> None:
        """Say in words what a button says, or a reason where that is what is asked for."""
        said = said_by(press)
        if len(offer.presses) == 1 and self._reasons:
            text = f"It names nobody who says so, number {self._random.getrandbits(40)}."
            said = {"reason": text}
        self._say(text)
        self._note(press, said)

    def _say(self, text: str) -> None:
        self._state.people.say(self.account, text)

    def _note(self, press: Answering, said: dict[str, Any]) -> None:
        self._answered.add((press.round_id, press.position))
        self.given.append(Given(self._last_update(), press.round_id, press.position, said))

    def _last_update(self) -> int:
        return int(self._state.queue.waiting[-1]["update_id"])


def said_by(press: Answering) -> dict[str, Any]:
    """Return what the score log says of a pressed answer."""
    match press:
        case Choose(kind=kind):
            return {"kind": str(kind)}
        case NotSure():
            return {"passed": True}
        case NothingLoaded():
            return {"marked": [], "words": [], "strays": []}

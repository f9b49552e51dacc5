"""Dialogues with the whole bot over the stand-in, written as (said, expected) pairs.

What is said: `[Label]` presses the button that has this label, `> words` replies to the newest
question with a quotation, anything else is typed. What is expected: text, or several texts, that
the messages sent or changed since then hold.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Self

from bot.app.bot import Bot, Surroundings
from bot.local.request import LocalRequest
from bot.local.telegram import Telegram
from bot.local.values import Account, Message
from bot.quiz.labels import Attribution, Stance
from bot.quiz.values import LoadedSpan, Reading
from bot.settings import Settings

Said = str
Expected = str | tuple[str, ...]

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEARNER = 4242


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    moment: datetime = START

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.moment

    def pass_(self, **span: float) -> None:
        """Let time pass, as timedelta's arguments."""
        self.moment += timedelta(**span)


@dataclass
class FakeReader:
    """Reads what it is told to, and "a sure, clean, unsourced claim" of everything else."""

    readings: Mapping[str, Reading] = field(default_factory=dict)

    def read_many(self, pairs: Sequence[tuple[str, str | None]]) -> list[Reading]:
        """Return the readings by the text of the sentence."""
        return [self.readings.get(text, reading()) for text, _ in pairs]


def reading(
    *,
    opinion: float = 0.1,
    named: float = 0.1,
    sure: bool = True,
    loaded: tuple[LoadedSpan, ...] = (),
    loaded_sure: bool = True,
) -> Reading:
    """Return a reading with these probabilities."""
    return Reading(
        p_opinion=opinion,
        p_source={
            Attribution.NAMED: named,
            Attribution.VAGUE: 0.0,
            Attribution.NONE: 1 - named,
        },
        loaded=loaded,
        stance=Stance.OPINION if opinion >= 0.5 else Stance.CLAIM,
        attribution=Attribution.NAMED if named >= 0.5 else Attribution.NONE,
        sure=sure,
        loaded_sure=loaded_sure,
        model="fake",
    )


class Chat:
    """A learner's chat with a bot whose data lies in a folder; leaving it stops the bot."""

    def __init__(
        self,
        folder: Path,
        seeds: Mapping[str, bytes],
        *,
        telegram: Telegram | None = None,
        clock: Clock | None = None,
        reader: FakeReader | None = None,
        size: int = 8,
        seed: int = 1,
    ) -> None:
        self.clock = clock or Clock()
        self.telegram = telegram or Telegram(self.clock)
        self.person = self.telegram.user(LEARNER, "Somebody")
        fake = reader or FakeReader()
        self.bot = Bot(
            Settings(data=folder, round_size=size),
            LocalRequest(self.telegram),
            "123456:stand-in",
            Surroundings(Random(seed), self.clock, seeds, lambda: fake),
        )

    async def __aenter__(self) -> Self:
        await self.bot.open()
        await self.idle()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.bot.close()

    async def idle(self) -> None:
        """Wait until the bot has answered everything."""
        while self.telegram.unconfirmed:
            await asyncio.sleep(0.001)
        await self.bot.idle()

    async def say(self, said: Said, person: Account | None = None) -> str:
        """Say something and return what the bot said or changed."""
        person = person or self.person
        before = {m.id: (m.text, m.buttons) for m in self.telegram.chat(person).sent}
        self._do(said, person)
        await self.idle()
        view = self.telegram.chat(person)
        news = [m.text for m in view.sent if before.get(m.id) != (m.text, m.buttons)]
        return "\n".join([*news, *(toast.text for toast in view.toasts[-1:] if toast.text)])

    def messages(self) -> Sequence[Message]:
        """Return what stands in the chat."""
        return self.telegram.chat(self.person).sent

    def labels(self) -> list[str]:
        """Return the buttons under the newest message that has any."""
        asking = self.telegram.chat(self.person).asking
        return [button.text for button in asking.buttons] if asking else []

    def _do(self, said: Said, person: Account) -> None:
        view = self.telegram.chat(person)
        if said.startswith("[") and said.endswith("]"):
            assert view.asking is not None, f"no message has a button for {said}"
            self.telegram.press(person, view.asking.id, said[1:-1])
        elif said.startswith("> "):
            assert view.asking is not None, f"nothing to quote for {said}"
            self.telegram.quote(person, view.asking.id, said[2:])
        else:
            self.telegram.say(person, said)


async def verify(chat: Chat, pairs: Sequence[tuple[Said, Expected]]) -> None:
    """Say each line and check that the bot's answer holds what is expected."""
    for said, expected in pairs:
        answer = await chat.say(said)
        for part in (expected,) if isinstance(expected, str) else expected:
            assert part in answer, f"after {said!r}, expected {part!r} in:\n{answer}"

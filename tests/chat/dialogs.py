"""Dialogues with the whole bot over the stand-in, written as (said, expected) pairs.

What is said: `[Label]` presses the newest button that has this label, `> words` replies to the
newest question with a quotation, anything else is typed. What is expected: text, or several texts,
that the messages sent or reworded since then and the toast hold; `Without(text)` must not stand in
them, and `SILENCE` is no answer at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Self

import pytest

from bot.app.bot import Bot, Surroundings
from bot.app.resources import resources
from bot.chat import outbox
from bot.local.request import LocalRequest
from bot.local.telegram import Telegram
from bot.local.values import Account, Message
from bot.quiz import rounds
from bot.quiz.labels import Attribution, Kind, ReasonLabel, Stance
from bot.quiz.values import Judgement, LoadedSpan, Reading
from bot.reader.card import load_card
from bot.settings import Settings
from bot.store import inbox
from bot.store.logbook import Row, tail

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MODEL = load_card(resources("reader") / "model").version
LEARNER = 5_550_123_456
SILENCE = ""


class Without(str):
    """What an answer must not hold."""

    __slots__ = ()


Said = str
Expected = str | tuple["Expected", ...]


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
    """Reads what it is told to, and "a sure, clean, unsourced claim" of everything else.

    It judges the reasons that it is told to, and none beside. A broken one raises; `read` counts
    the sentences that it was given, `asked` are the reasons with what they came with.
    """

    readings: Mapping[str, Reading] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    broken: bool = False
    read: int = 0
    asked: list[tuple[str, str, Kind, str]] = field(default_factory=list)

    def read_many(self, pairs: Sequence[tuple[str, str | None]]) -> list[Reading]:
        """Return the readings by the text of the sentence."""
        if self.broken:
            raise RuntimeError("the reader is broken")
        self.read += len(pairs)
        return [self.readings.get(text, reading()) for text, _ in pairs]

    def judge(self, context: str, target: str, kind: Kind, answer: str) -> Judgement | None:
        """Return the judgement of the answer, None for one that it was not told of."""
        if self.broken:
            raise RuntimeError("the reader is broken")
        self.asked.append((context, target, kind, answer))
        return self.judgements.get(answer)


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
        model=MODEL,
    )


def judgement(label: ReasonLabel, p: float = 0.96, *, sure: bool = True) -> Judgement:
    """Return a judgement with this label at this probability."""
    others = (1 - p) / 2
    return Judgement(
        label=label,
        p={each: p if each is label else others for each in ReasonLabel},
        sure=sure,
        model=MODEL,
        why_unsure="" if sure else "low_confidence",
    )


async def at_once(_seconds: float) -> None:
    """Wait for nothing but the others: a test need not keep Telegram's limits on sending."""
    await asyncio.sleep(0)


async def not_now(seconds: float) -> None:
    """Wait until the bot ends to send again what could not be sent, and for nothing else."""
    await (asyncio.Event().wait() if seconds > outbox.FIRST / 2 else asyncio.sleep(0))


@contextmanager
def failing_journeys() -> Iterator[None]:
    """Let every journey that grades an answer raise, for the length of a block."""

    def fail(*_: object) -> None:
        raise LookupError("no grade is to be found")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "answer", fail)
        yield


class Chat:
    """A learner's chat with a bot whose data lies in a folder; leaving it stops the bot.

    `after` is the same chat with an earlier run of the bot: its messages and its time go on.
    `pause` is how it waits to send again, `settings` are the bot's, by their names.
    """

    def __init__(
        self,
        folder: Path,
        seeds: Mapping[str, bytes],
        *,
        after: Chat | None = None,
        reader: FakeReader | None = None,
        size: int = 8,
        seed: int = 1,
        pause: Callable[[float], Awaitable[None]] = at_once,
        **settings: Any,
    ) -> None:
        self.clock: Clock = after.clock if after else Clock()
        self.telegram: Telegram = after.telegram if after else Telegram(self.clock)
        self.person: Account = after.person if after else self.telegram.user(LEARNER, "Somebody")
        self.settings = Settings(data=folder, round_size=size, **settings)
        fake = reader or FakeReader()
        self.bot = Bot(
            self.settings,
            LocalRequest(self.telegram),
            "123456:stand-in",
            Surroundings(Random(seed), self.clock, seeds, lambda: fake, pause=pause),
        )

    async def __aenter__(self) -> Self:
        await self.bot.open()
        await self.idle()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.bot.close()

    async def idle(self) -> None:
        """Wait until the bot has answered everything."""
        while self.telegram.unconfirmed:  # noqa: ASYNC110 - the stand-in has no loop to signal from
            await asyncio.sleep(0.001)
        await self.bot.idle()

    async def say(self, said: Said, person: Account | None = None) -> str:
        """Say something and return what the bot said or reworded, and the toast."""
        person = person or self.person
        return await self.answer_to(lambda: self._do(said, person), person)

    async def press(self, shown: Message, label: str, person: Account | None = None) -> str:
        """Press a button of a message as it was, as an app that missed its change might."""
        (data,) = [button.data for button in shown.buttons if button.text == label]
        return await self.forge(data, shown.id, person)

    async def forge(
        self, data: str, message_id: int | None = None, person: Account | None = None
    ) -> str:
        """Press with any data, under the bot's newest message unless another is named."""
        presser = person or self.person
        under = message_id or self.telegram.chat(presser).last.id
        return await self.answer_to(lambda: self.telegram.press_data(presser, under, data), presser)

    async def arrive(self, kind: str, content: Mapping[str, object]) -> str:
        """Let an update come in as it is, and return the answer to it."""
        world = self.telegram._world
        world.chats[self.person.id].opened = True
        return await self.answer_to(lambda: world.updates.add(kind, content))

    async def answer_to(self, act: Callable[[], object], person: Account | None = None) -> str:
        """Do something and return what the bot said or reworded, and the toast."""
        person = person or self.person
        before = self.telegram.chat(person)
        texts = {message.id: message.html for message in before.sent}
        act()
        await self.idle()
        after = self.telegram.chat(person)
        news = [m.text for m in after.sent if texts.get(m.id) != m.html]
        toasts = [toast.text for toast in after.toasts[len(before.toasts) :]]
        return "\n".join([*news, *toasts])

    def message(self, text: str) -> dict[str, object]:
        """Return a message of the learner as Telegram tells of it, to be changed and let in."""
        stamp = int(self.clock().timestamp())
        chat, sender = self.person.chat_json(), self.person.json()
        return {"message_id": 900_000, "date": stamp, "chat": chat, "from": sender, "text": text}

    def messages(self) -> Sequence[Message]:
        """Return what the bot has in the chat."""
        return self.telegram.chat(self.person).sent

    def asking(self) -> Message:
        """Return the newest message that has buttons, as it is now."""
        asking = self.telegram.chat(self.person).asking
        assert asking is not None, "no message has buttons"
        return asking

    def labels(self) -> list[str]:
        """Return the buttons of the newest message that has any."""
        return [button.text for button in self.asking().buttons]

    def rows(self) -> list[Row]:
        """Return the score log, the oldest row first."""
        return tail(self.bot.store.reader, 1_000)

    def failures(self) -> list[tuple[str | None, str]]:
        """Return what is kept of each update that failed, and what went wrong."""
        noted = "SELECT body, failure FROM inbox WHERE failure IS NOT NULL ORDER BY number"
        return self.bot.store.reader.execute(noted).fetchall()

    def waits(self) -> bool:
        """Whether there is anything that the next start would handle or send."""
        reader = self.bot.store.reader
        return bool(inbox.unhandled(reader) or inbox.unsent(reader))

    def _do(self, said: Said, person: Account) -> None:
        view = self.telegram.chat(person)
        if said.startswith("[") and said.endswith("]"):
            label = said[1:-1]
            offering = [m for m in view.sent if label in [b.text for b in m.buttons]]
            assert offering, f"no message has a button for {said}"
            self.telegram.press(person, offering[-1].id, label)
        elif said.startswith("> "):
            assert view.asking is not None, f"nothing to quote for {said}"
            self.telegram.quote(person, view.asking.id, said[2:])
        else:
            self.telegram.say(person, said)


async def verify(
    chat: Chat, pairs: Sequence[tuple[Said, Expected]], person: Account | None = None
) -> None:
    """Say each line and check that the bot's answer holds what is expected."""
    for said, expected in pairs:
        answer = await chat.say(said, person)
        check(answer, expected, f"after {said!r}")


def check(answer: str, expected: Expected, when: str = "") -> None:
    """Check that an answer holds what is expected."""
    if isinstance(expected, tuple):
        for part in expected:
            check(answer, part, when)
    elif expected == SILENCE:
        assert not answer, f"{when}, expected silence, not:\n{answer}"
    elif isinstance(expected, Without):
        assert expected not in answer, f"{when}, did not expect {expected!r} in:\n{answer}"
    else:
        assert expected in answer, f"{when}, expected {expected!r} in:\n{answer}"

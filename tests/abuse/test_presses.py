"""Every press there is, forged: of others, of nobody, out of range, of another version, again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

import pytest

from bot.chat import buttons
from bot.chat.buttons import Press
from bot.chat.buttons import push as push_buttons
from tests.abuse.scene import OF_ROLES, Scene, chat_of, nobodys, out_of_range, scene
from tests.abuse.table import is_refused

UNKNOWN = "I do not know that button any more."
LEFT_OUT = ("inbox", "sqlite_stat1", "awaited", "presses")


@pytest.fixture
async def of(tmp_path: Path) -> AsyncIterator[Scene]:
    """Return a bot with somebody in every role."""
    async with chat_of(tmp_path) as chat:
        yield await scene(chat)


def kept(of: Scene) -> list[str]:
    """Return all that the store holds but for the inbox."""
    return [
        line
        for line in of.chat.bot.store.reader.iterdump()
        if not any(line.startswith(f'INSERT INTO "{table}"') for table in LEFT_OUT)
    ]


def heard(of: Scene, *but: str) -> int:
    """Return how many messages everybody else has."""
    return sum(
        len(of.chat.telegram.chat(person).sent)
        for who, person in of.people.items()
        if who not in but
    )


def every(of: Scene) -> Iterator[Press]:
    """Return every press there is, about the class or its pupil."""
    for type_ in buttons.ALL:
        yield from of.presses(type_)


async def check_refused(of: Scene, who: str, presses: Iterable[str]) -> list[str]:
    """Press each once: nothing may change for anybody, and whoever presses is told every time."""
    before, others, answers = kept(of), heard(of, who), []
    for data in presses:
        answers.append(await of.chat.forge(data, person=of.people[who]))
        assert answers[-1], f"{who} is told nothing of {data}"
    assert kept(of) == before, f"{who} has changed something"
    assert heard(of, who) == others, f"others hear of what {who} pressed"
    assert not of.chat.failures()
    return answers


@pytest.mark.parametrize("who", ["newcomer", "instructor elsewhere"])
async def test_presses_of_others(of: Scene, who: str) -> None:
    """Whoever presses a button that is not theirs gets a toast or a line, and changes nothing."""
    texts = of.chat.bot.desk.texts
    refused = [
        buttons.encode(press)
        for press in every(of)
        if is_refused(await of.turn(who, press=press), texts)
    ]
    assert len(refused) > 15, "most are not theirs"
    await check_refused(of, who, refused)


@pytest.mark.parametrize("who", ["learner whose it is", "operator"])
async def test_presses_of_nobody(of: Scene, who: str) -> None:
    """A press about what is not there is refused, whoever presses."""
    forged = {buttons.encode(nobodys(press)) for press in every(of) if nobodys(press) != press}
    assert len(forged) > 40
    await check_refused(of, who, sorted(forged))


@pytest.mark.parametrize("who", ["learner whose it is", "instructor"])
async def test_presses_out_of_range(of: Scene, who: str) -> None:
    """A press about a place that is not there changes nothing, also by whom the rest belongs to."""
    forged = {buttons.encode(beyond) for press in every(of) if (beyond := out_of_range(press))}
    assert len(forged) > 10
    await check_refused(of, who, sorted(forged))


async def test_presses_of_another_version(of: Scene) -> None:
    """A button with a field more or less than ours has is one that is not known any more."""
    ours = [buttons.encode(press) for press in every(of)]
    forged = [f"{data}:1" for data in ours] + [data.rpartition(":")[0] for data in ours]
    unknown = [data for data in forged if buttons.decode(data) is None]
    assert len(unknown) > 100
    some = unknown[:: len(unknown) // 8]
    assert {*await check_refused(of, "operator", some)} == {UNKNOWN}


AGAIN: list[tuple[type[Press], str]] = [
    (buttons.NotSure, "learner whose it is"),
    (buttons.Next, "learner whose it is"),
    (buttons.Disagree, "learner whose it is"),
    (buttons.Accept, "instructor"),
    (buttons.Rekey, "instructor"),
    (buttons.Publish, "instructor"),
    (push_buttons.Confirm, "instructor"),
    (push_buttons.TheSet, "instructor"),
]
"""Presses that count once, and whose they are."""


@pytest.mark.parametrize(("type_", "who"), AGAIN)
async def test_the_same_press_again(of: Scene, type_: type[Press], who: str) -> None:
    """The same press, as often as it comes, does what it does once."""
    press = [*of.presses(type_)][-1]
    assert who in OF_ROLES
    data, person = buttons.encode(press), of.people[who]
    await of.chat.forge(data, person=person)
    once, others = kept(of), heard(of, who)
    for _ in range(20):
        await of.chat.forge(data, person=person)
    assert kept(of) == once
    assert heard(of, who) == others
    assert not of.chat.failures()

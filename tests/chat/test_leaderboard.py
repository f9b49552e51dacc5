"""The leaderboard of a class, as its learners see it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat import buttons
from bot.chat.buttons import encode
from bot.store import classes
from bot.store.classes import Class, Member
from bot.teaching import results
from bot.teaching.classes import create
from tests.chat.classroom import number, write
from tests.chat.dialogs import START, Without, check, verify
from tests.chat.taught import Taught, chat_of, taught


@pytest.fixture
async def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Taught]:
    """Return a class of two of whom the first is called Owl; one answer to a side is enough."""
    monkeypatch.setattr(results, "LEAST_RANKED", 1)
    async with chat_of(tmp_path) as chat:
        room = await taught(chat)
        await room.play(room.pupils[0], "[Sourced fact]", "[Opinion]")
        await room.play(room.pupils[1], "[Opinion]", "[Opinion]")
        owl = Member(number(chat, room.pupils[0]), "<Owl>", ranked=False, reminders=True)
        write(chat, lambda db: classes.change(db, room.class_id, owl))
        yield room


async def test_it_is_opt_in(room: Taught) -> None:
    """Nobody is shown who does not wish it; the button changes that, and changes it back."""
    first, second = room.pupils
    await verify(
        room.chat,
        [
            ("/leaderboard", ("Class 7b", "Nobody is shown yet", "You are not shown")),
            ("[Show me too]", ("1. <Owl> · 1.3 ← you", "because you wished")),
        ],
        first,
    )
    await verify(
        room.chat,
        [
            ("/leaderboard", ("1. <Owl> · 1.3", Without("← you"), "You are not shown")),
            ("[Show me too]", ("1. <Owl>", "2. somebody · 0.0 ← you")),
            ("[Do not show me]", ("1. <Owl>", Without("somebody ·"))),
        ],
        second,
    )


async def test_with_too_few_answers_one_waits(
    room: Taught, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who wishes to be shown and has judged little is told how much it takes."""
    monkeypatch.setattr(results, "LEAST_RANKED", 2)
    await verify(
        room.chat,
        [("/leaderboard", "Nobody"), ("[Show me too]", ("Nobody is shown yet", "once you have"))],
        room.pupils[0],
    )


async def test_it_is_for_the_class(room: Taught) -> None:
    """Who is not in a class sees no board of it and cannot stand on it."""
    stranger = await room.stranger()
    await verify(room.chat, [("/leaderboard", "You are in no class")], stranger)
    await room.chat.say("/start", stranger)
    for press in (buttons.ShowBoard(room.class_id), buttons.Rank(room.class_id, shown=True)):
        check(
            await room.chat.forge(encode(press), person=stranger),
            (Without("Owl"), Without("Class 7b")),
        )
    members = classes.members(room.chat.bot.store.reader, room.class_id)
    assert [member.learner for member in members] == [number(room.chat, one) for one in room.pupils]


async def test_of_several_classes_one_is_chosen(room: Taught) -> None:
    """Each class has a board of its own."""
    learner = number(room.chat, room.pupils[0])
    other = Class(0, "Class 8a", "8A", "UTC")

    write(room.chat, lambda db: classes.join(db, create(db, other, None, START), learner, START))
    await verify(
        room.chat,
        [
            ("/leaderboard", "The leaderboard of which class?"),
            ("[Class 8a]", ("Class 8a", "Nobody is shown yet")),
            ("[Show me too]", "once you have judged"),
            ("[Class 7b]", ("Class 7b", "You are not shown")),
        ],
        room.pupils[0],
    )

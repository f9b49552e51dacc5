"""After /forget nothing is left that identifies somebody, whenever and by whom it is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.local.values import Account
from bot.operate.review.snapshot import build
from bot.store import learners, roles
from bot.store.roles import Role
from tests.abuse.scene import Scene, chat_of, scene
from tests.chat.dialogs import START, Chat, check
from tests.chat.people import somebody

WORDS = "only-I-would-type-this"
NICKNAME = "Nickname-of-mine"
ME = 6_060_606_060
AS_INTEGER = ME.to_bytes(6)
TRACES = (str(ME).encode(), AS_INTEGER, WORDS.encode(), NICKNAME.encode(), b"Mine, all mine")

State = Callable[[Chat, Account], Awaitable[None]]


async def new(chat: Chat, me: Account) -> None:
    """Nothing but a greeting."""


async def in_a_round(chat: Chat, me: Account) -> None:
    """In the middle of a round, with typed words among the answers."""
    await chat.say("/quiz", me)
    await chat.say(WORDS, me)
    await chat.say("[Not sure]", me)
    await chat.say("[I disagree]", me)
    await chat.say(WORDS, me)


async def typing(chat: Chat, me: Account) -> None:
    """Asked for something that is to be typed."""
    await in_a_round(chat, me)
    await chat.say("/join AAAAAAA", me)
    await chat.say("[Choose a nickname]", me)
    await chat.say(NICKNAME, me)
    await chat.say("[Choose a nickname]", me)


async def teaching(chat: Chat, me: Account) -> None:
    """Leading a class, with a draft, an invitation and a push being put together."""
    learner = learners.find(chat.bot.store.reader, me.id)
    assert learner is not None
    chat.bot.store.write_now(lambda db: roles.grant(db, learner, Role.INSTRUCTOR, None, START))
    await in_a_round(chat, me)
    await chat.say("/cancel", me)
    await chat.say("/class new Somewhere", me)
    await chat.say("/push", me)
    await chat.say("[A little set]", me)
    await chat.say(f"{WORDS} said the office on Monday. " * 20, me)
    await chat.say("/invite", me)


async def operating(chat: Chat, me: Account) -> None:
    """Operating the bot, with invitations made."""
    learner = learners.find(chat.bot.store.reader, me.id)
    assert learner is not None
    chat.bot.store.write_now(lambda db: roles.grant(db, learner, Role.OPERATOR, None, START))
    await in_a_round(chat, me)
    await chat.say("/invite operator", me)
    await chat.say("/status", me)
    await chat.bot.watch.look()


STATES: list[State] = [new, in_a_round, typing, teaching, operating]


def traces(held: bytes) -> list[bytes]:
    """Return what of the person stands in some bytes."""
    return [one for one in TRACES if one in held]


def dumped(database: Path) -> bytes:
    """Return all tables as text."""
    with closing(sqlite3.connect(database)) as db:
        return "\n".join(db.iterdump()).encode(errors="surrogateescape")


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its name."""
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("state", STATES, ids=lambda one: one.__name__)
async def test_nothing_is_left(tmp_path: Path, state: State) -> None:
    """Neither tables nor bytes of files nor the snapshot hold a trace; the person comes as new."""
    data = tmp_path / "data"
    async with chat_of(data) as chat:
        await scene(chat)
        me = somebody(chat, ME)
        await chat.say("/start", me)
        await state(chat, me)
        number = learners.find(chat.bot.store.reader, ME)
        assert traces(dumped(chat.settings.database)), "there is something to be forgotten"
        answer = await chat.say("/mydata", me)
        assert "Everything I keep about you" in answer
        await chat.say("/forget", me)
        check(await chat.say("[Yes, forget me]", me), "I know nothing about you any more")
        database = chat.settings.database
        assert traces(dumped(database)) == []
        build(database, tmp_path / "review.db", START, lambda *_: None, with_text=True)
    async with chat_of(data):
        pass
    assert {name: traces(held) for name, held in everything(tmp_path).items() if traces(held)} == {}
    async with chat_of(data, after=chat) as chat:
        check(await chat.say("/start", me), "Who says?")
        check(await chat.say("/score", me), "No answers yet")
        check(await chat.say("/class", me), "for those who teach")
        again = learners.find(chat.bot.store.reader, ME)
        assert again is not None
        assert number is not None
        assert again > number, "a number is never given out twice"
        assert roles.of(chat.bot.store.reader, again) is Role.LEARNER


async def test_words_that_wait_are_forgotten_too(tmp_path: Path) -> None:
    """What was sent before the press that forgets is gone with it, handled by then or not."""
    data = tmp_path / "data"
    async with chat_of(data) as chat:
        of: Scene = await scene(chat)
        me = somebody(chat, ME)
        await in_a_round(chat, me)
        await chat.say("/forget", me)
        asked = chat.telegram.chat(me).last.id

        def all_at_once() -> None:
            for n in range(5):
                chat.telegram.say(me, f"{WORDS} {n}")
            chat.telegram.say(me, "/mydata")
            chat.telegram.press(me, asked, "Yes, forget me")

        await chat.answer_to(all_at_once, me)
        assert traces(dumped(chat.settings.database)) == []
        assert not chat.waits()
        assert learners.find(chat.bot.store.reader, of.people["learner whose it is"].id)
    async with chat_of(data):
        pass
    assert not [name for name, held in everything(data).items() if traces(held)]


async def test_forgetting_while_a_push_goes_out(tmp_path: Path) -> None:
    """Whoever is forgotten before a push reaches them is not written to, and holds up nobody."""
    async with chat_of(tmp_path / "data") as chat:
        of = await scene(chat)
        pupil, teacher = of.people["learner whose it is"], of.people["instructor"]
        await chat.say("/forget", pupil)
        asked = chat.telegram.chat(pupil).last.id

        def both() -> None:
            chat.telegram.press(pupil, asked, "Yes, forget me")
            chat.telegram.press_data(teacher, 1, f"uf:{of.draft_push}")

        await chat.answer_to(both, pupil)
        said = [message.text for message in chat.telegram.chat(pupil).sent]
        assert not [text for text in said if "is there for you" in text]
        assert not chat.failures()
        assert learners.find(chat.bot.store.reader, pupil.id) is None

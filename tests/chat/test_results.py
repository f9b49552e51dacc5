"""The pages, the picture and the files of a class's results."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat import buttons
from bot.chat.buttons import encode
from bot.local.values import image_size
from bot.store import classes
from bot.store.classes import Class
from bot.teaching.classes import create
from tests.chat.classroom import number, write
from tests.chat.dialogs import START, Without, check, verify
from tests.chat.taught import THREE, Taught, chat_of, taught


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Taught]:
    """Return a class of two that answered three questions, one of them twice."""
    async with chat_of(tmp_path, THREE) as chat:
        room = await taught(chat)
        first, second = room.pupils
        await room.play(first, "[Sourced fact]", "[Opinion]", "circus act")
        await room.play(second, "[Opinion]", "[Opinion]", "[Nothing loaded]")
        await room.chat.say("[How did it go? ▶]", second)
        await room.play(second, "[Sourced fact]")
        yield room


async def test_the_first_page(room: Taught) -> None:
    """It counts first answers, shows discernment and what is missed, and has a picture."""
    await verify(
        room.chat,
        [
            (
                "/results",
                (
                    "Class 7b",
                    "2 learners, 6 first answers, 1 retries",
                    "Opinion or claim: d′",
                    "So few answers",
                    "Most missed",
                    "(loaded words): 25 % of 2",
                    Without("Its key may be wrong"),
                    Without("machine was not sure"),
                ),
            )
        ],
    )
    pictures = [message.photo for message in room.chat.messages() if message.photo]
    assert image_size(pictures[-1].content) == (900, 510)


async def test_the_pages_of_learners_and_questions(room: Taught) -> None:
    """Learners stand best first, questions hardest first; retries have a score of their own."""
    first, second = (f"#{number(room.chat, pupil)}" for pupil in room.pupils)
    page = await _page(room, "[By learner]")
    assert page.index(f"{first}: 83 % of 3") < page.index(
        f"{second}: 33 % of 3 (again: 100 % of 1)"
    )
    page = await _page(room, "[By question]")
    loaded = "(loaded words): 25 % of 2; –; “circus act” 1, nothing 1"
    fact = "(kind): 50 % of 2 (again: 100 % of 1); –; Sourced fact 1, Opinion 1"
    assert page.index(loaded) < page.index(fact) < page.index("(kind): 100 % of 2; –; Opinion 2")


async def _page(room: Taught, press: str) -> str:
    await room.chat.say("/results")
    return await room.chat.say(press)


async def test_the_files(room: Taught) -> None:
    """Both files hold every answer, by number and nickname; identities are asked for apart."""
    pupil = room.pupils[0]
    member = classes.member(room.chat.bot.store.reader, room.class_id, number(room.chat, pupil))
    assert member is not None
    named = classes.Member(member.learner, "=Owl", member.ranked, member.reminders)
    write(room.chat, lambda db: classes.change(db, room.class_id, named))
    await verify(room.chat, [("/results", "Class 7b"), ("[Files]", "7 answers")])
    table, lines = files(room)
    assert len(table) == len(lines) == 7
    assert (table[0]["nickname"], lines[0]["nickname"]) == ("'=Owl", "=Owl")
    assert "telegram_id" not in table[0]
    await verify(room.chat, [("[Files with Telegram ids]", "Keep this file to yourself")])
    table, _ = files(room)
    assert {row["telegram_id"] for row in table} == {str(one.id) for one in room.pupils}


def files(room: Taught) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """Return what the newest CSV and JSON Lines files hold."""
    found = [message.document for message in room.chat.messages() if message.document][-2:]
    table, lines = (one.content.decode("utf-8-sig") for one in found)
    return [*csv.DictReader(io.StringIO(table))], [json.loads(line) for line in lines.splitlines()]


async def test_a_co_instructor_gets_no_identities(room: Taught) -> None:
    """Who helps to teach sees the results; Telegram ids are for who leads the class."""
    helper = await room.helper()
    await verify(room.chat, [("/results", "Class 7b")], helper)
    labels = [button.text for button in room.last(helper).buttons]
    assert labels == ["By learner", "By question", "Files"]
    press = buttons.SendResults(room.class_id, identities=True)
    told = len(room.seen(helper))
    check(await room.chat.forge(encode(press), person=helper), "not")
    assert len(room.seen(helper)) == told


async def test_several_classes(room: Taught) -> None:
    """With more than one class a button says which; one without answers says so."""
    teacher = number(room.chat, room.chat.person)
    other = Class(0, "Class 8a", "8A", "UTC")
    write(room.chat, lambda db: create(db, other, teacher, START))
    await verify(
        room.chat,
        [
            ("/results", ("The results of which class?", Without("first answers"))),
            ("[Class 8a]", "Nobody in “Class 8a” has answered"),
            ("[Class 7b]", "6 first answers"),
        ],
    )


async def test_a_suspect_key_is_pointed_out(tmp_path: Path) -> None:
    """Where the best miss a question that the others know, the instructor is told plainly."""
    async with chat_of(tmp_path, THREE) as chat:
        room = await taught(chat, 6)
        for n, pupil in enumerate(room.pupils):
            fact = "[Sourced fact]" if n >= 2 else "[Opinion]"
            opinion = "[Opinion]" if n < 2 else "[Sourced fact]"
            words = "circus act, ruin a generation" if n < 2 else "[Nothing loaded]"
            await room.play(pupil, fact, opinion, words)
        page = await chat.say("/results")
        check(page, "⚠️ The best learners miss “The mill is red, the mayor said.” too.")
        assert page.count("Its key may be wrong") == 1


async def test_no_files_of_nothing(tmp_path: Path) -> None:
    """The files of a class in which nobody has answered are no files: that is said."""
    async with chat_of(tmp_path, THREE) as chat:
        room = await taught(chat)
        data = encode(buttons.SendResults(room.class_id, identities=True))
        check(await chat.forge(data), "Class 7b")
        assert not chat.waits()
        assert not chat.telegram.chat(chat.person).last.document

"""Hostile words in every place that takes words, as Telegram would bring them."""

from __future__ import annotations

import csv
import io
import json
from functools import partial
from pathlib import Path

import pytest

from bot.chat import routes
from bot.store.roles import Role
from bot.teaching.exports import FORMULA
from tests.abuse.scene import DRAFT, Scene, chat_of, scene
from tests.abuse.watched import Refusals
from tests.abuse.words import HOSTILE, LONG
from tests.chat.classroom import write
from tests.chat.dialogs import Chat
from tests.chat.people import somebody
from tests.chat.sets import SOURCE, asks, quiz_set, seeds

# Where something is typed: who types it, and the press or the command that asks for it.
PLACES: dict[str, tuple[str, str]] = {
    "nickname": ("learner whose it is", "nn:{class_id}"),
    "objection": ("learner whose it is", "d:74:0"),
    "answer": ("learner whose it is", "r:71"),
    "class-name": ("instructor", "cn"),
    "class-new-name": ("instructor", "cr:{class_id}"),
    "class-zone": ("instructor", "cz:{class_id}"),
    "draft-source": ("instructor", f"so:{DRAFT}"),
    "draft-words": ("instructor", f"sa:{DRAFT}:q1"),
    "draft-explanation": ("instructor", f"se:{DRAFT}:q0"),
    "push-time": ("instructor", "uy:{draft_push}:s"),
    "tried-answer": ("instructor", f"tr:d.{DRAFT}:1"),
}
COMMANDS = ("quiz", "join", "claim", "start", "reminders", "preview", "regrade", "invite", "class")


def test_every_place_is_tried() -> None:
    """Whatever the bot asks to be typed is among the places."""
    assert {*routes.AWAITED} <= {*PLACES}


def tables(chat: Chat) -> set[str]:
    """Return the tables that there are."""
    rows = chat.bot.store.reader.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {name for (name,) in rows}


async def typed(of: Scene, who: str, text: str) -> None:
    """Let somebody type any text, as an update brings it."""
    person = of.people[who]
    of.chat.telegram._world.updates.add(
        "message",
        of.chat.message(text) | {"chat": person.chat_json(), "from": person.json()},
    )
    await of.chat.idle()


@pytest.mark.parametrize("place", PLACES)
async def test_hostile_words_where_something_is_asked_for(tmp_path: Path, place: str) -> None:
    """Every text in every place is answered; nothing breaks, is refused, or changes the tables."""
    who, asking = PLACES[place]
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        refusals, before = Refusals(chat), tables(chat)
        data = asking.format(class_id=of.class_id, draft_push=of.draft_push)
        person = of.people[who]
        for text in HOSTILE.values():
            await chat.forge(data, person=person)
            seen = len(chat.telegram.chat(person).messages)
            await typed(of, who, text)
            assert len(chat.telegram.chat(person).messages) > seen, f"no answer to {text[:40]!r}"
        assert not chat.failures()
        assert not refusals.faults()
        assert tables(chat) == before


async def test_hostile_words_behind_commands(tmp_path: Path) -> None:
    """The same behind every command, and as the command itself."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        refusals = Refusals(chat)
        for name in COMMANDS:
            for text in HOSTILE.values():
                await typed(of, "operator", f"/{name} {text}"[:4_096])
        await typed(of, "operator", "/" + LONG[:4_095])
        assert not chat.failures()
        assert not refusals.faults()


async def test_a_megabyte_of_words(tmp_path: Path) -> None:
    """A text of a megabyte, which no app sends, is answered like any that is too long."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        refusals = Refusals(chat)
        for who, asking in {*PLACES.values()}:
            data = asking.format(class_id=of.class_id, draft_push=of.draft_push)
            await chat.forge(data, person=of.people[who])
            await typed(of, who, "<x> " * 250_000)
        assert not chat.failures()
        assert not refusals.faults()


async def test_an_objection_holds_up_no_dispute(tmp_path: Path) -> None:
    """The longest objection still leaves a case that can be shown and decided."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        refusals, pupil = Refusals(chat), of.people["learner whose it is"]
        await chat.forge("d:74:0", person=pupil)
        await typed(of, "learner whose it is", "&<" * 2_048)
        for _ in range(3):
            answer = await chat.say("/disputes", of.people["instructor"])
            assert "wait" in answer or "One" in answer, answer[:200]
            await chat.say("[Grade stands]", of.people["instructor"])
        assert not refusals.said


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
async def test_file_names(tmp_path: Path, name: str) -> None:
    """Whatever a file that comes in is called, its sender is answered."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        refusals, teacher = Refusals(chat), of.people["instructor"]
        for ending in ("", ".yaml", ".csv", ".txt"):
            chat.clock.pass_(minutes=1)
            answer = await chat.answer_to(
                partial(chat.telegram.attach, teacher, name + ending, b"no set"), teacher
            )
            assert answer, (name[:40], ending)
        assert not chat.failures()
        assert not refusals.faults()


FIELDS = ("title", "author", "publisher", "text_type", "note")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_fields_of_sets(tmp_path: Path, text: str) -> None:
    """A set with such a text in every field is refused with lines, or played like any other."""
    short = text.replace("\n", " ")[:100]
    hostile = quiz_set(
        asks(passage=f"{short} rain.", explain=short, reason=[short[:60] or "x"]),
        slug="evil",
        title=short,
        source=SOURCE | dict.fromkeys(FIELDS, short[:80]),
    )
    async with Chat(tmp_path, seeds(asks())) as chat:
        operator = somebody(chat, 5, Role.OPERATOR)
        refusals = Refusals(chat)
        body = json.dumps(hostile).encode()
        answer = await chat.answer_to(
            lambda: chat.telegram.attach(operator, "evil.yaml", body), operator
        )
        assert answer
        if "[" not in answer and chat.telegram.chat(operator).asking is not None:
            labels = [one.text for one in chat.telegram.chat(operator).last.buttons]
            everybody = [one for one in labels if "everybody" in one.lower()]
            if everybody:
                await chat.say(f"[{everybody[0]}]", operator)
                await chat.say("/quiz evil")
                await chat.say("[Opinion]")
                await chat.say("[How did it go? ▶]")
        assert not chat.failures()
        assert not refusals.faults()


async def test_no_formulas_in_files(tmp_path: Path) -> None:
    """What learners and teachers typed is no formula in the files of a class."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        write(chat, lambda db: db.execute("UPDATE members SET nickname = '＝1+1'"))
        reason = json.dumps({"reason": "=1+1"})
        write(chat, lambda db: db.execute("UPDATE answers SET said = ?, ask = 'reason'", [reason]))
        await chat.forge(f"rf:{of.class_id}:n", person=of.people["instructor"])
        files = [m.document for m in chat.telegram.chat(of.people["instructor"]).sent if m.document]
        text = files[0].content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert "'=1+1" in cells
        assert "'＝1+1" in cells
        assert not [cell for cell in cells if cell.startswith(FORMULA)]

"""Hostile words in every place that takes words, as Telegram would bring them."""

from __future__ import annotations

import csv
import io
import json
import os
from functools import partial
from pathlib import Path

from bot.chat import routes
from bot.store.roles import Role
from bot.teaching.exports import FORMULA
from tests.abuse.scene import DRAFT, Scene, chat_of, scene
from tests.abuse.watched import Refusals
from tests.abuse.words import HOSTILE, LONG
from tests.chat.classroom import write
from tests.chat.dialogs import Chat, verify
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
EVERY = int(os.environ.get("EVERY", "2"))
"""Of the texts each place gets every second; with `EVERY=1` all of them."""

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


async def test_hostile_words_where_something_is_asked_for(tmp_path: Path) -> None:
    """Texts in every place are answered; nothing breaks, is refused, or changes the tables."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        refusals, before = Refusals(chat), tables(chat)
        for turn, (place, (who, asking)) in enumerate(PLACES.items()):
            data, person = of.filled(asking), of.people[who]
            for text in [*HOSTILE.values()][turn % EVERY :: EVERY]:
                await chat.forge(data, person=person)
                seen = len(chat.telegram.chat(person).messages)
                await typed(of, who, text)
                assert len(chat.telegram.chat(person).messages) > seen, (place, text[:40])
            assert not chat.failures(), place
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
        for who, asking in [*PLACES.values()][::3]:
            await chat.forge(of.filled(asking), person=of.people[who])
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


async def test_file_names(tmp_path: Path) -> None:
    """Whatever a file that comes in is called, its sender is answered."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        refusals, teacher = Refusals(chat), of.people["instructor"]
        for name in HOSTILE.values():
            for ending in ("", ".csv", ".txt"):
                chat.clock.pass_(minutes=1)
                attach = partial(chat.telegram.attach, teacher, name + ending, b"no set")
                assert await chat.answer_to(attach, teacher), (name[:40], ending)
        assert not chat.failures()
        assert not refusals.faults()


PUBLISH = "Publish for everybody"
FIELDS = ("title", "author", "publisher", "text_type", "note")


def hostile_set(text: str) -> bytes:
    """Return a set with a text in every field of it."""
    short = text.replace("\n", " ")[:100]
    asked = asks(passage=f"{short} rain.", explain=short, reason=[short[:60]])
    source = SOURCE | dict.fromkeys(FIELDS, short[:80])
    return json.dumps(quiz_set(asked, slug="evil", title=short, source=source)).encode()


async def test_fields_of_sets(tmp_path: Path) -> None:
    """A set with such a text in every field is refused with lines, or played like any other."""
    played = 0
    async with Chat(tmp_path, seeds(asks())) as chat:
        operator, refusals = somebody(chat, 5, Role.OPERATOR), Refusals(chat)
        await chat.say("/start")
        for text in HOSTILE.values():
            chat.clock.pass_(minutes=1)
            send = partial(chat.telegram.attach, operator, "evil.yaml", hostile_set(text))
            assert await chat.answer_to(send, operator), text[:40]
            labels = [one.text for one in chat.telegram.chat(operator).last.buttons]
            if PUBLISH in labels:
                await chat.say(f"[{PUBLISH}]", operator)
                await verify(chat, [("/quiz evil", "1 of 1"), ("[Opinion]", "Not this time.")])
                played += 1
        assert not chat.failures()
        assert not refusals.faults()
    assert 5 < played < len(HOSTILE), "some are sets, some are not"


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

"""Quiz-set files sent to the bot: checked, looked at, tried out, published, published again."""

from __future__ import annotations

import json

import pytest

from bot.chat import buttons
from bot.local.values import Account
from bot.sets import limits
from bot.store.roles import Role
from tests.chat.dialogs import Chat, Without, check, verify
from tests.chat.people import somebody
from tests.chat.sets import BUDGET, RAIN, Fields, asks, asks_loaded, quiz_set

MINE = quiz_set(asks(), asks_loaded(), slug="mine", title="A mine set")


async def send(
    chat: Chat, person: Account, content: Fields | bytes, name: str = "mine.yaml"
) -> str:
    """Send a file and return what the bot says to it."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return await chat.answer_to(lambda: chat.telegram.attach(person, name, data), person)


async def test_a_file_is_published_for_classes(chat: Chat) -> None:
    """A sound file is shown with what it holds; published by an instructor it is not for all."""
    teacher, pupil = somebody(chat, 11, Role.INSTRUCTOR), somebody(chat, 12)
    check(
        await send(chat, teacher, MINE),
        ("A mine set: 2 questions", "sourced facts 1", "opinions 1"),
    )
    await verify(chat, [("[Publish for my classes]", "“A mine set” is published")], teacher)
    found = chat.bot._library.find("mine")
    assert found is not None
    assert found.version == 1
    await verify(chat, [("/quiz mine", "I have no set called “mine”")], pupil)


async def test_an_operator_publishes_for_everybody(chat: Chat) -> None:
    """What an operator publishes for everybody can be played by name."""
    operator, pupil = somebody(chat, 11, Role.OPERATOR), somebody(chat, 12)
    await send(chat, operator, MINE)
    await verify(chat, [("[Publish for everybody]", "is published")], operator)
    await verify(chat, [("/quiz mine", "1 of 2")], pupil)


async def test_a_second_upload_makes_a_new_version(chat: Chat) -> None:
    """What is new, changed and gone is shown; a round in progress ends on the version it began."""
    operator, pupil = somebody(chat, 11, Role.OPERATOR), somebody(chat, 12)
    first = quiz_set(asks(), asks(passage=BUDGET, kind="opinion"), slug="mine")
    await send(chat, operator, first)
    await verify(chat, [("[Publish for everybody]", "is published")], operator)
    await verify(chat, [("/quiz mine", "1 of 2")], pupil)
    changed = quiz_set(asks(kind="opinion"), slug="mine")
    check(await send(chat, operator, changed), "1 new, 0 changed, 2 removed")
    await verify(chat, [("[Publish for everybody]", "as a new version")], operator)
    right = "Sourced fact" if RAIN in chat.telegram.chat(pupil).last.text else "Opinion"
    await verify(chat, [(f"[{right}]", "Right"), ("[Next ▶]", "2 of 2")], pupil)


BROKEN: list[tuple[str, bytes, tuple[str, ...]]] = [
    (
        "mine.yaml",
        json.dumps(quiz_set(asks(kind="fact"), slug="mine")).encode(),
        (
            "mine.yaml has one error",
            "found `fact`",
            "sourced_fact, unsourced_claim",
            "Nothing of it",
        ),
    ),
    ("mine.yaml", b"\xff\xfe\x00", ("has one error",)),
    ("mine.h5p", b"PK\x03\x04 no archive", ("has one error",)),
    ("<b>.yaml", b"set: [", ("<b>.yaml",)),
]


@pytest.mark.parametrize(("name", "content", "told"), BROKEN)
async def test_a_broken_file_is_told_and_not_published(
    chat: Chat, name: str, content: bytes, told: tuple[str, ...]
) -> None:
    """Every error is told with what is allowed, and there is nothing to press."""
    teacher = somebody(chat, 11, Role.INSTRUCTOR)
    check(await send(chat, teacher, content, name), told)
    assert not chat.telegram.chat(teacher).last.buttons
    assert chat.bot._library.find("mine") is None


async def test_many_errors_come_in_a_file(chat: Chat) -> None:
    """More errors than a message holds come as a document with all of them."""
    teacher = somebody(chat, 11, Role.INSTRUCTOR)
    questions = [asks(kind="fact") for _ in range(40)]
    check(await send(chat, teacher, quiz_set(*questions, slug="mine")), "has 40 errors")
    document = chat.telegram.chat(teacher).last.document
    assert document is not None
    assert document.content.decode().count("found `fact`") == 40


async def test_a_file_that_is_too_large_is_not_fetched(chat: Chat) -> None:
    """Beyond a million bytes the bot says so."""
    teacher = somebody(chat, 11, Role.INSTRUCTOR)
    check(await send(chat, teacher, b" " * (limits.FILE_BYTES + 1)), "I read up to a million")


async def test_a_learner_s_file_is_no_set(chat: Chat) -> None:
    """Who does not teach cannot send a set in."""
    pupil = somebody(chat, 12)
    check(await send(chat, pupil, MINE), "I did not understand that")


async def test_nobody_replaces_the_set_of_another(chat: Chat) -> None:
    """A slug that is taken by another, or came with the bot, is refused to an instructor."""
    one, other = somebody(chat, 11, Role.INSTRUCTOR), somebody(chat, 12, Role.INSTRUCTOR)
    await send(chat, one, MINE)
    await chat.say("[Publish for my classes]", one)
    check(await send(chat, other, MINE), "it is not yours")
    check(await send(chat, other, quiz_set(asks(), slug="little")), "it is not yours")


async def test_a_draft_is_its_sender_s_alone(chat: Chat) -> None:
    """A copied button of a draft does nothing for another instructor, nor a second time."""
    one, other = somebody(chat, 11, Role.INSTRUCTOR), somebody(chat, 12, Role.INSTRUCTOR)
    await send(chat, one, MINE)
    button = next(b for b in chat.telegram.chat(one).last.buttons if "Publish" in b.text)
    await chat.say("/help", other)
    check(await chat.forge(button.data, person=other), "not there any more")
    assert chat.bot._library.find("mine") is None
    await verify(chat, [("[Publish for my classes]", "is published")], one)
    check(await chat.forge(button.data, person=one), "Once was enough.")
    chat.clock.pass_(minutes=1)
    check(await chat.forge(button.data, person=one), "not there any more")


async def test_publishing_for_everybody_cannot_be_forged(chat: Chat) -> None:
    """An instructor who changes the data of the button publishes nothing."""
    teacher = somebody(chat, 11, Role.INSTRUCTOR)
    await send(chat, teacher, MINE)
    button = next(b for b in chat.telegram.chat(teacher).last.buttons if "Publish" in b.text)
    press = buttons.decode(button.data)
    assert isinstance(press, buttons.Publish)
    forged = buttons.encode(buttons.Publish(press.draft_id, listed=True))
    check(await chat.forge(forged, person=teacher), "for those who teach")
    assert chat.bot._library.find("mine") is None


async def test_a_set_is_tried_out_without_a_trace(chat: Chat) -> None:
    """A preview asks and grades as for a learner, and leaves no round and no answer."""
    teacher = somebody(chat, 11, Role.INSTRUCTOR)
    await send(chat, teacher, MINE)
    await verify(
        chat,
        [
            ("[Try it out]", ("nothing is kept", "1 of 2", RAIN)),
            ("[Opinion]", ("Not this time", "a sourced fact", Without("I disagree"))),
            ("[Next ▶]", ("2 of 2", BUDGET)),
            ("nowhere to be found", "I cannot find"),
            ("circus act", ("You found: circus act", "ruin a generation")),
            ("[Next ▶]", "That was all of “A mine set”"),
            ("/score", "No answers yet"),
            ("/preview", "Try out which set?"),
            ("[A little set]", ("1 of 1", RAIN)),
            ("[Not sure]", "a sourced fact"),
        ],
        teacher,
    )
    assert chat.rows() == []
    assert chat.bot.store.reader.execute("SELECT count(*) FROM rounds").fetchone() == (0,)


async def test_the_template_can_be_sent_back(chat: Chat) -> None:
    """What /template sends is a file that the bot takes."""
    teacher = somebody(chat, 11, Role.INSTRUCTOR)
    await verify(chat, [("/template", "One question a row")], teacher)
    document = chat.telegram.chat(teacher).last.document
    assert document is not None
    check(await send(chat, teacher, document.content, document.name), "not published yet")

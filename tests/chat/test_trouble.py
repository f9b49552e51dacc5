"""What goes wrong around the bot: people who block it, updates that make no sense, failures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.local.faults import ApiError, flood
from bot.store import inbox
from tests.chat.dialogs import (
    LEARNER,
    SILENCE,
    Chat,
    Without,
    check,
    failing_journeys,
    not_now,
    verify,
)
from tests.chat.sets import asks, asks_loaded, seeds

APOLOGY = "Something went wrong on my side. Nothing is lost: please try that again in a moment."


async def test_two_learners_side_by_side(tmp_path: Path) -> None:
    """Two people play the same set in turns; neither sees, answers or scores the other's round."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        ada, ben = chat.person, chat.telegram.user(77, "Ben")
        await verify(chat, [("/quiz", "1 of 2")], ada)
        await verify(chat, [("/score", "No answers yet."), ("/quiz", "1 of 2")], ben)
        await verify(chat, [("[Sourced fact]", "Right."), ("[Next ▶]", "2 of 2")], ada)
        await verify(chat, [("[Opinion]", ("1 of 2", "Not this time."))], ben)
        await verify(
            chat,
            [("[Sourced fact]", "Right."), ("[How did it go? ▶]", "2 of 2 points")],
            ada,
        )
        await verify(
            chat,
            [
                ("[Next ▶]", "2 of 2"),
                ("[Opinion]", "Not this time."),
                ("[How did it go? ▶]", "0 of 2 points"),
                ("/score", "2 answers so far."),
            ],
            ben,
        )
        await verify(chat, [("/forget", "Really?"), ("[Yes, forget me]", "Done.")], ben)
        await verify(chat, [("/score", "2 answers so far.")], ada)


async def test_two_learners_at_once(chat: Chat) -> None:
    """What two people say in the same moment is answered to each of them."""
    ben = chat.telegram.user(77, "Ben")

    def both() -> None:
        chat.telegram.say(chat.person, "/quiz")
        chat.telegram.say(ben, "/help")
        chat.telegram.say(chat.person, "Sourced fact")

    check(await chat.answer_to(both), ("1 of 1", "Right.", Without("What I can do")))
    assert "What I can do" in chat.telegram.chat(ben).last.text


# Updates that cannot be parsed, or are of no kind that the bot asks for.
ODD: list[tuple[str, object]] = [
    ("message", {"message_id": 1}),
    ("message", "a string"),
    ("message", {"message_id": 1, "date": "yesterday", "chat": 5}),
    ("callback_query", {"id": "1"}),
    ("callback_query", []),
]


@pytest.mark.parametrize(("kind", "content"), ODD)
async def test_an_update_that_cannot_be_parsed(tmp_path: Path, kind: str, content: object) -> None:
    """An update that makes no sense is noted and kept for a person, and is not tried again."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        updates = chat.telegram._world.updates

        def arrive() -> None:
            updates.add(kind, content)
            chat.telegram.say(chat.person, "/quiz")

        check(await chat.answer_to(arrive), ("1 of 1", Without(APOLOGY)))
        ((body, failure),) = chat.failures()
        assert json.loads(body or "")[kind] == content
        assert failure
        assert not chat.waits()
    with capture_logs() as logged:
        async with Chat(tmp_path, seeds(asks()), after=chat) as chat:
            await verify(chat, [("[Sourced fact]", "Right.")])
            assert chat.failures() == [(body, failure)]
    assert "update cannot be parsed" not in [line["event"] for line in logged]


async def test_a_press_without_its_message(chat: Chat) -> None:
    """A press that does not say under which message it was is answered, and changes nothing."""
    await chat.say("/quiz")
    data = chat.asking().buttons[0].data
    chat.telegram._world.updates.add(
        "callback_query",
        {"id": "77", "from": chat.person.json(), "chat_instance": "1", "data": data},
    )
    await chat.idle()
    assert not chat.rows()
    await verify(chat, [("[Sourced fact]", "Right.")])


async def test_a_journey_that_fails(tmp_path: Path) -> None:
    """A failure is apologised for and noted, and the next start does not handle it again."""
    asked = seeds(asks())
    async with Chat(tmp_path, asked) as chat:
        await verify(chat, [("/quiz", "1 of 1")])
        with failing_journeys():
            await verify(chat, [("[Sourced fact]", (APOLOGY, Without("Right.")))])
        assert chat.failures() == [(None, "LookupError")]
        assert not chat.waits()
        await verify(chat, [("/help", "What I can do")])
    seen = len(chat.messages())
    async with Chat(tmp_path, asked, after=chat) as chat:
        assert not chat.rows()
        assert len(chat.messages()) == seen
        await verify(chat, [("[Sourced fact]", "Right.")])


async def test_old_words_answer_no_other_question(tmp_path: Path) -> None:
    """Words that failed at one question are no answer to the one that is open at the next start."""
    asked = seeds(asks("reason"), asks("reason"))
    async with Chat(tmp_path, asked) as chat:
        await verify(chat, [("/quiz", "1 of 2")])
        with failing_journeys():
            await verify(chat, [("the weather office said it", APOLOGY)])
        await verify(chat, [("[Not sure]", "fair enough"), ("[Next ▶]", "2 of 2")])
    async with Chat(tmp_path, asked, after=chat) as chat:
        assert [row["position"] for row in chat.rows()] == [0]
        await verify(chat, [("the weather office said it", ("2 of 2", "Right."))])


async def test_trying_again_after_a_failure(tmp_path: Path) -> None:
    """Once the trouble is over the same button works, and the earlier press adds nothing."""
    asked = seeds(asks())
    async with Chat(tmp_path, asked) as chat:
        await verify(chat, [("/quiz", "1 of 1")])
        with failing_journeys():
            await verify(chat, [("[Opinion]", APOLOGY)])
        await verify(chat, [("[Sourced fact]", "Right.")])
    async with Chat(tmp_path, asked, after=chat) as chat:
        assert [row["score"] for row in chat.rows()] == [1.0]


async def test_an_apology_that_cannot_be_sent(tmp_path: Path) -> None:
    """An apology that does not arrive comes before the next answer, which it does not hold up."""
    asked = seeds(asks())
    async with Chat(tmp_path, asked, pause=not_now) as chat:
        await verify(chat, [("/quiz", "1 of 1")])
        chat.telegram.refuse_next("sendMessage", ApiError(401, "Unauthorized"))
        with failing_journeys():
            await verify(chat, [("[Opinion]", SILENCE)])
        await verify(chat, [("/help", (APOLOGY, "What I can do"))])
        assert not chat.waits()


async def test_a_learner_who_blocked_the_bot(chat: Chat) -> None:
    """Who blocks the bot is no trouble to it, and can go on with the round on coming back."""
    await verify(chat, [("/quiz", "1 of 1")])

    def leave() -> None:
        chat.telegram.say(chat.person, "sourced fact")
        chat.telegram.say(chat.person, "/score")
        chat.telegram.block(chat.person)

    assert not await chat.answer_to(leave)
    assert [row["score"] for row in chat.rows()] == [1.0]
    assert not inbox.unsent(chat.bot.store.reader), "nothing is kept for who does not want it"
    chat.telegram.unblock(chat.person)
    await verify(chat, [("/score", "One answer so far."), ("/quiz", "1 of 1")])


async def test_others_do_not_wait_for_who_blocked_the_bot(chat: Chat) -> None:
    """A blocked chat holds nobody back."""
    ben = chat.telegram.user(77, "Ben")

    def leave() -> None:
        chat.telegram.say(chat.person, "/quiz")
        chat.telegram.say(ben, "/help")
        chat.telegram.block(chat.person)

    await chat.answer_to(leave)
    assert "What I can do" in chat.telegram.chat(ben).last.text


async def test_a_press_answered_too_late(chat: Chat) -> None:
    """A press whose toast comes too late for Telegram is graded and shown all the same."""
    await verify(chat, [("/quiz", "1 of 1")])
    chat.telegram.press(chat.person, chat.asking().id, "Sourced fact")
    chat.clock.pass_(minutes=5)
    await chat.idle()
    assert "Right." in chat.asking().text
    assert len(chat.rows()) == 1


async def test_a_flood_limit_is_waited_out(chat: Chat) -> None:
    """When Telegram asks to wait, the answer comes after the wait."""
    chat.telegram.refuse_next("sendMessage", flood(0))
    await verify(chat, [("/help", "What I can do")])


# Messages without a text, before a question and at one.
WITHOUT_TEXT: list[dict[str, object]] = [
    ({"sticker": {"file_id": "1", "file_unique_id": "2", "type": "regular", "width": 9,
                  "height": 9, "is_animated": False, "is_video": False}}),
    ({"photo": [], "caption": "sourced fact"}),
    ({"location": {"latitude": 1.0, "longitude": 2.0}}),
    ({"dice": {"emoji": "🎲", "value": 4}}),
    ({"text": ""}),
    ({"text": " \n "}),
    ({"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": LEARNER, "type": "private"}}}),
]  # fmt: skip


async def test_a_message_without_words(chat: Chat) -> None:
    """A picture, a sticker or nothing at all gets a helpful word, in a round and outside."""
    bare = {name: value for name, value in chat.message("").items() if name != "text"}
    for command, hint in (("/start", "/quiz starts a round"), ("/quiz", "Press ")):
        await chat.say(command)
        for content in WITHOUT_TEXT:
            check(await chat.arrive("message", bare | content), hint, str(content))
    assert not chat.rows()
    check(await chat.say("[Sourced fact]"), "Right.")


# What an empty message is told, by what the open question asks.
EMPTY = [
    (asks("kind"), "Press one of the buttons, or type one of"),
    (asks_loaded(), "Type the words, or press “Nothing loaded”."),
    (asks("reason"), "Tell me in a few words, or press “Not sure”."),
]


@pytest.mark.parametrize(("asked", "hint"), EMPTY)
async def test_an_empty_message(tmp_path: Path, asked: dict[str, object], hint: str) -> None:
    """A message of nothing that can be seen answers no question, whatever it asks."""
    async with Chat(tmp_path, seeds(asked)) as chat:
        await chat.say("/quiz")
        for said in ("", " ", "\u200b", "\u2067\u2069"):
            check(await chat.arrive("message", chat.message(said)), hint, repr(said))
        assert not chat.rows()


async def test_a_file_is_no_answer(chat: Chat) -> None:
    """A file sent to an open question is told that only text can be read."""
    await verify(chat, [("/quiz", "1 of 1")])
    answer = await chat.answer_to(
        lambda: chat.telegram.attach(chat.person, "a.yaml", b"set: a", "sourced fact")
    )
    check(answer, "I can only read text. Press a button or type your answer.")
    assert not chat.rows()

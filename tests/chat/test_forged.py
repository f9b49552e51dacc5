"""Buttons that nobody was shown: malformed, of a closed round, of somebody else's."""

from __future__ import annotations

from pathlib import Path

from tests.chat.dialogs import Chat, Without, check, verify
from tests.chat.sets import asks, asks_loaded, seeds

UNKNOWN = "I do not know that button any more."
NOT_YOURS = "That button belongs to another round."

# Data that no button of the bot has.
MALFORMED = [
    "",
    "x",
    "k",
    "k:",
    "k:1",
    "k:1:0",
    "k:1:0:fact",
    "k:-1:0:opinion",
    "k:１:0:opinion",
    "k:1.5:0:opinion",
    "k:9999999999999999999:0:opinion",
    "k:1:0:opinion:more",
    "p:one:two",
    "n:1",
    "n::",
    "e:1:2",
    "r:",
    "b",
    "b:a:b",
    "v:1",
    "f:",
    "f:yes",
    "K:1:0:opinion",
    " k:1:0:opinion",
    "💥" * 16,
    "'; DROP TABLE answers; --",
]

# Well-formed data about a round that is not there, and one that could never be.
NOWHERE = [
    ("k:1:0:opinion", NOT_YOURS),
    ("p:281474976710656:0", NOT_YOURS),
    ("c:1:999999999999999", NOT_YOURS),
    ("d:1:0", NOT_YOURS),
    ("n:1:0", NOT_YOURS),
    ("e:999999999999999", NOT_YOURS),
    ("r:1", "That round is over."),
    ("b:nothing-like-it", "I have no set called “nothing-like-it”."),
    ("b:<b>", "I have no set called “<b>”."),
]


async def test_data_of_no_button(chat: Chat) -> None:
    """Data of no button of ours gets a friendly line, and the open question stays open."""
    await chat.say("/quiz")
    for data in MALFORMED:
        assert await chat.forge(data) == UNKNOWN, data
    for data, expected in NOWHERE:
        check(await chat.forge(data), expected, data)
    assert not chat.rows()
    check(await chat.say("[Sourced fact]"), "Right.")


async def test_an_answer_that_was_not_asked_for(tmp_path: Path) -> None:
    """A kind is no answer to a question about loaded words, nor the other way round."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await chat.say("/quiz")
        round_id = chat.asking().buttons[0].data.split(":")[1]
        check(await chat.forge(f"k:{round_id}:0:opinion"), "That does not answer this question.")
        check(await chat.forge(f"p:{round_id}:1"), "That one is answered already.")
        check(await chat.forge(f"d:{round_id}:0"), NOT_YOURS)
        assert not chat.rows()
        check(await chat.say("[Nothing loaded]"), "Not this time.")
    async with Chat(tmp_path, seeds(asks()), after=chat) as chat:
        await chat.say("/quiz little")
        round_id = chat.asking().buttons[0].data.split(":")[1]
        check(await chat.forge(f"c:{round_id}:0"), "That does not answer this question.")


async def test_the_buttons_of_a_closed_round(tmp_path: Path) -> None:
    """The buttons of a round that another one ended say that it is over; nothing is logged."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await chat.say("/quiz")
        asked = chat.asking()
        await verify(chat, [("/quiz", "1 of 2")])
        for label in ("Opinion", "Not sure"):
            check(await chat.press(asked, label), "That round is over.")
        assert not chat.rows()
        await verify(chat, [("[Opinion]", "Not this time.")])
        verdict = chat.asking()
        await verify(chat, [("/cancel", "Round ended after 1 of 2.")])
        check(await chat.press(verdict, "Next ▶"), "That round is over.")
        check(await chat.press(verdict, "I disagree"), "You disagree: noted.")
        (shown,) = [message for message in chat.messages() if message.id == verdict.id]
        assert not shown.buttons, "nothing leads on in a round that is over"


async def test_the_buttons_of_another_learner(chat: Chat) -> None:
    """Nobody can answer, go on in, dispute or see the round of somebody else."""
    await chat.say("/quiz")
    asked = chat.asking()
    thief = chat.telegram.user(66, "Mallory")
    await chat.say("/start", thief)
    round_id = asked.buttons[0].data.split(":")[1]
    for data, expected in (
        (asked.buttons[0].data, NOT_YOURS),
        (f"p:{round_id}:0", NOT_YOURS),
        (f"n:{round_id}:0", NOT_YOURS),
        (f"d:{round_id}:0", NOT_YOURS),
        (f"e:{round_id}", NOT_YOURS),
        (f"r:{round_id}", "That round is over."),
    ):
        check(await chat.forge(data, person=thief), (expected, Without("What kind")), data)
    assert not chat.rows()
    check(await chat.say("[Sourced fact]"), "Right.")
    for data in (f"d:{round_id}:0", f"e:{round_id}"):
        check(await chat.forge(data, person=thief), (NOT_YOURS, Without("finished")), data)
    assert [row["disputed"] for row in chat.rows()] == [False]


async def test_a_press_under_a_message_that_is_gone(chat: Chat) -> None:
    """A press under a message that the bot can no longer see is graded all the same."""
    await chat.say("/quiz")
    asked = chat.asking()
    chat.telegram.call("deleteMessage", {"chat_id": chat.person.id, "message_id": asked.id})
    await chat.press(asked, "Sourced fact")
    assert [row["score"] for row in chat.rows()] == [1.0]
    check(await chat.say("/start"), Without("round open"))

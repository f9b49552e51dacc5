"""Grading again after a key changed: looking first, doing it, taking it back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local.values import Message
from tests.chat.dialogs import Without, check, verify
from tests.chat.taught import Taught, chat_of, taught


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Taught]:
    """Return a class of three that called a fact a claim, a claim and a fact; one disputes it.

    The key is then changed to an unsourced claim.
    """
    async with chat_of(tmp_path) as chat:
        room = await taught(chat, 3)
        for pupil, said in zip(room.pupils, ("claim", "claim", "fact"), strict=True):
            word = "[Unsourced claim]" if said == "claim" else "[Sourced fact]"
            await room.play(pupil, word, "[Opinion]")
        await room.chat.press(_first_verdict(room, 0), "I disagree", room.pupils[0])
        await chat.say("/disputes")
        await chat.say("[Change the key: Unsourced claim]")
        yield room


def _first_verdict(room: Taught, pupil: int, said: str = "Not this time") -> Message:
    """Return the verdict on a pupil's first answer."""
    sent = room.chat.telegram.chat(room.pupils[pupil]).sent
    return next(message for message in sent if said in message.text)


def scores(room: Taught) -> list[float]:
    """Return the scores that stand on the first question, by learner."""
    rows = [row for row in room.chat.rows() if row["question"] == "q0"]
    return [float(str(row["score"])) for row in rows]


async def test_a_dry_run_changes_nothing(room: Taught) -> None:
    """It says who would change, from what to what, and whose score would fall."""
    before = room.rows("*", "answers")
    await verify(
        room.chat,
        [
            (
                "/regrade little",
                (
                    "2 grades would change. Nothing is changed yet.",
                    "learner 2, q0: wrong (0.00) → right (1.00)",
                    "learner 3, q0: wrong (0.00) → right (1.00)",
                    "One score would fall and is left alone.",
                    Without("learner 4"),
                ),
            ),
            ("[Let scores fall too]", ("3 grades", "learner 4, q0: right (1.00) → wrong (0.00)")),
            ("[Never lower a score]", ("2 grades", Without("learner 4"))),
        ],
    )
    assert room.rows("*", "answers") == before
    assert room.rows("*", "regrades") == []


async def test_a_regrade_adds_rows_and_overwrites_none(room: Taught) -> None:
    """Grades that stand change where they rise; the rows of the log stay as they were."""
    before = room.rows("*", "answers")
    await verify(
        room.chat,
        [
            ("/regrade little", "2 grades"),
            ("[Do it]", "2 answers of “A little set” have new grades"),
            ("/regrade little", "no grade would change"),
        ],
    )
    assert scores(room) == [1.0, 1.0, 1.0]
    assert room.rows("*", "answers") == before
    assert room.rows("version, score, verdict, graded_by, why", "regrades") == [
        (2, 1.0, "right", "key", "key changed"),
        (2, 1.0, "right", "key", "key changed"),
    ]
    assert room.rows("*", "cards") == []
    assert "Do it" not in room.chat.labels()
    await verify(
        room.chat, [("/score", "You called 0 of 1 facts and claims an opinion.")], room.pupils[0]
    )


async def test_scores_fall_where_they_may(room: Taught) -> None:
    """With the switch set whoever was right by the old key is wrong by the new one."""
    for said in ("/regrade little", "[Let scores fall too]", "[Do it]"):
        await room.chat.say(said)
    assert scores(room) == [1.0, 1.0, 0.0]
    assert len(room.rows("*", "cards")) == 1, "what is wrong now comes back"


async def test_a_regrade_is_undone_by_further_rows(room: Taught) -> None:
    """After undoing, the grades before stand again, and all rows are there; it can be redone."""
    for said in ("/regrade little", "[Do it]"):
        await room.chat.say(said)
    await verify(
        room.chat,
        [
            ("/regrade little", "no grade"),
            ("[Undo the last one (2)]", "2 answers of “A little set” have their earlier grades"),
        ],
    )
    assert scores(room) == [0.0, 0.0, 1.0]
    assert [why for (why,) in room.rows("why", "regrades")] == [
        "key changed",
        "key changed",
        "undone",
        "undone",
    ]
    assert len(room.rows("*", "cards")) == 2
    await verify(room.chat, [("/regrade little", "2 grades")])
    assert not any("Undo" in label for label in room.chat.labels())
    await verify(room.chat, [("[Do it]", "2 answers"), ("/regrade little", "no grade")])
    assert scores(room) == [1.0, 1.0, 1.0]


async def test_pressing_undo_twice_undoes_once(room: Taught) -> None:
    """The second press undoes nothing, though an earlier regrade stands."""
    for said in ("/regrade little", "[Do it]"):
        await room.chat.say(said)
    await room.passes(minutes=1)
    for said in ("/regrade little", "[Let scores fall too]", "[Do it]", "/regrade little"):
        await room.chat.say(said)
    asked = room.chat.asking()
    await room.chat.say("[Undo the last one (1)]")
    check(await room.chat.press(asked, "Undo the last one (1)"), "Once was enough.")
    await room.passes(minutes=1)
    check(await room.chat.press(asked, "Undo the last one (1)"), "That is decided already")
    assert scores(room) == [1.0, 1.0, 1.0]
    assert len(room.rows("*", "regrades")) == 4


async def test_a_dispute_that_a_regrade_settles(room: Taught) -> None:
    """Whoever still waits and is right by the new key is told, and waits no more."""
    await room.chat.press(_first_verdict(room, 1), "I disagree", room.pupils[1])
    await verify(room.chat, [("/disputes", "One answer waits"), ("/regrade little", "2 grades")])
    told = len(room.seen(room.pupils[0]))
    await verify(room.chat, [("[Do it]", "2 answers"), ("/disputes", "Nothing waits")])
    check(room.last(room.pupils[1]).text, "changed the key. Thank you")
    assert len(room.seen(room.pupils[0])) == told, "who was told before is not told again"
    assert room.rows("decision", "settlements") == [("rekeyed",), ("rekeyed",)]


async def test_what_stays_wrong_is_only_counted(tmp_path: Path) -> None:
    """Whoever is wrong by both keys is not among those who would change."""
    async with chat_of(tmp_path) as chat:
        room = await taught(chat, 1)
        await room.play(room.pupils[0], "[Reported opinion]")
        await room.disputes(room.pupils[0])
        await chat.say("/disputes")
        await chat.say("[Change the key: Opinion]")
        told = ("no grade would change", "One answer is as wrong by the new key", Without("q0"))
        await verify(chat, [("/regrade little", told), ("[Do it]", "No answer of “A little set”")])
        (row,) = chat.rows()
        assert (row["verdict"], row["expected"]) == ("wrong", "opinion")


async def test_what_a_person_accepted_stays(room: Taught) -> None:
    """A decision on one answer outlives a change of the key for all."""
    third = room.pupils[2]
    shown = next(
        m
        for m in room.chat.telegram.chat(third).sent
        if "✅ Right. The sentence is a sourced" in m.text
    )
    await room.chat.press(shown, "I disagree", third)
    for said in ("/disputes", "[Accept this answer]", "/regrade little"):
        await room.chat.say(said)
    assert not any("fall" in label for label in room.chat.labels())
    check(room.chat.asking().text, (Without("learner 4"), Without("would fall")))


async def test_a_regrade_is_chosen_by_button(room: Taught) -> None:
    """Without a name, the sets of one's own are offered."""
    await verify(
        room.chat,
        [("/regrade", "Grade the answers to which set"), ("[A little set]", "2 grades")],
    )

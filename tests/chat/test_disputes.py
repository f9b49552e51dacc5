"""Disagreeing in one's own words, and what those who teach decide on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat import buttons
from bot.chat.buttons import Press, encode
from bot.quiz.labels import Kind
from tests.chat.classroom import write
from tests.chat.dialogs import Chat, FakeReader, Without, check, reading, verify
from tests.chat.sets import asks
from tests.chat.taught import BLUE, RED, THREE, Taught, chat_of, taught

GONE = "That is decided already, or not yours to decide."


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Taught]:
    """Return a class of two that was sent a fact, an opinion and a passage with loaded words."""
    async with chat_of(tmp_path, THREE) as chat:
        yield await taught(chat)


async def test_words_stand_beside_a_dispute(room: Taught) -> None:
    """What is typed after disagreeing is kept as the learner's words, and no answer."""
    pupil = room.pupils[0]
    await room.play(pupil, "[Opinion]")
    await verify(
        room.chat,
        [
            ("[I disagree]", ("You disagree: noted.", "tell in your own words why")),
            ("It has <b>no</b> source", "put that beside it"),
        ],
        pupil,
    )
    assert room.rows("words", "disputes") == [("It has <b>no</b> source",)]
    assert len(room.chat.rows()) == 1
    await verify(
        room.chat,
        [
            (
                "/disputes",
                ("One answer waits", RED, "said: Opinion", "a sourced fact", "no</b> source”"),
            )
        ],
    )


# What comes after disagreeing in the place of words, and what it leads to.
INSTEAD = [("[Next ▶]", "2 of 3"), ("/score", "Your score")]


@pytest.mark.parametrize(("said", "told"), INSTEAD)
async def test_words_are_no_duty(room: Taught, said: str, told: str) -> None:
    """A next question or a command puts an end to waiting: what is typed then is something else."""
    pupil = room.pupils[0]
    await room.play(pupil, "[Opinion]")
    await verify(room.chat, [("[I disagree]", "noted"), (said, told)], pupil)
    await verify(room.chat, [("opinion", Without("beside it"))], pupil)
    assert room.rows("words", "disputes") == [("",)]


async def test_an_upheld_grade(room: Taught) -> None:
    """The grade stands as it was, and the learner is told in their own chat."""
    pupil = room.pupils[0]
    await room.play(pupil, "[Opinion]")
    await room.disputes(pupil)
    await verify(
        room.chat, [("/disputes", "disagrees"), ("[Grade stands]", "Nothing waits for your")]
    )
    check(room.last(pupil).text, (RED, "the grade stays as it was"))
    assert room.rows("decision", "settlements") == [("upheld",)]
    assert room.rows("*", "regrades") == []


async def test_an_accepted_answer(room: Taught) -> None:
    """An accepted answer counts as right everywhere, and its own row stays as it was."""
    pupil = room.pupils[0]
    await room.play(pupil, "[Opinion]", "[Opinion]")
    own = room.rows("*", "answers")
    assert len(room.rows("*", "cards")) == 1
    verdict = next(m for m in room.chat.telegram.chat(pupil).sent if "Not this time" in m.text)
    await room.chat.press(verdict, "I disagree", pupil)
    await verify(room.chat, [("/disputes", RED), ("[Accept this answer]", "Nothing waits")])
    check(room.last(pupil).text, "counts it as right")
    assert room.rows("*", "answers") == own
    assert room.rows("score, verdict, graded_by, why", "regrades") == [
        (1.0, "right", "person", "decided")
    ]
    assert room.rows("*", "cards") == [], "what was right after all does not come back"
    await verify(
        room.chat, [("/score", "You recognised 2 of 2 opinions."), ("/review", "Nothing")], pupil
    )
    asked = next(m for m in room.chat.telegram.chat(pupil).sent if m.id == verdict.id)
    again = await room.chat.forge(_kind(room, "opinion"), asked.id, pupil)
    check(again, ("Right.", "A person has looked at this", Without("The lesson of it.")))
    rows = room.chat.rows()
    assert [(row["score"], row["regraded"]) for row in rows] == [(1.0, True), (1.0, False)]


def _kind(room: Taught, kind: str) -> str:
    """Return the press that chose a kind as the answer to the first question of a round."""
    ((round_id,),) = room.rows("id", "rounds")
    return f"k:{round_id}:0:{kind}"


async def test_another_kind_makes_a_new_version(room: Taught) -> None:
    """The set gets a new version with the other key; grades wait for a regrade."""
    pupil = room.pupils[0]
    await room.play(pupil, "[Unsourced claim]")
    await room.disputes(pupil)
    await verify(
        room.chat,
        [
            ("/disputes", ("The key says: a sourced fact", Without("…"))),
            ("[Change the key: Unsourced claim]", ("The key is changed in a new version", "Noth")),
        ],
    )
    check(room.last(pupil).text, "changed the key. Thank you")
    assert room.rows("version, listed", "sets") == [(1, 1), (2, 1)]
    changed = room.chat.bot._library.find("little")
    assert changed is not None
    assert changed.questions[0].key is not None
    assert changed.questions[0].key.kind is Kind.UNSOURCED_CLAIM
    assert changed.questions[0].explain == ""
    assert changed.questions[1].explain == "The lesson of it."
    assert room.rows("*", "regrades") == []
    await verify(room.chat, [("[What would change?]", "one grade would change")])


async def test_the_marked_words_can_become_the_key(room: Taught) -> None:
    """Words that a learner marked are the loaded ones of a new version, with one press."""
    pupil = room.pupils[0]
    await room.play(pupil, "[Sourced fact]", "[Opinion]", "circus act")
    await room.disputes(pupil)
    await verify(
        room.chat,
        [
            ("/disputes", ("said: circus act", "Loaded, says the key: circus act | ruin a gen")),
            ("[Change the key to these words]", "The key is changed"),
            ("[What would change?]", "partly (0.50) → right (1.00)"),
        ],
    )
    changed = room.chat.bot._library.find("little")
    assert changed is not None
    assert changed.questions[2].key is not None
    assert len(changed.questions[2].key.loaded) == 1


async def test_a_key_that_comes_with_the_bot_stays_changed(tmp_path: Path) -> None:
    """A restart does not publish the file of the old key once more."""
    async with chat_of(tmp_path) as chat:
        room = await taught(chat)
        await room.play(room.pupils[0], "[Opinion]")
        await room.disputes(room.pupils[0])
        await chat.say("/disputes")
        await chat.say("[Change the key: Opinion]")
    async with chat_of(tmp_path) as chat:
        found = chat.bot._library.find("little")
        assert found is not None
        assert found.version == 2


async def test_an_answer_that_nobody_was_sure_of(tmp_path: Path) -> None:
    """What the machine could not grade is right or not by a person, or left as it is."""
    reader = FakeReader({RED: reading(sure=False), BLUE: reading(sure=False)})
    asked = (asks(passage=RED, kind=None), asks(passage=BLUE, kind=None))
    async with chat_of(tmp_path, asked, reader) as chat:
        room = await taught(chat)
        first, second = room.pupils
        await room.play(first, "[Opinion]", "[Unsourced claim]")
        await room.play(second, "[Opinion]", "[Opinion]")
        labels = ["It is right", "It is not right", "Leave it open, accepted"]
        rekeys = ["Change the key: Sourced fact", "Change the key: Unsourced claim"]
        await verify(chat, [("/disputes", ("4 answers wait", "There is no key", "was not sure"))])
        assert chat.labels()[:5] == [*labels, *rekeys]
        for press in ("[It is right]", "[It is not right]", "[Leave it open, accepted]"):
            await chat.say(press)
        check(await chat.say("[It is not right]"), "Nothing waits")
        standing = [(row["verdict"], row["score"], row["expected"]) for row in chat.rows()]
        assert standing == [
            ("right", 1.0, "opinion"),
            ("wrong", 0.0, ""),
            ("unsure", 1.0, "unsourced_claim"),
            ("wrong", 0.0, "unsourced_claim"),
        ]
        # Read as an unsourced claim: right said of an opinion is no, wrong of a claim is no,
        # wrong of an opinion is yes; what was left open does not count.
        check(await chat.say("/results"), "Of 3 answers that the machine was not sure of")
        check(chat.messages()[-1].text, "they agree on 1.")
        check(room.last(first).text, "finds that it is not right")
        for said in ("[How did it go? ▶]", "/score"):
            assert await chat.say(said, first), "a grade without an answer of its own can be shown"


async def test_a_case_is_decided_once(room: Taught) -> None:
    """Of two who teach, whoever presses second changes nothing and tells nobody."""
    pupil, helper = room.pupils[0], await room.helper()
    await room.play(pupil, "[Opinion]")
    await room.disputes(pupil)
    await verify(room.chat, [("/disputes", RED)])
    await verify(room.chat, [("/disputes", (RED, Without("Change the key")))], helper)
    told = len(room.seen(pupil)) + 1
    await room.chat.say("[Grade stands]")
    check(await room.chat.say("[Accept this answer]", helper), GONE)
    assert len(room.seen(pupil)) == told
    assert room.rows("decision", "settlements") == [("upheld",)]
    assert room.rows("*", "regrades") == []


async def test_who_owns_a_set_hears_of_disputes_everywhere(tmp_path: Path) -> None:
    """A dispute in a round of no class waits for who published the set, and for nobody else."""
    async with chat_of(tmp_path) as chat:
        room = await taught(chat)
        stranger = await room.stranger()
        pupil = room.pupils[0]
        await chat.say("/quiz", pupil)
        await chat.say("[Not sure]", pupil)
        await room.disputes(pupil)
        await verify(chat, [("/disputes", "Nothing waits for your decision.")], stranger)
        await verify(chat, [("/disputes", "One answer waits")])


def presses(answer: int, class_id: int) -> list[Press]:
    """Return every press of those who teach about an answer, a set and a class."""
    return [
        buttons.Uphold(answer),
        buttons.Accept(answer),
        buttons.Reject(answer),
        buttons.Rekey(answer, Kind.OPINION),
        buttons.RekeyWords(answer),
        buttons.Regrade("little", lower=True, apply=True),
        buttons.Regrade("little", lower=True, apply=False),
        buttons.UndoRegrade("little", 1),
        buttons.ShowResults(class_id),
        buttons.ShowLearners(class_id),
        buttons.ShowQuestions(class_id),
        buttons.SendResults(class_id, identities=False),
        buttons.SendResults(class_id, identities=True),
    ]


def kept(chat: Chat) -> list[str]:
    """Return everything in the store but what came in."""
    return [line for line in chat.bot.store.reader.iterdump() if '"inbox"' not in line]


async def test_forged_presses_do_nothing(room: Taught) -> None:
    """Neither a learner nor the instructor of another class gets or changes anything."""
    pupil, stranger = room.pupils[0], await room.stranger()
    await room.play(pupil, "[Opinion]", "[Opinion]", "circus act")
    await room.disputes(pupil)
    await room.chat.say("/start", stranger)
    await room.chat.say("/start", pupil)
    ((answer,),) = room.rows("answer", "disputes")
    assert isinstance(answer, int)
    before = kept(room.chat)
    for press in presses(answer, room.class_id):
        for person in (pupil, stranger):
            seen = len(room.chat.telegram.chat(person).sent)
            check(await room.chat.forge(encode(press), person=person), Without("Class 7b"))
            assert len(room.chat.telegram.chat(person).sent) == seen, press
    assert kept(room.chat) == before
    for command in ("/disputes", "/regrade", "/results"):
        told = await room.chat.say(command, pupil)
        check(told, "is for those who teach with me")
    for command in ("/disputes", "/regrade", "/regrade little", "/results"):
        check(
            await room.chat.say(command, stranger),
            (Without("little"), Without("Class 7b")),
            command,
        )
    assert kept(room.chat) == before


async def test_a_rekey_that_is_not_ones_own_says_nothing_else(room: Taught) -> None:
    """Who teaches a class and does not own the set cannot change its key, and is told so."""
    pupil = room.pupils[0]
    write(room.chat, lambda db: db.execute("UPDATE sets SET published_by = NULL"))
    await room.play(pupil, "[Opinion]")
    await room.disputes(pupil)
    await verify(room.chat, [("/disputes", RED)])
    assert room.chat.labels() == ["Grade stands", "Accept this answer"]
    ((answer,),) = room.rows("answer", "disputes")
    assert isinstance(answer, int)
    told = await room.chat.forge(encode(buttons.Rekey(answer, Kind.OPINION)))
    check(told, ("for those who teach", Without("The key is changed")))
    assert room.rows("version", "sets") == [(1,)]

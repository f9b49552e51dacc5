"""The same press twice, late presses, and disagreeing: shown again, never counted again."""

from __future__ import annotations

from pathlib import Path

from bot.store.logbook import tail
from tests.chat.dialogs import Chat, Without, check, verify
from tests.chat.sets import asks, asks_loaded, seeds

ANSWERED = "That one is answered already."
THERE = "The next question is there already."
NOTED = "You disagree: noted. A person can look at it."


async def test_the_same_answer_twice(chat: Chat) -> None:
    """An answer pressed twice shows the verdict that it got, and is logged once."""
    await chat.say("/quiz")
    asked = chat.asking()
    first = await chat.press(asked, "Sourced fact")
    verdict = chat.asking().html
    check(first, "Right.")
    second = await chat.press(asked, "Sourced fact")
    assert second == ANSWERED, "nothing is reworded, the toast alone says it"
    assert chat.asking().html == verdict
    assert len(chat.rows()) == 1


async def test_another_answer_after_the_first(chat: Chat) -> None:
    """The first answer counts: another one pressed after it shows the verdict on the first."""
    await chat.say("/quiz")
    asked = chat.asking()
    await chat.press(asked, "Opinion")
    check(await chat.press(asked, "Sourced fact"), (ANSWERED, Without("Right.")))
    assert "You chose an opinion." in chat.asking().text
    assert [row["score"] for row in chat.rows()] == [0.0]


async def test_both_presses_at_once(chat: Chat) -> None:
    """Two presses that arrive together are one answer, as one of them was first."""
    await chat.say("/quiz")
    asked = chat.asking()

    def both() -> None:
        for label in ("Sourced fact", "Opinion"):
            chat.telegram.press(chat.person, asked.id, label)

    check(await chat.answer_to(both), ("Right.", ANSWERED))
    assert [row["score"] for row in chat.rows()] == [1.0]


async def test_a_button_after_a_typed_answer(chat: Chat) -> None:
    """A question answered in words turns into its verdict when its button is pressed after all."""
    await chat.say("/quiz")
    asked = chat.asking()
    await verify(chat, [("sourced fact", "Right.")])
    check(await chat.press(asked, "Opinion"), ("1 of 1", "Right.", ANSWERED))
    assert len(chat.rows()) == 1


async def test_an_old_question_after_the_round_went_on(tmp_path: Path) -> None:
    """A button of an earlier question changes nothing: its verdict stands, without a way on."""
    async with Chat(tmp_path, seeds(asks(), asks(kind="opinion"))) as chat:
        await chat.say("/quiz")
        asked = chat.asking()
        first = await chat.say("[Sourced fact]")
        await verify(chat, [("[Next ▶]", "2 of 2")])
        check(await chat.press(asked, "Unsourced claim"), ANSWERED)
        (shown,) = [message for message in chat.messages() if message.id == asked.id]
        assert shown.text == first
        assert [button.text for button in shown.buttons] == ["I disagree"]
        await verify(chat, [("[Opinion]", "2 of 2")])
        assert len(chat.rows()) == 2


async def test_next_twice(tmp_path: Path) -> None:
    """Going on twice shows the next question once."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time.")])
        verdict = chat.asking()
        check(await chat.press(verdict, "Next ▶"), ("2 of 2", "What kind"))
        asked = len(chat.messages())
        assert await chat.press(verdict, "Next ▶") == THERE
        assert len(chat.messages()) == asked


async def test_next_before_the_answer(chat: Chat) -> None:
    """Nobody comes past an open question."""
    await chat.say("/quiz")
    round_id = chat.asking().buttons[0].data.split(":")[1]
    assert await chat.forge(f"n:{round_id}:0") == THERE
    assert await chat.forge(f"n:{round_id}:1") == THERE
    check(await chat.forge(f"e:{round_id}"), "That button belongs to another round.")
    check(await chat.say("[Sourced fact]"), "Right.")


async def test_typing_after_the_answer(tmp_path: Path) -> None:
    """What is typed between an answer and the next question is told how to go on."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await verify(
            chat,
            [
                ("/quiz", "1 of 2"),
                ("[Opinion]", "Not this time."),
                ("Opinion", "Press “Next ▶” under the answer to go on."),
                ("[Next ▶]", "2 of 2"),
            ],
        )
        assert len(chat.rows()) == 1


async def test_the_summary_twice(chat: Chat) -> None:
    """The button for the summary goes when it is pressed; pressed later it shows the same."""
    await verify(chat, [("/quiz", "1 of 1"), ("[Opinion]", "Not this time.")])
    verdict = chat.asking()
    first = await chat.press(verdict, "How did it go? ▶")
    check(first, "Round finished.")
    (shown,) = [message for message in chat.messages() if message.id == verdict.id]
    assert [button.text for button in shown.buttons] == ["I disagree"]
    assert await chat.press(verdict, "How did it go? ▶") == "Once was enough."
    chat.clock.pass_(minutes=1)
    assert await chat.press(verdict, "How did it go? ▶") == first


def disputes(chat: Chat) -> list[object]:
    """Return for each row of the log whether it is disputed."""
    return [row["disputed"] for row in tail(chat.bot.store.reader, 10)]


async def test_disagreeing_once_and_twice(chat: Chat) -> None:
    """Disagreeing is noted under the verdict and in the log; once more changes nothing."""
    await verify(chat, [("/quiz", "1 of 1"), ("[Opinion]", "Not this time.")])
    verdict = chat.asking()
    assert disputes(chat) == [False]
    check(await chat.press(verdict, "I disagree"), ("Not this time.", NOTED, "Noted. Thank you!"))
    assert chat.labels() == ["How did it go? ▶"]
    assert await chat.press(verdict, "I disagree") == "Noted. Thank you!"
    assert disputes(chat) == [True]
    (count,) = chat.bot.store.reader.execute("SELECT count(*) FROM disputes").fetchone()
    assert count == 1


async def test_disagreeing_and_going_on(tmp_path: Path) -> None:
    """After disagreeing the round goes on, and the note under the verdict stays."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await verify(
            chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time."), ("[I disagree]", NOTED)]
        )
        verdict = chat.asking()
        await verify(chat, [("[Next ▶]", "2 of 2")])
        (shown,) = [message for message in chat.messages() if message.id == verdict.id]
        assert NOTED in shown.text
        assert not shown.buttons
        await verify(chat, [("[Sourced fact]", "Right."), ("[How did it go? ▶]", "1 of 2 points")])


async def test_disagreeing_later(tmp_path: Path) -> None:
    """A verdict can be disputed when the round has gone on, and from there nothing leads on."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time.")])
        verdict = chat.asking()
        await verify(chat, [("[Next ▶]", "2 of 2")])
        check(await chat.press(verdict, "I disagree"), ("1 of 2", NOTED))
        (shown,) = [message for message in chat.messages() if message.id == verdict.id]
        assert not shown.buttons
        assert disputes(chat) == [True]


async def test_a_disputed_verdict_shown_again(chat: Chat) -> None:
    """A late press on a question whose verdict is disputed keeps the note of it."""
    await chat.say("/quiz")
    asked = chat.asking()
    await verify(chat, [("[Opinion]", "Not this time."), ("[I disagree]", NOTED)])
    assert await chat.press(asked, "Opinion") == ANSWERED
    assert NOTED in chat.asking().text


async def test_disagreeing_with_a_typed_answers_verdict(tmp_path: Path) -> None:
    """The verdict on typed words can be disputed like any other."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await verify(
            chat,
            [
                ("/quiz", "Which words"),
                ("budget", "Not loaded here: budget"),
                ("[I disagree]", ("Not loaded here: budget", NOTED)),
            ],
        )
        assert disputes(chat) == [True]


async def test_an_answer_to_an_older_copy_closes_the_newer_one(tmp_path: Path) -> None:
    """Where a question was shown again and its older message is pressed, neither asks any more."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await chat.say("/quiz")
        older = chat.asking()
        await verify(chat, [("/start", "question 1 of 2"), ("[Go on with my round]", "1 of 2")])
        newer = chat.asking().id
        await chat.press(older, "Opinion")
        labels = {m.id: [button.text for button in m.buttons] for m in chat.messages()}
        assert (labels[older.id][0], labels[newer]) == ("Next ▶", [])
        assert [row["position"] for row in chat.rows()] == [0]


async def test_going_on_with_a_round_that_is_done(tmp_path: Path) -> None:
    """An old button that goes on with a round shows how it went, once nothing is left to ask."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        await chat.say("/quiz")
        await verify(chat, [("/start", "question 1 of 1"), ("[Go on with my round]", "1 of 1")])
        await verify(chat, [("[Opinion]", "1 of 1"), ("[Go on with my round]", "Round finished.")])

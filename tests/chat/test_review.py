"""What was missed comes back: when it is due, and not before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.chat.dialogs import Chat, Without, check, verify
from tests.chat.sets import asks, asks_loaded, files, quiz_set, seeds

MISSED = asks(passage="I was missed.")
KNOWN = asks(passage="I was known.")


async def miss(chat: Chat) -> None:
    """Play a round in which one question is missed and the other is not."""
    await chat.say("/quiz")
    for way_on in ("[Next ▶]", "[How did it go? ▶]"):
        missed = "I was missed." in chat.asking().text
        await chat.say("[Opinion]" if missed else "[Sourced fact]")
        await chat.say(way_on)


async def test_nothing_was_ever_missed(chat: Chat) -> None:
    """Without a missed question there is nothing to review, now or later."""
    await verify(
        chat,
        [
            ("/quiz", "1 of 1"),
            ("[Sourced fact]", "Right."),
            ("/review", ("Nothing is due for review. /quiz starts a new round.", Without("next"))),
        ],
    )


async def test_what_was_missed_comes_back(tmp_path: Path) -> None:
    """A missed question is due half a day later, alone and without a lesson, then less soon."""
    async with Chat(tmp_path, seeds(MISSED, KNOWN)) as chat:
        await miss(chat)
        check(
            await chat.say("/review"),
            ("Nothing is due for review yet; the next is within twelve hours.", "/quiz starts"),
        )
        chat.clock.pass_(hours=12)
        await verify(
            chat,
            [
                (
                    "/review",
                    (
                        "Back to what you missed: one question.",
                        "1 of 1",
                        "I was missed.",
                        Without("Warm-up"),
                        Without("too few"),
                    ),
                ),
                ("[Sourced fact]", "Right."),
                ("[How did it go? ▶]", ("1 of 1 points", "Nothing missed.")),
                ("/review", "Nothing is due for review yet; the next is tomorrow."),
            ],
        )


async def test_what_is_missed_again_is_soon_back(tmp_path: Path) -> None:
    """A question missed in its review comes back half a day later once more."""
    async with Chat(tmp_path, seeds(MISSED, KNOWN)) as chat:
        await miss(chat)
        chat.clock.pass_(days=1)
        await verify(
            chat,
            [
                ("/review", "I was missed."),
                ("[Not sure]", "fair enough"),
                ("/review", "the next is within twelve hours"),
            ],
        )


async def test_a_review_from_the_summary(tmp_path: Path) -> None:
    """The summary says when what was missed comes back, and its button brings it when it is due."""
    async with Chat(tmp_path, seeds(MISSED, KNOWN)) as chat:
        await miss(chat)
        assert "What you missed comes back within twelve hours. /review" in chat.asking().text
        check(await chat.say("[Review what I missed]"), "Nothing is due for review yet")
        chat.clock.pass_(days=3)
        check(
            await chat.say("[Review what I missed]"), ("Back to what you missed", "I was missed.")
        )


async def test_a_review_is_not_held_to_a_balance(tmp_path: Path) -> None:
    """What was missed may be of one kind: a review says nothing about an even mix."""
    asked = [asks(passage=f"It is bad, said {n}.", kind="opinion") for n in range(4)]
    async with Chat(tmp_path, seeds(*asked)) as chat:
        await verify(chat, [("/quiz", "too few")])
        for _ in range(3):
            await verify(chat, [("[Not sure]", "fair enough"), ("[Next ▶]", "What kind")])
        await verify(chat, [("[Not sure]", "fair enough")])
        chat.clock.pass_(days=1)
        await verify(chat, [("/review", ("what you missed: 4 questions.", Without("too few")))])


async def test_due_questions_come_first_in_any_round(tmp_path: Path) -> None:
    """A round that is no review begins with what is due for one."""
    async with Chat(tmp_path, seeds(MISSED, KNOWN)) as chat:
        await miss(chat)
        chat.clock.pass_(days=2)
        for _ in range(3):
            check(await chat.say("/quiz"), "I was missed.")


async def test_what_is_due_may_be_gone(tmp_path: Path) -> None:
    """A missed question that no set has any more is not due, for no page and no command."""
    async with Chat(tmp_path, seeds(MISSED, KNOWN)) as chat:
        await miss(chat)
        chat.clock.pass_(days=2)
        check(await chat.say("/score"), "One question is due: /review")
    async with Chat(tmp_path, seeds({**KNOWN, "id": "q1"}), after=chat) as later:
        await verify(
            later,
            [
                ("/review", "Nothing is due for review. /quiz starts a new round."),
                ("/score", ("Nothing is due for review.", Without("next review"))),
            ],
        )


async def test_what_is_due_may_no_longer_be_asked(tmp_path: Path) -> None:
    """What was missed and is no longer asked of its question is not due either."""
    async with Chat(tmp_path, seeds(asks("kind"))) as chat:
        await verify(chat, [("/quiz", "What kind"), ("[Opinion]", "Not this time.")])
    chat.clock.pass_(days=2)
    async with Chat(tmp_path, seeds(asks("reason")), after=chat) as later:
        await verify(
            later,
            [
                ("/review", "Nothing is due for review. /quiz starts a new round."),
                ("/score", "Nothing is due for review."),
            ],
        )


# What was asked and missed, and words of the question that asks it.
ASKS = [("kind", "What kind"), ("loaded", "Which words"), ("reason", "tells you so")]


@pytest.mark.parametrize(("ask", "question"), ASKS)
async def test_what_was_missed_comes_back_as_it_was_asked(
    tmp_path: Path, ask: str, question: str
) -> None:
    """Of a question that can be asked in three ways a review asks the one that was missed."""
    every = [each for each, _ in ASKS]
    async with Chat(tmp_path, seeds(asks_loaded(ask=ask))) as chat:
        await verify(chat, [("/quiz", question), ("[Not sure]", "fair enough")])
    async with Chat(tmp_path, seeds(asks_loaded(ask=every)), after=chat) as chat:
        for _ in range(3):
            chat.clock.pass_(days=1)
            await verify(chat, [("/review", ("one question", question)), ("[Not sure]", "fair")])


async def test_two_things_missed_about_one_question(tmp_path: Path) -> None:
    """Each thing that was missed about a question has a review of its own."""
    async with Chat(tmp_path, seeds(asks_loaded(ask="kind"))) as chat:
        await verify(chat, [("/quiz", "What kind"), ("[Not sure]", "fair enough")])
    async with Chat(tmp_path, seeds(asks_loaded()), after=chat) as chat:
        await verify(chat, [("/quiz", "Which words"), ("[Not sure]", "fair enough")])
    async with Chat(tmp_path, seeds(asks_loaded(ask=["kind", "loaded"])), after=chat) as chat:
        chat.clock.pass_(days=1)
        asked = set()
        for _ in range(2):
            await verify(chat, [("/score", "One question is due"), ("/review", "1 of 1")])
            asked.add("What kind" in chat.asking().text)
            await verify(chat, [("[Not sure]", "fair enough")])
        assert asked == {True, False}
        check(await chat.say("/review"), "Nothing is due for review yet")


async def test_the_summary_is_about_its_own_round(tmp_path: Path) -> None:
    """A summary says when what was missed in its round comes back, not what is due besides."""
    sets = files(quiz_set(asks(), slug="first"), quiz_set(asks_loaded(), slug="second"))
    comes_back = "What you missed comes back "
    async with Chat(tmp_path, sets) as chat:
        await verify(
            chat,
            [
                ("/quiz first", "What kind"),
                ("[Opinion]", "Not this time."),
                ("[How did it go? ▶]", f"{comes_back}within twelve hours."),
                ("/quiz second", "Which words"),
                ("circus act", "Partly."),
                ("[How did it go? ▶]", f"{comes_back}tomorrow."),
                ("/score", "The next review is within twelve hours."),
            ],
        )


# What was said to a question with two loaded parts, how long ago, and when it comes back.
WHEN = [
    ("budget", 0, "within twelve hours"),
    ("budget", 11.9, "within twelve hours"),
    ("circus act", 0, "tomorrow"),
    ("circus act", 17, "within twelve hours"),
]


@pytest.mark.parametrize(("said", "hours", "then"), WHEN)
async def test_when_the_next_review_is(tmp_path: Path, said: str, hours: float, then: str) -> None:
    """The page and the command say the same about when the next review is."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await verify(chat, [("/quiz", "Which words"), (said, "oaded")])
        chat.clock.pass_(hours=hours)
        check(await chat.say("/review"), f"the next is {then}.")
        check(await chat.say("/score"), f"The next review is {then}.")


async def test_what_is_known_comes_back_less_and_less(tmp_path: Path) -> None:
    """Each time a missed question is answered right it stays away longer."""
    async with Chat(tmp_path, seeds(MISSED, KNOWN)) as chat:
        await miss(chat)
        chat.clock.pass_(days=1)
        days = []
        for _ in range(4):
            await verify(chat, [("/review", "I was missed."), ("[Sourced fact]", "Right.")])
            answer = await chat.say("/review")
            found = re.search(r"the next is in (\d+) days", answer)
            days.append(int(found[1]) if found else 1)
            chat.clock.pass_(days=days[-1] + 1)
        assert days == sorted(set(days)), days
        assert days[-1] > 20

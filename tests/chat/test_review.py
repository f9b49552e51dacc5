"""What was missed comes back: when it is due, and not before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.chat.dialogs import Chat, Without, check, verify
from tests.chat.sets import asks, asks_loaded, seeds

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
    """When the set no longer has what was missed, a review says so instead of asking nothing."""
    async with Chat(tmp_path, seeds(MISSED, KNOWN)) as chat:
        await miss(chat)
    chat.clock.pass_(days=2)
    async with Chat(tmp_path, seeds({**KNOWN, "id": "q1"}), after=chat) as later:
        check(await later.say("/review"), "What you missed is in none of the sets any more.")


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

"""The score page: nothing, counts, a picture, and discernment when there is enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.local.values import image_size
from bot.quiz.labels import Kind
from tests.chat.dialogs import Chat, Expected, Without, check, verify
from tests.chat.past import called
from tests.chat.sets import asks, asks_loaded, seeds

FACT, CLAIM, SAID, OPINION = Kind
LEANS_NOWHERE = "You lean to neither side."
NOT_YET = "Once you have judged 20 opinions and 20 facts or claims, I can also say how well"

Pairs = list[tuple[Kind, Kind]]


def some(kind: Kind, *said: tuple[int, Kind]) -> Pairs:
    """Return answers to sentences of a kind: so many called this, so many called that."""
    return [(kind, called_) for count, called_ in said for _ in range(count)]


async def test_an_empty_score(chat: Chat) -> None:
    """Before the first answer the page says how to begin, and offers to."""
    await verify(
        chat,
        [
            ("/score", ("📊 Your score", "No answers yet. /quiz starts a round.", Without("0 of"))),
            ("[Play a round]", "1 of 1"),
        ],
    )


async def test_the_counts_of_a_round(tmp_path: Path) -> None:
    """The page counts each skill apart, and says what is due and what is missing to say more."""
    async with Chat(tmp_path, seeds(asks(), asks_loaded(), asks("reason")), seed=3) as chat:
        await verify(
            chat,
            [
                ("/quiz", "1 of 3"),
                ("[Opinion]", "Not this time."),
                ("/score", "One answer so far."),
                ("[Next ▶]", "Which words"),
                ("circus act, budget", "Partly."),
                ("[Next ▶]", "What in it tells you so?"),
                ("somebody said so", "Accepted."),
                (
                    "/score",
                    (
                        "3 answers so far.",
                        "You called 1 of 1 facts and claims an opinion",
                        "You missed the source in 1 of 1 sentences that have one",
                        "Loaded words: 1 found, 1 missed, 1 marked that are not.",
                        "Reasons: 0 hit the point, 1 put aside for a person.",
                        NOT_YET,
                        "The next review is within twelve hours.",
                    ),
                ),
            ],
        )
        assert not any(message.photo for message in chat.messages()), "too little for a picture"
        chat.clock.pass_(hours=19)
        check(await chat.say("/score"), "2 questions are due: /review")
        assert chat.labels() == ["Play a round", "Review what I missed"]


# What a learner called 20 opinions and 20 facts, and what the page says about it.
DISCERNED: list[tuple[Pairs, Expected]] = [
    (
        some(OPINION, (20, OPINION)) + some(FACT, (20, FACT)),
        ("Telling opinions from facts: excellent (d′ 4.0, between 2.3 and 5.6)", LEANS_NOWHERE),
    ),
    (
        some(SAID, (20, OPINION)) + some(CLAIM, (20, SAID)),
        ("no better than guessing (d′ 0.0", "You lean to calling things opinions."),
    ),
    (
        some(OPINION, (20, CLAIM)) + some(CLAIM, (20, FACT)),
        ("no better than guessing (d′ 0.0", "You lean to calling things facts."),
    ),
    (
        some(OPINION, (15, SAID), (5, FACT)) + some(FACT, (15, CLAIM), (5, SAID)),
        ("good (d′ 1.3, between 0.5 and 2.1)", LEANS_NOWHERE),
    ),
    (
        some(OPINION, (40, SAID), (20, FACT)) + some(FACT, (40, FACT), (20, SAID)),
        ("a fair start (d′ 0.8, between 0.4 and 1.3)", LEANS_NOWHERE),
    ),
    (
        some(OPINION, (20, OPINION)) + some(FACT, (10, FACT), (10, OPINION)),
        ("good (d′ 2.0, between 0.7 and 3.3)", "You lean to calling things opinions."),
    ),
    (some(OPINION, (20, OPINION)) + some(FACT, (19, FACT)), (NOT_YET, Without("d′"))),
    (some(OPINION, (60, OPINION)), (NOT_YET, Without("lean to"))),
]


@pytest.mark.parametrize(("pairs", "expected"), DISCERNED)
async def test_discernment(chat: Chat, pairs: Pairs, expected: Expected) -> None:
    """From 20 answers on each side the page says in words how well a learner tells, and leans."""
    called(chat, pairs)
    check(await chat.say("/score"), expected)


async def test_calling_everything_an_opinion_is_counted_plainly(chat: Chat) -> None:
    """The counts show both sides of a habit: opinions recognised, and facts called opinions."""
    called(chat, some(OPINION, (3, OPINION)) + some(FACT, (3, OPINION), (2, FACT)))
    check(
        await chat.say("/score"),
        (
            "8 answers so far.",
            "You called 3 of 5 facts and claims an opinion. You recognised 3 of 3 opinions.",
            "You missed the source in 3 of 5 sentences that have one",
            "You saw that nobody is named in 3 of 3 sentences that have no source.",
        ),
    )


async def test_the_picture_of_progress(chat: Chat) -> None:
    """When there is progress to be seen, a picture comes before the page."""
    called(chat, some(OPINION, (2, FACT), (3, OPINION)))
    answer = await chat.say("/score")
    assert answer.index("Right answers, last 10 at a time") < answer.index("📊 Your score")
    picture, page = chat.messages()[-2:]
    assert picture.photo is not None
    width, height = image_size(picture.photo.content) or (0, 0)
    assert width > height > 400
    assert not page.photo

"""A learner's round, as it is played: what it begins with, how it goes on, one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.quiz.labels import Kind
from tests.chat.dialogs import Chat, Expected, Without, verify
from tests.chat.past import called
from tests.chat.sets import RAIN, SOURCE, asks, asks_loaded, files, quiz_set, seeds

LESSON = "Warm-up."
KIND = "What kind of sentence is the one in bold?"
NOTE = "The page names nobody & nothing."
LOADED = asks_loaded(id="loaded")
CLEAN = asks("loaded", "It rained.")


async def test_a_whole_round(tmp_path: Path) -> None:
    """A round asks all that it announced, one thing at a time, and ends with a summary."""
    questions = (asks(tags=["warm-up"]), asks_loaded(), asks("reason"))
    async with Chat(tmp_path, seeds(*questions), seed=3) as chat:
        await verify(
            chat,
            [
                ("/quiz", ("Here we go: 3 questions.", "1 of 3", KIND, Without("2 of 3"))),
                ("[Sourced fact]", ("1 of 3", "✅ Right.", Without("2 of 3"))),
                ("[Next ▶]", ("2 of 3", "Which words in bold push", Without(KIND))),
                ("circus act", ("2 of 3", "🟡 Partly.")),
                ("[Next ▶]", ("3 of 3", "What in it tells you so?")),
                ("the weather office said it", ("3 of 3", "✅ Right.")),
                (
                    "[How did it go? ▶]",
                    (
                        "Round finished. 2.5 of 3 points.",
                        "Kinds: 1 of 1 right",
                        "Loaded words: 1 found, 1 missed, 0 marked that are not",
                        "Reasons: 1 of 1 hit the point, 0 put aside for a person",
                        "Worth another look:",
                        "ruin a generation.”: loaded: circus act; ruin a generation",
                        "What you missed comes back",
                    ),
                ),
                ("the weather office said it", "I did not understand that. /quiz starts a round"),
            ],
        )
        assert chat.labels() == ["Another round", "Review what I missed", "My score"]
        assert [row["position"] for row in chat.rows()] == [0, 1, 2]


async def test_a_new_round_ends_the_open_one(tmp_path: Path) -> None:
    """A round begun while another is open takes its place: the old question loses its buttons."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await verify(chat, [("/quiz", "1 of 2")])
        old = chat.asking().id
        await verify(chat, [("/quiz", "1 of 2")])
        assert chat.asking().id != old
        (shown,) = [message for message in chat.messages() if message.id == old]
        assert not shown.buttons
        await verify(chat, [("[Opinion]", "1 of 2"), ("[Next ▶]", "2 of 2")])


async def test_an_earlier_round_that_was_begun_is_named(tmp_path: Path) -> None:
    """A new round says where the open one stood, if it had an answer, and that answers count."""
    ended = "Your earlier round ended at "
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await verify(
            chat,
            [
                ("/quiz", Without(ended)),
                ("/quiz", ("Here we go", Without(ended))),
                ("[Sourced fact]", "Right."),
                ("/quiz", (f"{ended}1 of 2; its answers count.", "Here we go: 2 questions.")),
                ("/score", "One answer so far."),
                ("[Sourced fact]", "Right."),
                ("[Next ▶]", "2 of 2"),
                ("[Sourced fact]", "Right."),
                ("/quiz", ("Here we go", Without(ended))),
            ],
        )


async def test_another_round_from_the_summary(chat: Chat) -> None:
    """The summary's buttons begin another round, a review, and show the score."""
    await verify(
        chat,
        [
            ("/quiz", KIND),
            ("[Opinion]", "Not this time."),
            ("[How did it go? ▶]", "0 of 1 points"),
            ("[Review what I missed]", "Nothing is due for review yet"),
            ("[My score]", "Your score"),
            ("[Another round]", KIND),
        ],
    )


@pytest.mark.parametrize(
    ("answers", "expected"), [(0, LESSON), (11, LESSON), (12, Without(LESSON))]
)
async def test_the_warm_up_teaches_beginners(
    tmp_path: Path, answers: int, expected: Expected
) -> None:
    """The first questions come with a lesson until a learner has answered a dozen."""
    async with Chat(tmp_path, seeds(asks(), asks(), asks())) as chat:
        if answers:
            called(chat, [(Kind.OPINION, Kind.OPINION)] * answers)
        await verify(
            chat,
            [
                ("/quiz", (KIND, expected)),
                ("[Opinion]", Without(LESSON)),
                ("[Next ▶]", (KIND, expected)),
                ("[Opinion]", Without(LESSON)),
                ("[Next ▶]", (KIND, Without(LESSON))),
            ],
        )


async def test_the_lesson_is_about_kinds(tmp_path: Path) -> None:
    """A warm-up question about loaded words comes without the lesson on kinds."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await verify(chat, [("/quiz", ("Which words in bold push", Without(LESSON)))])


# The questions of a set, and what the round that begins says about mixing them.
MIXED: list[tuple[tuple[dict[str, object], ...], Expected]] = [
    ((LOADED, LOADED), "There is no clean passage here to look for loaded words in."),
    ((CLEAN, CLEAN), "There is no loaded passage here among the clean ones."),
    ((LOADED, CLEAN), (Without("no clean passage"), Without("no loaded passage"))),
    ((LOADED,), (Without("no clean passage"), Without("no loaded passage"))),
]


@pytest.mark.parametrize(("questions", "expected"), MIXED)
async def test_loaded_questions_that_cannot_be_mixed(
    tmp_path: Path, questions: tuple[dict[str, object], ...], expected: Expected
) -> None:
    """A round whose loaded questions are all loaded, or all clean, says so at the beginning."""
    async with Chat(tmp_path, seeds(*questions)) as chat:
        await verify(chat, [("/quiz", expected)])


# How many questions of which kind a set has, and which kinds are said to be too few.
SCARCE: list[tuple[dict[str, int], Expected]] = [
    (
        {"opinion": 4, "sourced_fact": 4, "unsourced_claim": 4, "reported_opinion": 4},
        Without("few"),
    ),
    (
        {"opinion": 6, "sourced_fact": 6, "unsourced_claim": 1, "reported_opinion": 6},
        "There are too few unsourced claims here for an even mix.",
    ),
    (
        {"opinion": 8, "sourced_fact": 8},
        "There are too few unsourced claims and reported opinions here",
    ),
    (
        {"opinion": 12},
        "There are too few sourced facts, unsourced claims and reported opinions here",
    ),
]


@pytest.mark.parametrize(("kinds", "expected"), SCARCE)
async def test_kinds_that_cannot_be_balanced(
    tmp_path: Path, kinds: dict[str, int], expected: Expected
) -> None:
    """A round names the kinds that fall short of an even share, before its first question."""
    questions = [asks(kind=kind) for kind, count in kinds.items() for _ in range(count)]
    async with Chat(tmp_path, seeds(*questions)) as chat:
        await verify(chat, [("/quiz", ("Here we go: 8 questions.", expected))])


async def test_a_set_may_be_chosen(tmp_path: Path) -> None:
    """A round of one set holds that set's questions alone, and shows the note on its source."""
    one = quiz_set(asks(passage="One."), slug="first", source={**SOURCE, "note": NOTE})
    other = quiz_set(asks(passage="Two."), slug="second")
    async with Chat(tmp_path, files(one, other)) as chat:
        await verify(
            chat,
            [
                ("/quiz first", ("one question", "One.", f"ℹ️ {NOTE}")),
                ("/quiz second", ("one question", "Two.", Without("ℹ️"))),
                ("/quiz", ("2 questions", Without("ℹ️"))),
                ("/quiz third", ("I have no set called “third”.", Without("ℹ️"))),
            ],
        )
        assert chat.labels() == ["A first set", "A second set"]


async def test_invented_passages_are_shown_as_such(tmp_path: Path) -> None:
    """An invented passage says so, in the question and in the verdict; a quoted one does not."""
    async with Chat(tmp_path, seeds(asks(invented=True))) as chat:
        await verify(
            chat,
            [
                ("/quiz", "1 of 1 · invented for practice"),
                ("[Opinion]", "1 of 1 · invented for practice"),
            ],
        )
    async with Chat(tmp_path / "other", seeds(asks())) as chat:
        await verify(chat, [("/quiz", Without("invented")), ("[Opinion]", Without("invented"))])


# The source of a set, and the line that a learner sees of it.
SOURCES = [
    ({}, "📰 A little article · Ann Author · The Paper · 2026-01-01"),
    ({"text_type": "opinion piece"}, "· 2026-01-01 · opinion piece"),
    (
        {"author": "not stated", "publisher": "not stated", "date": "not stated (“6 days ago”)"},
        "author not stated · publisher not stated · date not stated (“6 days ago”)",
    ),
    ({"author": "The Paper"}, "📰 A little article · The Paper · 2026-01-01"),
]


@pytest.mark.parametrize(("source", "line"), SOURCES)
async def test_the_source_line(tmp_path: Path, source: dict[str, str], line: str) -> None:
    """Every question says where its passage is from, and what the page does not state."""
    async with Chat(tmp_path, seeds(asks(), source=SOURCE | source)) as chat:
        await verify(chat, [("/quiz", (RAIN, line)), ("[Opinion]", (RAIN, line))])


async def test_rounds_are_as_long_as_the_operator_says(tmp_path: Path) -> None:
    """A round has no more questions than the settings say, and no question twice."""
    async with Chat(
        tmp_path, seeds(*(asks(passage=f"It is {n}.") for n in range(9))), size=4
    ) as chat:
        await verify(chat, [("/quiz", "Here we go: 4 questions.")])
        passages = set()
        for place in range(4):
            passages.add(chat.asking().text.split("\n📰")[0].rsplit("\n", 1)[1])
            await chat.say("[Opinion]")
            await chat.say("[Next ▶]" if place < 3 else "[How did it go? ▶]")
        assert len(passages) == 4

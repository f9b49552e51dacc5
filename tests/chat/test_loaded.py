"""Which words push: typed, quoted, missed, over-marked, and none at all."""

from __future__ import annotations

from pathlib import Path

from tests.chat.dialogs import Chat, Expected, Without, verify
from tests.chat.sets import BUDGET, RAIN, WHY, asks, asks_loaded, seeds

STRAY = "Not in the bold part, so not counted: "
ALL = (
    "✅ Right.",
    "You found: circus act; ruin a generation",
    Without("Not loaded here"),
    Without(STRAY),
)
HALF = ("🟡 Partly.", "You found: circus act", "Also loaded: ruin a generation")
WRONG = ("❌ Not this time.", "Loaded here: circus act; ruin a generation", Without("You found"))
NOT_THERE = "I cannot find"
NO_WORDS = "Type the words, or press “Nothing loaded”."

# Said to a question with two loaded parts, "circus act" and "ruin a generation".
SAID: list[tuple[str, Expected]] = [
    ("circus act, ruin a generation", ALL),
    ("Circus Act; RUIN A GENERATION", ALL),
    ("circus act and ruin a generation", ALL),
    ("circus act\nruin a generation", ALL),
    ("“circus act” / «ruin a generation»", ALL),
    ("I would say “circus act” but also “ruin a generation”", ALL),
    ("cirkus act, ruin a generatoin", ALL),
    ("circus, ruin", ALL),
    ("circus act", HALF),
    ("> circus act", HALF),
    ("> circus act of a budget", HALF),
    ("circus act, budget", (*HALF, "Not loaded here: budget")),
    ("circus act, elephants", (*HALF, f"{STRAY}elephants")),
    ("elephants; circus act and <b>tigers</b>", (*HALF, f"{STRAY}elephants; <b>tigers<; b>")),
    ("circus act, " + ", ".join(["tigers"] * 13), f"{STRAY}{'tigers; ' * 11}tigers and 1 more"),
    ("circus act, " + "w" * 300, (*HALF, f"{STRAY}{'w' * 200}", Without("w" * 201))),
    ("circus act, ...", (*HALF, Without(STRAY))),
    ("“circus act”, said of elephants", (*HALF, Without(STRAY))),
    ("budget", (*WRONG, "Not loaded here: budget")),
    ("[Nothing loaded]", (*WRONG, Without("Not loaded here"))),
    ("nothing", WRONG),
    ("Nothing loaded.", WRONG),
    ("NONE!", WRONG),
    (
        "[Not sure]",
        ("Not sure: fair enough.", "Loaded here: circus act; ruin a generation", Without("Also")),
    ),
    ("unsure", "Not sure: fair enough."),
]


async def test_what_was_found_and_missed(tmp_path: Path) -> None:
    """Words are told apart as found, missed and not loaded, whatever their case and small slips."""
    asked = ("Which words in bold push", "Sometimes there are none.")
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        for said, expected in SAID:
            await verify(chat, [("/quiz", asked), (said, expected)])
        assert [row["graded_by"] for row in chat.rows()] == ["key"] * len(SAID)


# Said to the same question: nothing is graded, and a hint asks for better words.
ASKED_AGAIN: list[tuple[str, Expected]] = [
    ("elephants", (NOT_THERE, "“elephants”", "press “Nothing loaded”")),
    ("elephants, tigers", "“elephants, tigers”"),
    ("circus tent", "“circus tent”"),
    ("> Which words", "“Which words”"),
    ("<b>circus</b> & sons", "“<b>circus<, b> & sons”"),
    ("of course it is all loaded", NOT_THERE),
    ("...", NO_WORDS),
    (",", NO_WORDS),
    ("👀, 👁", NO_WORDS),
    ("x" * 501, "That is 501 characters, and I read 500 at most."),
    ("w " * 200, NOT_THERE),
]


async def test_words_that_stand_nowhere(tmp_path: Path) -> None:
    """Words that are not in the bold part are asked for again and cost nothing."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await verify(chat, [("/quiz", "Which words"), *ASKED_AGAIN])
        assert not chat.rows()
        await verify(chat, [("circus act, ruin a generation", "Right.")])


async def test_words_that_were_not_counted_stay_named(tmp_path: Path) -> None:
    """A verdict shown again names the words that were not counted, as it did at first."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await chat.say("/quiz")
        named = (*HALF, f"{STRAY}elephants")
        await verify(chat, [("circus act, elephants", named), ("[I disagree]", named)])
        (row,) = chat.rows()
        said = {"marked": [[4, 14]], "words": ["circus act"], "strays": ["elephants"]}
        assert row["said"] == said
        assert row["score"] == 0.5


async def test_words_beside_the_target(tmp_path: Path) -> None:
    """Words of the passage around the target are no answer, quoted or typed."""
    around = asks_loaded()
    around |= {"passage": f"The sum is known. {BUDGET} So be it.", "target": BUDGET}
    async with Chat(tmp_path, seeds(around)) as chat:
        await verify(
            chat,
            [
                ("/quiz", "Which words"),
                ("> The sum is known", ("I cannot find “The sum is known” in the bold part.",)),
                ("So be it", "I cannot find “So be it” in the bold part."),
                ("> circus act", HALF),
            ],
        )


async def test_a_quotation_is_matched_by_its_text(tmp_path: Path) -> None:
    """Telegram's position of a quotation is approximate and is not looked at."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await chat.say("/quiz")
        for position in (0, 7, 4_000):
            quote = {"text": "CIRCUS act", "position": position, "is_manual": True}
            asked = chat.asking().json()
            answer = await chat.arrive(
                "message", {**chat.message("this!"), "quote": quote, "reply_to_message": asked}
            )
            assert "You found: circus act" in answer
            await verify(chat, [("/quiz", "Which words")])


async def test_a_quotation_outranks_what_is_typed_beside_it(tmp_path: Path) -> None:
    """Words quoted with a remark are the answer, and the remark is none."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await chat.say("/quiz")
        asked = chat.asking().id
        answer = await chat.answer_to(
            lambda: chat.telegram.quote_with_text(chat.person, asked, "circus act", "nothing else")
        )
        assert "You found: circus act" in answer


async def test_a_sentence_marked_whole_is_mostly_over_marked(tmp_path: Path) -> None:
    """Marking the whole sentence finds what is loaded and is told what is not, word by word."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await verify(
            chat,
            [
                ("/quiz", "Which words"),
                (
                    BUDGET,
                    (
                        "🟡 Partly.",
                        "You found: circus act; ruin a generation",
                        "Not loaded here: budget; will",
                    ),
                ),
                ("[How did it go? ▶]", ("0.5 of 1 points", "2 found, 0 missed, 2 marked")),
            ],
        )


async def test_points_are_rounded(tmp_path: Path) -> None:
    """A third of a point is shown with one digit."""
    async with Chat(tmp_path, seeds(asks_loaded())) as chat:
        await verify(
            chat,
            [
                ("/quiz", "Which words"),
                ("circus act, budget", "Partly."),
                ("[How did it go? ▶]", "0.3 of 1 points."),
            ],
        )


async def test_many_over_marks_are_cut_short(tmp_path: Path) -> None:
    """Of very many words that are not loaded a dozen are listed, and the rest is counted."""
    rest = " ".join(f"word{n}" for n in range(30))
    long = asks("loaded", f"A despot {rest}.", kind="opinion", loaded=["despot"])
    async with Chat(tmp_path, seeds(long)) as chat:
        await verify(
            chat,
            [("/quiz", "Which words"), (f"A despot {rest}", ("word2;", "and 16 more"))],
        )


# Said to a question on a passage where nothing is loaded.
CLEAN: list[tuple[str, tuple[str, ...]]] = [
    ("[Nothing loaded]", ("✅ Right.", "Nothing in it is loaded.", Without("Loaded here"))),
    ("none", ("✅ Right.",)),
    ("clean", ("✅ Right.",)),
    ("no loaded words", ("✅ Right.",)),
    ("rain", ("❌ Not this time.", "Not loaded here: Rain", "Nothing in it is loaded.")),
    (RAIN, ("❌ Not this time.", "Not loaded here: Rain fell on Monday", "Nothing in it")),
    ("[Not sure]", ("Not sure: fair enough.", "Nothing in it is loaded.")),
]


async def test_a_clean_passage(tmp_path: Path) -> None:
    """Where nothing is loaded, saying so is right and marking anything is not."""
    async with Chat(tmp_path, seeds(asks("loaded"))) as chat:
        for said, expected in CLEAN:
            await verify(chat, [("/quiz", "Which words"), (said, (*expected, WHY))])


async def test_a_borderline_question_accepts_any_marks(tmp_path: Path) -> None:
    """Where careful readers part ways, words that the key has not are accepted and shown."""
    async with Chat(tmp_path, seeds(asks_loaded(borderline=True))) as chat:
        await verify(
            chat,
            [
                ("/quiz", "Which words"),
                ("budget", ("Borderline: accepted.", "Not loaded here: budget")),
                ("[How did it go? ▶]", ("1 of 1 points", "Nothing missed.")),
            ],
        )

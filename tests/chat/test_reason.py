"""What tells you so: reasons that match a cue, that match none, and what is no reason.

Nobody judges them here; with a classifier that does, see `test_judged.py`.
"""

from __future__ import annotations

from pathlib import Path

from tests.chat.dialogs import Chat, Expected, Without, verify
from tests.chat.sets import RAIN, WHY, asks, asks_loaded, seeds

ASKED = "The sentence in bold is a sourced fact. What in it tells you so?"
RIGHT = (
    "✅ Right.",
    "You named what decides it: the weather office said it",
    "Graded by the points in the key.",
    WHY,
)
PUT_ASIDE = (
    "🤝 Accepted.",
    "A good reason names one of these: the weather office said it",
    "Your words match none of the points in the key. That proves nothing,",
    "so your answer counts and is put aside for a person.",
    WHY,
    Without("Not this time"),
)
IN_WORDS = "Tell me in a few words, or press “Not sure”."

# Said to a question whose one cue is "the weather office said it".
SAID: list[tuple[str, Expected]] = [
    ("The weather office said it", RIGHT),
    ("because the WEATHER OFFICE has said it!", RIGHT),
    ("a meteorologist told the paper", PUT_ASIDE),
    ("the weather office never said it", PUT_ASIDE),
    ("It sounds true to me", PUT_ASIDE),
    (RAIN, PUT_ASIDE),
    ("fact", PUT_ASIDE),
    ("Opinion", PUT_ASIDE),
    ("> Rain fell", PUT_ASIDE),
    ("<i>said</i> & done", PUT_ASIDE),
    ("\u202eeht rehtaew eciffo dias ti", PUT_ASIDE),
    ("👏🏽 because 🤷", PUT_ASIDE),
    ("x" * 500, PUT_ASIDE),
    (
        "[Not sure]",
        (
            "🤔 Not sure: fair enough.",
            "A good reason names one of these: the weather office said it",
            Without("Your words"),
            Without("your answer counts"),
        ),
    ),
    ("I don't know.", ("Not sure: fair enough.", Without("Your words"))),
    ("idk", "Not sure: fair enough."),
]


async def test_a_reason(tmp_path: Path) -> None:
    """A reason that names a cue is right; any other is accepted, never marked down, put aside."""
    async with Chat(tmp_path, seeds(asks("reason"))) as chat:
        for said, expected in SAID:
            await verify(chat, [("/quiz", ASKED), (said, expected)])
            given_up = "Not sure" in str(expected)
            assert chat.rows()[-1]["score"] == (0.0 if given_up else 1.0), said
        assert len(chat.rows()) == len(SAID)


# Said to the same question: no reason at all, so it is asked again and nothing is graded.
ASKED_AGAIN: list[tuple[str, Expected]] = [
    ("👍", IN_WORDS),
    ("...", IN_WORDS),
    ("\u200b\u2060", IN_WORDS),
    ("?!", IN_WORDS),
    ("x" * 501, "That is 501 characters, and I read 500 at most."),
    ("long " * 700, "That is 3,499 characters, and I read 500 at most."),
]


async def test_what_is_no_reason(tmp_path: Path) -> None:
    """Emoji, dots, invisible characters and essays are answered with what is asked for instead."""
    async with Chat(tmp_path, seeds(asks("reason"))) as chat:
        await verify(chat, [("/quiz", ASKED), *ASKED_AGAIN])
        assert not chat.rows()
        await verify(chat, [("the weather office said it", "Right.")])


async def test_words_quoted_as_a_reason_count(tmp_path: Path) -> None:
    """A reason that replies with a quotation holds the quoted words and what is typed beside."""
    cued = asks("reason", reason=['"the weather office said"'])
    async with Chat(tmp_path, seeds(cued)) as chat:
        await chat.say("/quiz")
        asked, words = chat.asking().id, "the weather office said"
        answer = await chat.answer_to(
            lambda: chat.telegram.quote_with_text(chat.person, asked, words, "this here")
        )
        assert "Right." in answer
        (row,) = chat.rows()
        assert row["said"] == {"reason": "“the weather office said” this here"}


async def test_a_reason_is_put_aside_in_the_log(tmp_path: Path) -> None:
    """What no cue recognises is logged as unsure, with the learner's words, for a person."""
    async with Chat(tmp_path, seeds(asks("reason"))) as chat:
        await verify(chat, [("/quiz", ASKED), ("an office told us", "put aside for a person")])
        (row,) = chat.rows()
        assert (row["verdict"], row["graded_by"]) == ("unsure", "reader")
        assert row["said"] == {"reason": "an office told us"}


async def test_loaded_words_are_underlined_here_too(tmp_path: Path) -> None:
    """The verdict on a reason says what its underlined words are."""
    async with Chat(tmp_path, seeds(asks_loaded(ask="reason"))) as chat:
        await verify(
            chat,
            [("/quiz", "What in it tells you so?"), ("budget", "loaded words are underlined")],
        )
        assert "<u>circus act</u>" in chat.asking().html


async def test_the_summary_tells_reasons_apart(tmp_path: Path) -> None:
    """The summary counts reasons that hit the point and those put aside, and what to see again."""
    async with Chat(tmp_path, seeds(asks("reason"), asks("reason"), asks("reason"))) as chat:
        await verify(
            chat,
            [
                ("/quiz", "1 of 3"),
                ("the weather office said it", "Right."),
                ("[Next ▶]", "2 of 3"),
                ("something else", "Accepted."),
                ("[Next ▶]", "3 of 3"),
                ("[Not sure]", "fair enough"),
                (
                    "[How did it go? ▶]",
                    (
                        "2 of 3 points",
                        "Reasons: 1 of 3 hit the point, 1 put aside for a person",
                        f"• “{RAIN}”: A good reason names one of these: the weather office said it",
                    ),
                ),
            ],
        )

"""What kind of sentence is it: pressed, typed, right, wrong, not sure and borderline."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chat.dialogs import Chat, Expected, Without, verify
from tests.chat.sets import RAIN, WHY, asks, seeds

KINDS = ("sourced_fact", "unsourced_claim", "reported_opinion", "opinion")
LABELS = dict(
    zip(KINDS, ("Sourced fact", "Unsourced claim", "Reported opinion", "Opinion"), strict=True)
)
IN_SENTENCE = {
    "sourced_fact": "a sourced fact",
    "unsourced_claim": "an unsourced claim",
    "reported_opinion": "a reported opinion",
    "opinion": "an opinion",
}


async def test_a_question_is_one_message(tmp_path: Path) -> None:
    """A question shows its place, the passage quoted with its target bold, and its source."""
    asked = asks(passage=f"It was autumn. {RAIN} Nobody minded.", target=RAIN)
    async with Chat(tmp_path, seeds(asked)) as chat:
        await chat.say("/quiz")
        message = chat.asking()
        quotation = f"<blockquote>It was autumn. <b>{RAIN}</b> Nobody minded.</blockquote>"
        assert quotation in message.html
        assert "<b>1 of 1</b>" in message.html
        source = "📰 A little article · Ann Author · The Paper · 2026-01-01"
        assert source in message.text
        rows = [[button.text for button in row] for row in message.rows]
        assert rows == [
            ["Sourced fact", "Unsourced claim"],
            ["Reported opinion", "Opinion"],
            ["Not sure"],
        ]


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_pressed(tmp_path: Path, kind: str) -> None:
    """The question turns into the verdict, which names the kind, what was chosen and why."""
    async with Chat(tmp_path, seeds(asks(kind=kind))) as chat:
        for said in KINDS:
            right = kind == said
            chosen = f"You chose {IN_SENTENCE[said]}."
            expected = (
                "✅ Right." if right else "❌ Not this time.",
                f"The sentence is {IN_SENTENCE[kind]}.",
                Without(chosen) if right else chosen,
                WHY,
                "1 of 1",
                RAIN,
                "Graded by the key of the set.",
            )
            await verify(chat, [("/quiz", "What kind")])
            asked = chat.asking().id
            await verify(chat, [(f"[{LABELS[said]}]", expected)])
            assert chat.rows()[-1]["score"] == float(right)
            assert chat.messages()[-1].id == asked, "the question is edited in place"
            assert chat.labels() == ["How did it go? ▶", "I disagree"]


# Typed to an open question whose key is a sourced fact: what is answered.
TYPED: list[tuple[str, Expected]] = [
    ("Sourced fact", "Right."),
    ("SOURCED FACT!", "Right."),
    ("sourced fact.", "Right."),
    ("a sourced fact", "Right."),
    ("an opinion", ("Not this time.", "You chose an opinion.")),
    ("Unsourced claim", ("Not this time.", "You chose an unsourced claim.")),
    ("not sure", ("Not sure: fair enough.", "The sentence is a sourced fact.")),
    ("I don’t know", "Not sure: fair enough."),
    ("fact", "type one of: Sourced fact, Unsourced claim, Reported opinion, Opinion."),
    ("sourced fact or opinion", "Press one of the buttons, or type one of"),
    ("👍", "Press one of the buttons, or type one of"),
]


async def test_a_typed_kind(chat: Chat) -> None:
    """A kind may be typed as its button or as a sentence has it; anything else is asked again."""
    graded = 0
    for typed, expected in TYPED:
        await verify(chat, [("/quiz", "What kind"), (typed, expected)])
        graded += "type one of" not in str(expected)
        assert len(chat.rows()) == graded, typed


async def test_a_typed_answer_closes_the_question(chat: Chat) -> None:
    """The verdict on a typed answer is a message of its own; the question loses its buttons."""
    await verify(chat, [("/quiz", "What kind")])
    asked = chat.asking().id
    await verify(chat, [("sourced fact", ("1 of 1", "Right."))])
    (question,) = [message for message in chat.messages() if message.id == asked]
    assert not question.buttons
    assert "What kind" in question.text
    assert chat.labels() == ["How did it go? ▶", "I disagree"]


async def test_a_set_may_offer_fewer_kinds(tmp_path: Path) -> None:
    """Only the kinds that a set offers stand on buttons, and only those can be typed."""
    two = seeds(asks(kind="unsourced_claim"), kinds=["unsourced_claim", "opinion"])
    async with Chat(tmp_path, two) as chat:
        await verify(chat, [("/quiz", "What kind")])
        assert chat.labels() == ["Unsourced claim", "Opinion", "Not sure"]
        await verify(
            chat,
            [
                ("Sourced fact", "type one of: Unsourced claim, Opinion."),
                ("unsourced claim", "Right."),
            ],
        )


async def test_not_sure_is_no_shame_and_no_point(chat: Chat) -> None:
    """Not being sure shows the answer without blame, earns nothing and comes back for review."""
    await verify(
        chat,
        [
            ("/quiz", "What kind"),
            ("[Not sure]", ("Not sure: fair enough.", "a sourced fact", WHY, Without("You chose"))),
            ("[How did it go? ▶]", ("0 of 1 points", "Worth another look", "comes back")),
        ],
    )


async def test_a_sourced_fact_need_not_be_true(chat: Chat) -> None:
    """The verdict on a sourced fact says what sourced does and does not promise."""
    caution = "Sourced means you can trace it, not that it is true."
    await verify(chat, [("/quiz", "What kind"), ("[Opinion]", caution)])


async def test_loaded_words_are_underlined_in_the_verdict(tmp_path: Path) -> None:
    """The verdict on a kind underlines the loaded words of the key, inside the bold target."""
    loaded = asks(passage="The despot spoke.", kind="unsourced_claim", loaded=["despot"])
    async with Chat(tmp_path, seeds(loaded)) as chat:
        await verify(chat, [("/quiz", Without("underlined"))])
        assert "<u>" not in chat.asking().html
        await verify(chat, [("[Opinion]", "The loaded words are underlined.")])
        assert "<b>The <u>despot</u> spoke.</b>" in chat.asking().html


# Said to a borderline question whose key says opinion: what is answered, and its worth.
BORDERLINE: list[tuple[str, Expected]] = [
    ("[Opinion]", ("✅ Right.", "The sentence is an opinion.", Without("Borderline"))),
    (
        "[Unsourced claim]",
        (
            "Borderline: accepted. Careful readers part ways here.",
            "The key calls it an opinion.",
            "You chose an unsourced claim.",
        ),
    ),
    ("[Not sure]", ("Borderline: accepted.", "The key calls it an opinion.", Without("You chose"))),
]


@pytest.mark.parametrize(("said", "expected"), BORDERLINE)
async def test_a_borderline_question_accepts_everything(
    tmp_path: Path, said: str, expected: Expected
) -> None:
    """A borderline question never marks an answer wrong, and nothing of it needs a review."""
    async with Chat(tmp_path, seeds(asks(kind="opinion", borderline=True))) as chat:
        await verify(
            chat,
            [
                ("/quiz", "What kind"),
                (said, expected),
                (
                    "[How did it go? ▶]",
                    (
                        "1 of 1 points",
                        "Nothing missed.",
                        "Kinds: 1 of 1 right"
                        if said == "[Opinion]"
                        else "Borderline or not sure enough to grade: 1, accepted",
                    ),
                ),
                ("/review", "Nothing is due for review."),
            ],
        )
        assert [row["score"] for row in chat.rows()] == [1.0]

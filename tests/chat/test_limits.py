"""What comes from outside: markup in every field, and texts as long as they may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.local.entities import units
from bot.local.methods import MOST_TEXT
from bot.quiz.labels import ReasonLabel
from bot.sets import limits
from tests.chat.dialogs import Chat, FakeReader, Without, check, judgement, verify
from tests.chat.sets import Fields, asks, files, quiz_set, seeds

EVIL = '<b>A</b> & <i>B <tg-spoiler> &lt; C "D" { $number } </blockquote>'
EVIL_DATE = "<b>yesterday</b> & <i>today"
EVIL_SOURCE = {
    "title": f"{EVIL} title",
    "author": f"{EVIL} author",
    "publisher": f"{EVIL} publisher",
    "date": f"not stated {EVIL_DATE}",
    "text_type": f"{EVIL} type",
    "note": f"{EVIL} note",
}
EVIL_PASSAGE = f"One {EVIL} two. <u>Three</u> & four."
EVIL_TARGET = "<u>Three</u> & four."


def evil(ask: str) -> Fields:
    """Return a question whose every text is full of markup."""
    return asks(
        ask,
        EVIL_PASSAGE,
        kind="opinion",
        target=EVIL_TARGET,
        loaded=["Three"],
        reason=[f"cue {EVIL}"],
        explain=f"Because of {EVIL}",
    )


# What is asked, what is answered, and what of it stands in the verdict word by word.
ANSWERS = [
    ("kind", "[Opinion]", "an opinion"),
    ("loaded", "<u>Three</u>", "You found: Three"),
    ("loaded", "& four", "Not loaded here: four"),
    ("reason", "<b>none</b>", f"A good reason names one of these: cue {EVIL}"),
    ("reason", f"cue {EVIL}", f"You named what decides it: cue {EVIL}"),
]


@pytest.mark.parametrize(("ask", "said", "expected"), ANSWERS)
async def test_markup_is_shown_and_not_obeyed(
    tmp_path: Path, ask: str, said: str, expected: str
) -> None:
    """Markup in any field of a set and in what is typed is shown as the characters it is."""
    bad = quiz_set(evil(ask), title=f"{EVIL} set", source=EVIL_SOURCE)
    async with Chat(tmp_path, files(bad)) as chat:
        await verify(chat, [("/start", "Who says?"), ("[Choose an article]", "Which text?")])
        assert chat.labels() == [f"{EVIL} set"]
        line = (
            f"📰 {EVIL} title · {EVIL} author · {EVIL} publisher · "
            f"date not stated {EVIL_DATE} · {EVIL} type"
        )
        await verify(
            chat,
            [
                (f"[{EVIL} set]", (f"ℹ️ {EVIL} note", EVIL_PASSAGE, line)),
                (said, (expected, f"Because of {EVIL}", EVIL_PASSAGE, line)),
                ("[How did it go? ▶]", "Round finished."),
            ],
        )
        marks = {entity.type for message in chat.messages() for entity in message.entities}
        assert marks <= {"bold", "italic", "underline", "blockquote", "bot_command"}


async def test_typed_markup_that_is_repeated(tmp_path: Path) -> None:
    """What is repeated of a learner's words is shown as it was typed, and cut where it is long."""
    async with Chat(tmp_path, seeds(evil("loaded"))) as chat:
        await verify(
            chat,
            [
                ("/quiz", "Which words"),
                ("<i>nowhere</i>", "I cannot find “<i>nowhere<, i>” in the bold part."),
                ("/quiz <b>&</b>", "I have no set called “<b>&</b>”."),
                (f"/quiz {'<' * 99}", (f"“{'<' * 40}”", Without("<" * 41))),
                ("&amp;" * 90, ("I cannot find “&amp", Without("&amp;" * 60))),
            ],
        )


def longest(ask: str, letter: str) -> Fields:
    """Return a question that is as long as a set may make it, of words of one letter."""
    passage = (f"{letter} " * limits.PASSAGE)[: limits.PASSAGE - 1] + "."
    cues = tuple(f"{n}{letter * (limits.CUE - 1)}" for n in range(limits.CUES))
    return asks(ask, passage, kind="opinion", explain=letter * limits.EXPLAIN, reason=cues)


LONG_SOURCE = {
    "title": "t" * limits.TITLE,
    "author": "a" * limits.NAME,
    "publisher": "p" * limits.NAME,
    "date": "d" * limits.DATE,
    "text_type": "x" * limits.TEXT_TYPE,
    "url": "https://example.org/" + "u" * (limits.URL - 20),
    "note": "n" * limits.NOTE,
}

# What is asked of a question as long as may be, and what is said.
LONGEST = [
    ("kind", "[Sourced fact]"),
    ("loaded", "[Nothing loaded]"),
    ("loaded", "w, x, y, z"),
    ("loaded", " ".join("w" * 240)),
    ("reason", "[Not sure]"),
    ("reason", "x" * 500),
]


@pytest.mark.parametrize(("ask", "said"), LONGEST)
async def test_the_longest_question(tmp_path: Path, ask: str, said: str) -> None:
    """A question at every limit of a set is asked, graded and summed up in messages that fit."""
    asked = seeds(longest(ask, "w") | {"invented": True}, source=LONG_SOURCE)
    async with Chat(tmp_path, asked) as chat:
        await verify(
            chat,
            [
                ("/quiz", ("1 of 1", "n" * limits.NOTE)),
                (said, ("w" * limits.EXPLAIN, "t" * limits.TITLE)),
                ("[I disagree]", "You disagree: noted."),
                ("[How did it go? ▶]", "Round finished."),
            ],
        )
        assert all(units(message.text) <= MOST_TEXT for message in chat.messages())
        assert max(units(message.text) for message in chat.messages()) > 2_000


@pytest.mark.parametrize("label", ReasonLabel)
async def test_a_judgement_on_the_longest_question(tmp_path: Path, label: ReasonLabel) -> None:
    """What is said to a judged reason fits beside the longest passage, cues and explanation."""
    said = "x" * 500
    reader = FakeReader(judgements={said: judgement(label)})
    asked = seeds(longest("reason", "w") | {"invented": True}, source=LONG_SOURCE)
    async with Chat(tmp_path, asked, reader=reader) as chat:
        await verify(chat, [("/quiz", "1 of 1"), (said, ("w" * limits.EXPLAIN, "96 % sure."))])
        await verify(chat, [("[I disagree]", "You disagree: noted.")])
        assert all(units(message.text) <= MOST_TEXT for message in chat.messages())


async def test_quoting_the_longest_passage_whole(tmp_path: Path) -> None:
    """A whole passage quoted where one word is loaded gives a verdict that fits all the same."""
    words = " ".join(f"{n:03}" for n in range(224))
    asked = asks("loaded", f"bad {words}", kind="opinion", loaded=["bad"], explain="e" * 600)
    async with Chat(tmp_path, seeds(asked, source=LONG_SOURCE)) as chat:
        await chat.say("/quiz")
        asking = chat.asking().id
        answer = await chat.answer_to(
            lambda: chat.telegram.quote_with_text(chat.person, asking, f"bad {words}", "all of it")
        )
        check(answer, ("You found: bad", "Not loaded here: 003; 004", "and 209 more"))


async def test_a_summary_of_the_longest_round(tmp_path: Path) -> None:
    """Of many long questions, all missed, a message that fits lists some and counts the rest."""
    many = [longest("reason", "w") for _ in range(16)]
    async with Chat(tmp_path, seeds(*many, source=LONG_SOURCE), size=16) as chat:
        await verify(chat, [("/quiz", "Here we go: 16 questions.")])
        for place in range(16):
            await chat.say("[Not sure]")
            if place < 15:
                await chat.say("[Next ▶]")
        answer = await chat.say("[How did it go? ▶]")
        check(answer, ("0 of 16 points", "Worth another look:", "… and 8 more", "comes back"))


# Letters that take two of Telegram's units each, or none that a reader sees.
STRANGE = ["𝒘", "👨‍👩‍👧", "ש", "e\u0301"]


@pytest.mark.parametrize("letter", STRANGE)
async def test_letters_of_every_kind(tmp_path: Path, letter: str) -> None:
    """Passages in letters beyond the usual are shown, quoted and marked where they stand."""
    passage = f"{letter}a {letter}b bad {letter}c"
    async with Chat(
        tmp_path, seeds(asks("loaded", passage, kind="opinion", loaded=["bad"]))
    ) as chat:
        await verify(chat, [("/quiz", passage), ("> bad", ("Right.", "You found: bad"))])
        assert f"<b>{letter}a {letter}b <u>bad</u> {letter}c</b>" in chat.asking().html

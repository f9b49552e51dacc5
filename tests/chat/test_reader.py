"""What the classifier does: grading where there is no key, and standing beside one."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.quiz.values import LoadedSpan, Reading
from tests.chat.dialogs import MODEL, Chat, Expected, FakeReader, Without, check, reading, verify
from tests.chat.sets import RAIN, Fields, asks, asks_loaded, seeds

SPOKE = "The despot spoke."
DESPOT = (LoadedSpan(4, 10, 0.93),)
NO_KEY = tuple(map(Without, ("Graded by the key", "points in the key", "The key calls it")))

SURE = reading(opinion=0.05, named=0.94)
OPINION = reading(opinion=0.95)
UNSURE = reading(opinion=0.45, sure=False)

# How a sentence without a key is read, what is said, what is answered, and the score.
WITHOUT_KEY: list[tuple[Reading, str, tuple[str, ...], float]] = [
    (
        SURE,
        "[Sourced fact]",
        ("Right. The sentence is a sourced fact.", "Graded by the classifier, 89 % sure."),
        1,
    ),
    (
        SURE,
        "[Opinion]",
        ("Not this time.", "a sourced fact", "You chose an opinion.", "89 % sure"),
        0,
    ),
    (SURE, "[Not sure]", ("Not sure: fair enough. The sentence is a sourced fact.",), 0),
    (OPINION, "[Opinion]", ("Right. The sentence is an opinion.", "86 % sure."), 1),
    (
        UNSURE,
        "[Opinion]",
        ("Accepted.", "is not sure enough to grade this, so your answer counts", Without("%")),
        1,
    ),
    (UNSURE, "[Sourced fact]", ("Accepted.", "put aside for a person", Without("a claim")), 1),
    (UNSURE, "[Not sure]", ("Accepted.", "put aside for a person"), 1),
]


@pytest.mark.parametrize(("read", "said", "expected", "score"), WITHOUT_KEY)
async def test_a_kind_without_a_key(
    tmp_path: Path, read: Reading, said: str, expected: tuple[str, ...], score: float
) -> None:
    """Without a key a sure classifier grades, and an unsure one accepts and marks nothing down."""
    reader = FakeReader({RAIN: read})
    async with Chat(tmp_path, seeds(asks(kind=None)), reader=reader) as chat:
        await verify(chat, [("/quiz", "What kind"), (said, (*expected, *NO_KEY))])
        (row,) = chat.rows()
        open_ = "Borderline or not sure enough to grade: 1, accepted"
        settled = read.sure
        check(await chat.say("[How did it go? ▶]"), Without(open_) if settled else open_)
        assert row["score"] == score
        assert row["graded_by"] == "reader"
        assert row["model_version"] == MODEL
        assert row["model_sure"] is read.sure


FOUND = reading(loaded=DESPOT)
CLEAN = reading()
NO_WORDS = reading(loaded=DESPOT, loaded_sure=False)

# The same for a question about loaded words, of "The despot spoke."
WORDS_WITHOUT_KEY: list[tuple[Reading, str, tuple[str, ...], float]] = [
    (FOUND, "despot", ("Right.", "You found: despot", "Graded by the classifier, 93 % sure."), 1),
    (FOUND, "spoke", ("Not this time.", "Loaded here: despot", "Not loaded here: spoke"), 0),
    (FOUND, "[Nothing loaded]", ("Not this time.", "Loaded here: despot"), 0),
    (CLEAN, "[Nothing loaded]", ("Right.", "Nothing in it is loaded.", Without("0 %")), 1),
    (CLEAN, "despot", ("Not this time.", "Graded by the classifier.", Without("0 %")), 0),
    (NO_WORDS, "spoke", ("Accepted.", "not sure enough to grade this", Without("despot;")), 1),
    (NO_WORDS, "[Nothing loaded]", ("Accepted.", Without("Nothing in it is loaded")), 1),
]


@pytest.mark.parametrize(("read", "said", "expected", "score"), WORDS_WITHOUT_KEY)
async def test_loaded_words_without_a_key(
    tmp_path: Path, read: Reading, said: str, expected: tuple[str, ...], score: float
) -> None:
    """Without a key the words that the classifier is sure of are held against the answer."""
    reader = FakeReader({SPOKE: read})
    asked = asks("loaded", SPOKE, kind=None)
    async with Chat(tmp_path, seeds(asked), reader=reader) as chat:
        await verify(chat, [("/quiz", "Which words"), (said, (*expected, *NO_KEY))])
        (row,) = chat.rows()
        assert row["score"] == score


async def test_words_that_the_classifier_is_not_sure_of(tmp_path: Path) -> None:
    """Without a key only words read for sure are underlined."""
    reader = FakeReader({SPOKE: NO_WORDS})
    async with Chat(tmp_path, seeds(asks("kind", SPOKE, kind=None)), reader=reader) as chat:
        await verify(chat, [("/quiz", "What kind"), ("[Opinion]", Without("underlined"))])
        assert "<u>" not in chat.asking().html


async def test_words_read_stay_underlined(tmp_path: Path) -> None:
    """A verdict that is shown again underlines what the classifier read, as it did at first."""
    reader = FakeReader({SPOKE: FOUND})
    async with Chat(tmp_path, seeds(asks("kind", SPOKE, kind=None)), reader=reader) as chat:
        await chat.say("/quiz")
        await verify(chat, [("[Unsourced claim]", "The loaded words are underlined.")])
        underlined = "<b>The <u>despot</u> spoke.</b>"
        assert underlined in chat.asking().html
        await verify(chat, [("[I disagree]", "The loaded words are underlined.")])
        assert underlined in chat.asking().html


REASON_WITHOUT_KEY: list[tuple[str, tuple[str, ...], float]] = [
    ("somebody says so", ("Accepted.", "This one has no key, so your answer counts"), 1),
    ("[Not sure]", ("fair enough.", Without("your answer counts"), Without("A good reason")), 0),
]


@pytest.mark.parametrize(("said", "expected", "score"), REASON_WITHOUT_KEY)
async def test_a_reason_without_a_key(
    tmp_path: Path, said: str, expected: tuple[str, ...], score: float
) -> None:
    """A reason without a key is put aside for a person; the summary invents no cues for it."""
    async with Chat(tmp_path, seeds(asks("reason", kind=None))) as chat:
        await verify(
            chat,
            [
                ("/quiz", "tells you whether it states or judges, and who says so?"),
                (said, (*expected, *NO_KEY)),
                ("[How did it go? ▶]", (f"{score} of 1 points", Without("A good reason names"))),
            ],
        )
        (row,) = chat.rows()
        assert row["score"] == score


async def test_a_missed_reason_without_a_key_can_be_seen_again(tmp_path: Path) -> None:
    """The summary lists a question without a key that was passed, and says that no key tells."""
    async with Chat(tmp_path, seeds(asks("reason", kind=None))) as chat:
        await verify(
            chat,
            [
                ("/quiz", "tells you whether"),
                ("[Not sure]", "fair enough"),
                ("[How did it go? ▶]", f"“{RAIN}”: no key says"),
            ],
        )


async def test_a_borderline_question_without_a_key(tmp_path: Path) -> None:
    """Where a borderline question has no key, no kind is held up against the learner's."""
    asked = asks(kind=None, borderline=True)
    async with Chat(tmp_path, seeds(asked), reader=FakeReader({RAIN: SURE})) as chat:
        await verify(
            chat,
            [
                ("/quiz", "What kind"),
                ("[Opinion]", ("Borderline: accepted.", "You chose an opinion.", *NO_KEY)),
            ],
        )


# How a sentence whose key says "sourced fact" is read, and what is said beside the key.
BESIDE_KEY: list[tuple[Reading, Expected]] = [
    (SURE, "Graded by the key of the set. The classifier reads it so too (89 %)."),
    (
        OPINION,
        ("Graded by the key", "The classifier reads it as an opinion (86 %); the key counts."),
    ),
    (UNSURE, "Graded by the key of the set. The classifier was not sure here."),
]


@pytest.mark.parametrize("pressed", ["[Sourced fact]", "[Opinion]"])
@pytest.mark.parametrize(("read", "expected"), BESIDE_KEY)
async def test_the_classifier_beside_a_key(
    tmp_path: Path, read: Reading, expected: Expected, pressed: str
) -> None:
    """The key grades; that the classifier agrees, doubts or differs is told, and logged."""
    async with Chat(tmp_path, seeds(asks()), reader=FakeReader({RAIN: read})) as chat:
        await verify(chat, [("/quiz", "What kind"), (pressed, expected)])
        (row,) = chat.rows()
        assert row["score"] == float(pressed == "[Sourced fact]")
        assert row["graded_by"] == "key"
        assert row["model_label"] == str(read.kind)
        assert row["model_sure"] is read.sure
        assert row["differs"] is (read.kind != "sourced_fact")


async def test_a_passage_is_read_once(tmp_path: Path) -> None:
    """What was read is kept: no passage is read twice, not even after a restart."""
    reader, again = FakeReader(), FakeReader()
    asked = seeds(asks())
    async with Chat(tmp_path, asked, reader=reader) as chat:
        for _ in range(2):
            await verify(chat, [("/quiz", "What kind"), ("[Opinion]", "Graded by the key")])
    async with Chat(tmp_path, asked, reader=again, after=chat) as chat:
        await verify(chat, [("/quiz", "What kind"), ("[Opinion]", "Graded by the key")])
    assert (reader.read, again.read) == (1, 0)


# A question whose reader breaks, what is said, what is answered, who graded, and the verdict.
UNREAD: list[tuple[Fields, str, Expected, str, str]] = [
    (asks(), "[Sourced fact]", ("Right.", "Graded by the key of the set."), "key", "right"),
    (asks(), "[Opinion]", ("Not this time.", "a sourced fact"), "key", "wrong"),
    (asks_loaded(), "circus act", ("Partly.", "Graded by the key"), "key", "partly"),
    (asks("reason"), "the weather office said it", "Graded by the points", "key", "right"),
    (asks(kind=None), "[Opinion]", ("Accepted.", Without("%"), *NO_KEY), "reader", "unsure"),
    (asks(kind=None), "[Not sure]", ("Accepted.", "for a person"), "reader", "unsure"),
    (asks("loaded", kind=None), "Rain", ("Accepted.", "for a person"), "reader", "unsure"),
    (asks("reason", kind=None), "he said it", "Accepted.", "reader", "unsure"),
]


@pytest.mark.parametrize(("asked", "said", "expected", "by", "verdict"), UNREAD)
async def test_a_classifier_that_breaks(
    tmp_path: Path, asked: Fields, said: str, expected: Expected, by: str, verdict: str
) -> None:
    """A broken classifier stops no grading: a key grades alone, what has none is accepted."""
    reader = FakeReader(broken=True)
    async with Chat(tmp_path, seeds(asked), reader=reader) as chat:
        await verify(chat, [("/quiz", "1 of 1")])
        with capture_logs() as logged:
            await verify(
                chat,
                [
                    (said, expected),
                    ("[I disagree]", "noted"),
                    ("[How did it go? ▶]", "Round finished."),
                ],
            )
        (row,) = chat.rows()
        assert (row["graded_by"], row["verdict"]) == (by, verdict)
        assert (row["model_version"], row["model_sure"]) == ("", None)
        assert not chat.failures()
    assert "passages cannot be read" in [line["event"] for line in logged]


async def test_a_classifier_that_works_again(tmp_path: Path) -> None:
    """What could not be read is read as soon as the classifier works, and grades then."""
    reader = FakeReader({RAIN: SURE}, broken=True)
    async with Chat(tmp_path, seeds(asks(kind=None)), reader=reader) as chat:
        await verify(chat, [("/quiz", "What kind"), ("[Opinion]", "Accepted.")])
        reader.broken = False
        await verify(chat, [("/quiz", "What kind"), ("[Opinion]", "Not this time.")])
        assert [row["model_version"] for row in chat.rows()] == ["", MODEL]

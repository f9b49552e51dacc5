"""What tells you so, with a classifier that judges reasons: good, partly, off, or in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.quiz.labels import Kind, ReasonLabel
from bot.quiz.values import Judgement, Reading
from tests.chat.dialogs import MODEL, Chat, FakeReader, Without, judgement, reading, verify
from tests.chat.sets import RAIN, WHY, asks, asks_loaded, seeds

GOOD, PARTLY, OFF = ReasonLabel
CUE = "the weather office said it"
OTHER = "a forecaster is named as the one who knows"
WOULD_NAME = f"A good reason names one of these: {CUE}"
NOT_OPEN = (Without("put aside"), Without("Accepted"))
BLAMELESS = (Without("Not this time"), Without("Partly"))
NO_KEY = (Without("in the key"), Without("The key"))

# What is said to a question whose one cue is "the weather office said it", how that is judged,
# what is answered, and the score, who graded and whether key and machine differ.
Judged = tuple[str, Judgement | None, tuple[str, ...], float, str, bool]
WITH_KEY: list[Judged] = [
    (
        OTHER,
        judgement(GOOD),
        (
            "✅ Right.",
            f"You named what decides it.\nThe key names: {CUE}",
            "Graded by the classifier, 96 % sure.",
            *NOT_OPEN,
        ),
        1,
        "reader",
        False,
    ),
    (
        OTHER,
        judgement(PARTLY, 0.9),
        (
            "🟡 Partly.",
            f"only half of it, or could be said of many sentences.\n{WOULD_NAME}",
            "Graded by the classifier, 90 % sure.",
            *NOT_OPEN,
        ),
        0.5,
        "reader",
        False,
    ),
    (
        OTHER,
        judgement(OFF),
        (
            "❌ Not this time.",
            f"not whether it is true or whether one agrees.\n{WOULD_NAME}",
            "Graded by the classifier, 96 % sure.",
            *NOT_OPEN,
        ),
        0,
        "reader",
        False,
    ),
    *(
        (
            OTHER,
            judgement(label, 0.5, sure=False),
            (
                "🤝 Accepted.",
                WOULD_NAME,
                "the classifier is not sure enough to grade them",
                "put aside for a person",
                Without("%"),
                *BLAMELESS,
            ),
            1.0,
            "reader",
            False,
        )
        for label in ReasonLabel
    ),
    (
        OTHER,
        None,
        ("🤝 Accepted.", WOULD_NAME, "none of the points in the key. That proves nothing"),
        1,
        "reader",
        False,
    ),
    (
        CUE,
        judgement(GOOD),
        (
            "✅ Right.",
            f"You named what decides it: {CUE}",
            "Graded by the points in the key. The classifier finds it a good reason too (96 %).",
            *NOT_OPEN,
        ),
        1,
        "key",
        False,
    ),
    (
        CUE,
        judgement(PARTLY),
        ("✅ Right.", "The classifier would ask for more (96 %); the key counts.", *NOT_OPEN),
        1,
        "key",
        True,
    ),
    (
        CUE,
        judgement(OFF),
        (
            "🤝 Accepted.",
            WOULD_NAME,
            "Your words match a point in the key, and the classifier thinks that they miss it",
            "(96 %). While the two disagree your answer counts and is put aside for a person.",
            Without("You named"),
            *BLAMELESS,
        ),
        1,
        "reader",
        True,
    ),
    (
        CUE,
        judgement(OFF, 0.5, sure=False),
        ("✅ Right.", "points in the key. The classifier was not sure here.", *NOT_OPEN),
        1,
        "key",
        True,
    ),
    (
        CUE,
        None,
        ("✅ Right.", "Graded by the points in the key.", Without("classifier")),
        1,
        "key",
        False,
    ),
]


@pytest.mark.parametrize(("said", "judged", "expected", "score", "by", "differs"), WITH_KEY)
async def test_a_judged_reason(
    tmp_path: Path,
    said: str,
    judged: Judgement | None,
    expected: tuple[str, ...],
    score: float,
    by: str,
    differs: bool,
) -> None:
    """A named point is right, else a sure judgement grades; the verdict says who and what for."""
    reader = FakeReader(judgements={said: judged} if judged else {})
    async with Chat(tmp_path, seeds(asks("reason")), reader=reader) as chat:
        await verify(chat, [("/quiz", "What in it tells you so?"), (said, (*expected, WHY))])
        (row,) = chat.rows()
        assert (row["score"], row["graded_by"], row["differs"]) == (score, by, differs)
        assert row["matched"] == ([CUE] if said == CUE else [])
        assert reader.asked == [(RAIN, RAIN, Kind.SOURCED_FACT, said)]


@pytest.mark.parametrize("said", [CUE, OTHER])
@pytest.mark.parametrize("label", ReasonLabel)
@pytest.mark.parametrize("sure", [True, False])
async def test_the_log_has_the_judgement(
    tmp_path: Path, said: str, label: ReasonLabel, sure: bool
) -> None:
    """Whoever graded, the row carries the label, its probability, the model and its doubt."""
    reader = FakeReader(judgements={said: judgement(label, 0.75, sure=sure)})
    async with Chat(tmp_path, seeds(asks("reason")), reader=reader) as chat:
        await verify(chat, [("/quiz", "tells you so"), (said, WHY)])
        (row,) = chat.rows()
        assert (row["model_label"], row["model_p"]) == (str(label), 0.75)
        assert (row["model_version"], row["model_sure"]) == (MODEL, sure)
        assert row["said"] == {"reason": said}


async def test_the_log_of_a_reason_that_nobody_judged(tmp_path: Path) -> None:
    """Where the machine had nothing to say, the row says nothing of it."""
    async with Chat(tmp_path, seeds(asks("reason"))) as chat:
        await verify(chat, [("/quiz", "tells you so"), (OTHER, "put aside")])
        (row,) = chat.rows()
        assert (row["model_label"], row["model_p"], row["model_version"]) == ("", None, "")
        assert row["model_sure"] is None


async def test_a_reason_is_judged_in_its_paragraph(tmp_path: Path) -> None:
    """The classifier is given the whole passage, the sentence asked about and the keyed kind."""
    paragraph, reader = f"It was dry before. {RAIN}", FakeReader()
    asked = asks("reason", paragraph, target=RAIN)
    async with Chat(tmp_path, seeds(asked), reader=reader) as chat:
        await verify(chat, [("/quiz", "tells you so"), (OTHER, "Accepted.")])
        assert reader.asked == [(paragraph, RAIN, Kind.SOURCED_FACT, OTHER)]


@pytest.mark.parametrize("said", ["[Not sure]", "no idea", "👍"])
async def test_what_is_not_judged(tmp_path: Path, said: str) -> None:
    """Who passes, or types what is no reason, troubles no classifier."""
    reader = FakeReader()
    async with Chat(tmp_path, seeds(asks("reason")), reader=reader) as chat:
        await verify(chat, [("/quiz", "tells you so"), (said, Without("classifier"))])
    assert reader.asked == []


async def test_typed_words_that_are_no_reason_are_not_judged(tmp_path: Path) -> None:
    """What is typed to another type of question is graded without a judgement."""
    reader = FakeReader()
    async with Chat(tmp_path, seeds(asks_loaded()), reader=reader) as chat:
        await verify(chat, [("/quiz", "Which words"), ("circus act", "You found")])
    assert reader.asked == []


SOURCED = reading(opinion=0.05, named=0.94)
OPINION = reading(opinion=0.95)
REPORTED = reading(opinion=0.95, named=0.94)
DOUBTED = reading(opinion=0.45, sure=False)

# How a sentence without a key is read, how the reason is judged, what is answered, and the score.
WITHOUT_KEY: list[tuple[Reading, Judgement | None, tuple[str, ...], float]] = [
    (SOURCED, judgement(GOOD), ("Right.", "You named what decides it.", "96 % sure."), 1),
    (SOURCED, judgement(PARTLY), ("Partly.", "names who says so here", "96 % sure."), 0.5),
    (SOURCED, judgement(OFF), ("Not this time.", "names who says so here", "96 % sure."), 0),
    (reading(), judgement(OFF), ("Not this time.", "nobody you could go to stands behind"), 0),
    (OPINION, judgement(OFF), ("Not this time.", "judges, predicts, urges"), 0),
    (REPORTED, judgement(OFF), ("Not this time.", "or whose judgement it is"), 0),
    (
        SOURCED,
        judgement(OFF, 0.5, sure=False),
        ("Accepted.", "is not sure enough to grade this, so your answer counts", Without("%")),
        1,
    ),
    (SOURCED, None, ("Accepted.", "This one has no key, so your answer counts"), 1),
    (DOUBTED, judgement(OFF), ("Accepted.", "This one has no key, so your answer counts"), 1),
]


@pytest.mark.parametrize(("read", "judged", "expected", "score"), WITHOUT_KEY)
async def test_a_judged_reason_without_a_key(
    tmp_path: Path,
    read: Reading,
    judged: Judgement | None,
    expected: tuple[str, ...],
    score: float,
) -> None:
    """Without a key a reason is judged by the kind that was read for sure, and else by nobody."""
    reader = FakeReader({RAIN: read}, {OTHER: judged} if judged else {})
    async with Chat(tmp_path, seeds(asks("reason", kind=None)), reader=reader) as chat:
        await verify(chat, [("/quiz", "tells you whether"), (OTHER, (*expected, *NO_KEY))])
        (row,) = chat.rows()
        assert (row["score"], row["graded_by"]) == (score, "reader")
        assert reader.asked == ([(RAIN, RAIN, read.kind, OTHER)] if read.sure else [])


async def test_a_judged_verdict_is_shown_again_as_it_was(tmp_path: Path) -> None:
    """Disagreeing with a judgement, and a restart, change nothing of what was said to it."""
    told = ("Not this time.", "names who says so here", "96 % sure.")
    reader, again = FakeReader({RAIN: SOURCED}, {OTHER: judgement(OFF)}), FakeReader()
    asked = seeds(asks("reason", kind=None))
    async with Chat(tmp_path, asked, reader=reader) as chat:
        await verify(chat, [("/quiz", "tells you whether"), (OTHER, told)])
    async with Chat(tmp_path, asked, reader=again, after=chat) as chat:
        await verify(chat, [("[I disagree]", (*told, "You disagree: noted."))])
        (row,) = chat.rows()
        assert (row["disputed"], row["score"]) == (True, 0)
    assert again.asked == []


async def test_the_summary_of_judged_reasons(tmp_path: Path) -> None:
    """Reasons that fall short are counted, come with what to see again, and come back."""
    judged = {"one": judgement(GOOD), "two": judgement(PARTLY), "three": judgement(OFF)}
    questions = [asks("reason"), asks("reason"), asks("reason", kind=None)]
    reader = FakeReader({RAIN: SOURCED}, judged)
    async with Chat(tmp_path, seeds(*questions), reader=reader) as chat:
        await chat.say("/quiz")
        for said in judged:
            await verify(chat, [(said, "% sure.")])
            last = said == "three"
            answer = await chat.say("[How did it go? ▶]" if last else "[Next ▶]")
        assert "1.5 of 3 points" in answer
        assert "Reasons: 1 of 3 hit the point, 0 put aside for a person" in answer
        assert "Worth another look:" in answer
        assert "comes back" in answer


async def test_a_missed_reason_without_a_key_is_listed(tmp_path: Path) -> None:
    """The summary lists a judged reason without a key, with what to look for."""
    reader = FakeReader({RAIN: SOURCED}, {OTHER: judgement(OFF)})
    async with Chat(tmp_path, seeds(asks("reason", kind=None)), reader=reader) as chat:
        await verify(
            chat,
            [
                ("/quiz", "tells you whether"),
                (OTHER, "Not this time."),
                ("[How did it go? ▶]", f"“{RAIN}”: look again for what in it decides its kind"),
            ],
        )


async def test_a_classifier_that_breaks_marks_no_reason_down(tmp_path: Path) -> None:
    """Where judging fails a reason that no cue knows is accepted for a person, and it is logged."""
    async with Chat(tmp_path, seeds(asks("reason")), reader=FakeReader(broken=True)) as chat:
        await verify(chat, [("/quiz", "tells you so")])
        with capture_logs() as logged:
            await verify(chat, [(OTHER, ("Accepted.", "put aside for a person"))])
        (row,) = chat.rows()
        assert (row["verdict"], row["score"], row["model_version"]) == ("unsure", 1, "")
    assert "a reason cannot be judged" in [line["event"] for line in logged]

"""Marking a reason: cues only find it right; what they do not know, a sure judgement settles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.labels import Ask, GradedBy, ReasonLabel, Verdict
from bot.quiz.marking.reason import mark_reason, matching
from bot.quiz.values import Judgement, Question
from tests.quiz.builders import SURE, UNSURE, judgement, question
from tests.quiz.strategies import judgements

TEXT = "Germany will certainly leave the alliance within two years."
CUES = ("prediction", "nobody says who", '"certainly"')
ASKED = question(TEXT, reason=CUES, ask=(Ask.REASON,))

# typed → the cues named by it; none: accepted as unsure
TYPED: list[tuple[str, tuple[str, ...]]] = [
    ("It is a prediction.", ("prediction",)),
    ("it predicts the future", ("prediction",)),
    ("PREDICTION!!", ("prediction",)),
    ("Nobody says who.", ("nobody says who",)),
    ("a prediction, and nobody says who knows it", ("nobody says who",)),
    ("nobody says who, it’s just there", ("nobody says who",)),
    ("the word certainly", ('"certainly"',)),
    ("“certainly” judges", ('"certainly"',)),
    # a paraphrase that the cues do not know
    ("It guesses what comes next.", ()),
    ("There is no source.", ()),
    # the passage copied out
    (TEXT, ()),
    (TEXT.upper() + " prediction", ()),
    ("germany leave alliance within two years, certainly", ()),
    # a negation turned round
    ("Somebody says who.", ()),
    ("It says who.", ()),
    ("This is not a prediction.", ()),
    ("It isn't a prediction.", ()),
    ("It isn’t a prediction.", ()),
    ("It wasn't a prediction.", ()),
    ("It didn't predict.", ()),
    ("I wouldn't call it a prediction", ()),
    ("it isnt a prediction", ()),
    ("neither a prediction nor a fact", ()),
    ("it cannot be a prediction", ()),
    ('it does not say "certainly"', ()),
    ('it doesn\'t say "certainly"', ()),
    # nothing
    ("", ()),
    ("   \n", ()),
    ("?!…", ()),
    ("who", ()),
]


@pytest.mark.parametrize(("typed", "named"), TYPED)
def test_a_keyed_cue_is_right_and_all_else_is_accepted(typed: str, named: tuple[str, ...]) -> None:
    """Naming a cue is right; a paraphrase, a copy, a turned negation or nothing is left open."""
    grade = mark_reason(ASKED, typed, None)
    assert grade.matched == named
    assert grade.verdict is (Verdict.RIGHT if named else Verdict.UNSURE)
    assert grade.graded_by is (GradedBy.KEY if named else GradedBy.READER)
    assert grade.score == 1


def test_copying_a_short_passage_is_not_told_from_quoting_it() -> None:
    """In a passage of a few words its deciding words are nearly all of it, so they may be typed."""
    asked = question("It will certainly fail.", reason=('"certainly fail"',))
    assert mark_reason(asked, "certainly fail", None).verdict is Verdict.RIGHT


@pytest.mark.parametrize(
    ("cue", "text", "named"),
    [
        ("prewett said it", "prewett said that", True),
        ("prewett said it", "somebody said that", False),
        ("states a figure", "the statement has figures", True),
        ("no source", "no sources at all", True),
        ("no source", "there is a source", False),
        ("its own words", "it owns a sword", False),
        ("the of and", "the of and", False),
        ("no", "no", False),
        ('"told the post"', "he told the post so", True),
        ('"told the post"', "the post, untold", False),
    ],
)
def test_a_cue_is_named_by_all_its_words(cue: str, text: str, named: bool) -> None:
    """Every word that carries something must be there, in any form with the same beginning."""
    assert matching((cue,), text) == ((cue,) if named else ())


@pytest.mark.parametrize("asked", [question(TEXT, None), question(TEXT), ASKED])
def test_without_a_cue_every_reason_is_left_open(asked: Question) -> None:
    """No key, no cues, none named: nothing of that can judge a reason."""
    grade = mark_reason(asked, "The author guesses.", None)
    assert (grade.verdict, grade.score) == (Verdict.UNSURE, 1)


GOOD, PARTLY, OFF = ReasonLabel
NAMED, OTHER = "It is a prediction.", "It guesses what comes next."
KEYLESS = question(TEXT, None, ask=(Ask.REASON,))
BORDERLINE = question(TEXT, reason=CUES, ask=(Ask.REASON,), borderline=True)

# the question, typed, the judgement → verdict, score, who graded
JUDGED: list[tuple[Question, str, Judgement | None, Verdict, float, GradedBy]] = [
    # no cue is named: a sure judgement decides
    (ASKED, OTHER, judgement(GOOD), Verdict.RIGHT, 1, GradedBy.READER),
    (ASKED, OTHER, judgement(PARTLY), Verdict.PARTLY, 0.5, GradedBy.READER),
    (ASKED, OTHER, judgement(OFF), Verdict.WRONG, 0, GradedBy.READER),
    (ASKED, TEXT, judgement(OFF), Verdict.WRONG, 0, GradedBy.READER),
    (KEYLESS, OTHER, judgement(GOOD), Verdict.RIGHT, 1, GradedBy.READER),
    (KEYLESS, OTHER, judgement(PARTLY), Verdict.PARTLY, 0.5, GradedBy.READER),
    (KEYLESS, OTHER, judgement(OFF), Verdict.WRONG, 0, GradedBy.READER),
    # an unsure one and none do not
    *(
        (asked, OTHER, judged, Verdict.UNSURE, 1.0, GradedBy.READER)
        for asked in (ASKED, KEYLESS, BORDERLINE)
        for judged in (*(judgement(label, sure=False) for label in ReasonLabel), None)
    ),
    # a cue is named: the key decides, and a person where the two disagree
    (ASKED, NAMED, judgement(GOOD), Verdict.RIGHT, 1, GradedBy.KEY),
    (ASKED, NAMED, judgement(PARTLY), Verdict.RIGHT, 1, GradedBy.KEY),
    (ASKED, NAMED, judgement(OFF), Verdict.UNSURE, 1, GradedBy.READER),
    (ASKED, NAMED, judgement(OFF, sure=False), Verdict.RIGHT, 1, GradedBy.KEY),
    (ASKED, NAMED, None, Verdict.RIGHT, 1, GradedBy.KEY),
    (BORDERLINE, NAMED, judgement(OFF), Verdict.UNSURE, 1, GradedBy.READER),
    # where careful readers part ways nothing is marked down
    (BORDERLINE, OTHER, judgement(GOOD), Verdict.RIGHT, 1, GradedBy.READER),
    (BORDERLINE, OTHER, judgement(PARTLY), Verdict.BORDERLINE, 1, GradedBy.READER),
    (BORDERLINE, OTHER, judgement(OFF), Verdict.BORDERLINE, 1, GradedBy.READER),
]


@pytest.mark.parametrize(("asked", "typed", "judged", "verdict", "score", "by"), JUDGED)
def test_a_judgement_settles_what_cues_do_not_know(
    asked: Question,
    typed: str,
    judged: Judgement | None,
    verdict: Verdict,
    score: float,
    by: GradedBy,
) -> None:
    """A named cue is right, else a sure judgement decides, else the reason is left to a person."""
    grade = mark_reason(asked, typed, judged)
    assert (grade.verdict, grade.score, grade.graded_by) == (verdict, score, by)


@pytest.mark.parametrize("typed", [NAMED, OTHER])
@pytest.mark.parametrize("label", ReasonLabel)
@pytest.mark.parametrize("sure", [True, False])
def test_a_judgement_is_noted_whoever_graded(typed: str, label: ReasonLabel, sure: bool) -> None:
    """Label, its probability, version and doubt stand on the grade beside the cues named."""
    grade = mark_reason(ASKED, typed, judgement(label, sure=sure))
    assert (grade.model_label, grade.model_p) == (label, SURE if sure else UNSURE)
    assert (grade.model_version, grade.model_sure) == ("m-1", sure)
    assert grade.matched == (("prediction",) if typed == NAMED else ())


def test_a_reason_that_nobody_judged_has_nothing_noted() -> None:
    """Without a judgement the grade says nothing of a machine."""
    grade = mark_reason(ASKED, OTHER, None)
    assert (grade.model_label, grade.model_p, grade.model_version) == ("", None, "")
    assert grade.model_sure is None


@given(st.sampled_from([ASKED, KEYLESS, BORDERLINE]), st.text(max_size=80), judgements())
@settings(max_examples=60, deadline=None)
def test_only_a_sure_judgement_marks_down(asked: Question, typed: str, judged: Judgement) -> None:
    """Less than the whole point is given only by a machine that is sure, and to no open case."""
    grade = mark_reason(asked, typed, judged)
    assert 0 <= grade.score <= 1
    if grade.score < 1:
        assert judged.sure
        assert judged.label is not GOOD
        assert not asked.borderline
        assert not grade.matched


@given(st.text(max_size=80))
@settings(max_examples=50, deadline=None)
def test_no_reason_is_ever_marked_down(typed: str) -> None:
    """Whatever is typed, cues alone take no point away."""
    grade = mark_reason(ASKED, typed, None)
    assert grade.score == 1
    assert grade.verdict in (Verdict.RIGHT, Verdict.UNSURE)

"""Marking a reason by its cues: only a plain hit is right, nothing is ever marked down."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.marking.reason import mark_reason, matching
from bot.quiz.values import Question, Reading
from tests.quiz.builders import question, reading

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


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        (question(TEXT, None), reading(Kind.OPINION, text=TEXT)),
        (question(TEXT), None),
        (ASKED, reading(Kind.SOURCED_FACT, text=TEXT)),
    ],
)
def test_without_a_cue_every_reason_is_left_open(asked: Question, read: Reading | None) -> None:
    """No key, no cues or a sure reading of the kind: none of them can judge a reason."""
    grade = mark_reason(asked, "The author guesses.", read)
    assert (grade.verdict, grade.score) == (Verdict.UNSURE, 1)


@given(st.text(max_size=80))
@settings(max_examples=50, deadline=None)
def test_no_reason_is_ever_marked_down(typed: str) -> None:
    """Whatever is typed, cues alone take no point away."""
    grade = mark_reason(ASKED, typed, None)
    assert grade.score == 1
    assert grade.verdict in (Verdict.RIGHT, Verdict.UNSURE)

"""Sets written and read again: each format returns what it can hold, and says what it cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from bot.quiz.labels import Ask
from bot.quiz.values import Passage, Question, QuizSet
from bot.sets import BrokenSetError, read_file, write_file
from bot.sets.formats.asterisks import holds

from .strategies import sets

WHOLE = ["yaml", "csv", "jsonl"]
"""Endings of the formats that hold everything."""

# Many a set has nothing that the narrower formats hold, and says nothing about them.
some_are_held = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.filter_too_much]
)

PIECES = [
    "word  ",
    "a: b # c ",
    "'a' ",
    '"a" \\ ',
    "a\tb ",
    "a b\n",
    "a\n\n b ",
    "- ",
    "? a ",
    "\u00a0 a",
    "\u2028 a",
    "*a* &b ",
    "{a} ",
    "a\n  b",
    "é",
    " \n \t| ",
]
"""Parts of long texts that a writer of lines or quotes may trip over."""


def gift_part(quiz_set: QuizSet) -> QuizSet:
    """Return what GIFT holds of a set: settled keys of kinds, explained."""
    kept = [
        replace(
            question,
            ask=(Ask.KIND,),
            key=replace(question.key, loaded=(), reason=()),
            source=quiz_set.source,
            invented=False,
        )
        for question in quiz_set.questions
        if question.key and Ask.KIND in question.ask and not question.borderline
    ]
    return replace(quiz_set, questions=tuple(kept))


def marked_part(quiz_set: QuizSet, *, lines: bool) -> QuizSet:
    """Return what Mark the Words holds of a set; in bare text passages have no blank lines."""
    kept = [
        replace(
            question,
            passage=Passage(question.passage.target, 0, len(question.passage.target)),
            ask=(Ask.LOADED,),
            key=replace(question.key, reason=()),
            source=quiz_set.source,
        )
        for question in quiz_set.questions
        if question.key
        and Ask.LOADED in question.ask
        and not question.borderline
        and holds(question.passage.target, question.key.loaded)
        and not (lines and _breaks(question))
    ]
    return replace(quiz_set, questions=tuple(kept))


def _breaks(question: Question) -> bool:
    lines = question.passage.target.split("\n")
    return any(not line.strip() or line.strip().startswith("//") for line in lines)


def returned(quiz_set: QuizSet, ending: str) -> QuizSet:
    """Return a set written and read again; notes are there when something is lost."""
    data, notes = write_file(quiz_set, f"x.{ending}")
    back, more = read_file(data, f"x.{ending}")
    assert more == ()
    assert (notes == ()) == (back == quiz_set)
    return back


@pytest.mark.parametrize("ending", WHOLE)
@given(quiz_set=sets())
@settings(deadline=None, max_examples=30)
def test_whole(ending: str, quiz_set: QuizSet) -> None:
    """YAML, CSV and JSON Lines lose nothing."""
    assert returned(quiz_set, ending) == quiz_set


@pytest.mark.parametrize("ending", WHOLE)
@pytest.mark.parametrize("piece", PIECES)
def test_long_texts(ending: str, piece: str, demo_set: QuizSet) -> None:
    """A text of many lines' length comes back with every space and sign."""
    one, two = demo_set.questions
    long = (piece * 600)[:590].strip()
    quiz_set = replace(demo_set, questions=(replace(one, explain=long), two))
    assert returned(quiz_set, ending) == quiz_set


@given(quiz_set=sets())
@some_are_held
def test_gift(quiz_set: QuizSet) -> None:
    """GIFT returns the settled questions that ask for the kind, each asking for that alone."""
    part = gift_part(quiz_set)
    assume(part.questions)
    assert returned(quiz_set, "gift") == part


@pytest.mark.parametrize("ending", ["txt", "h5p"])
@given(quiz_set=sets())
@some_are_held
def test_marked(ending: str, quiz_set: QuizSet) -> None:
    """Mark the Words returns the settled questions that ask for loaded words, with these marked."""
    part = marked_part(quiz_set, lines=ending == "txt")
    assume(part.questions)
    assert returned(quiz_set, ending) == part


@pytest.mark.parametrize("ending", ["gift", "txt", "h5p"])
def test_nothing_held(ending: str, demo_set: QuizSet) -> None:
    """A set of which a format can hold nothing is refused, with the reason for each question."""
    _, keyless = demo_set.questions
    with pytest.raises(BrokenSetError, match="all of question `two`: left out, as it "):
        write_file(replace(demo_set, questions=(keyless,)), f"x.{ending}")


@pytest.mark.parametrize("ending", [*WHOLE, "gift", "txt", "h5p"])
def test_same_bytes(ending: str, demo_set: QuizSet) -> None:
    """A set is written as the same bytes every time."""
    assert write_file(demo_set, f"x.{ending}") == write_file(demo_set, f"x.{ending}")

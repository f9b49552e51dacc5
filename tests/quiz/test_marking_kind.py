"""Marking a pressed kind."""

from __future__ import annotations

import pytest

from bot.quiz.labels import GradedBy, Kind, Verdict
from bot.quiz.marking.kind import mark_kind
from bot.quiz.values import Question, Reading
from tests.quiz.builders import SURE, UNSURE, question, reading

FACT, OPINION = Kind.SOURCED_FACT, Kind.OPINION
KEYED, OPEN, KEYLESS = (
    question(kind=FACT),
    question(kind=FACT, borderline=True),
    question(kind=None),
)
KEYLESS_OPEN = question(kind=None, borderline=True)
SURE_FACT, UNSURE_FACT = reading(FACT), reading(FACT, sure=False)

# question, reading, pressed → verdict, score, graded by, expected
MARKED: list[tuple[Question, Reading | None, Kind, Verdict, float, GradedBy, str]] = [
    (KEYED, None, FACT, Verdict.RIGHT, 1, GradedBy.KEY, FACT),
    (KEYED, None, OPINION, Verdict.WRONG, 0, GradedBy.KEY, FACT),
    (KEYED, None, Kind.UNSOURCED_CLAIM, Verdict.WRONG, 0, GradedBy.KEY, FACT),
    (OPEN, None, FACT, Verdict.RIGHT, 1, GradedBy.KEY, FACT),
    (OPEN, None, OPINION, Verdict.BORDERLINE, 1, GradedBy.KEY, FACT),
    (KEYED, reading(OPINION), FACT, Verdict.RIGHT, 1, GradedBy.KEY, FACT),
    (KEYED, reading(OPINION), OPINION, Verdict.WRONG, 0, GradedBy.KEY, FACT),
    (KEYED, reading(OPINION, sure=False), OPINION, Verdict.WRONG, 0, GradedBy.KEY, FACT),
    (KEYLESS, SURE_FACT, FACT, Verdict.RIGHT, 1, GradedBy.READER, FACT),
    (KEYLESS, SURE_FACT, OPINION, Verdict.WRONG, 0, GradedBy.READER, FACT),
    (KEYLESS, UNSURE_FACT, FACT, Verdict.UNSURE, 1, GradedBy.READER, FACT),
    (KEYLESS, UNSURE_FACT, OPINION, Verdict.UNSURE, 1, GradedBy.READER, FACT),
    (KEYLESS, None, OPINION, Verdict.UNSURE, 1, GradedBy.READER, ""),
    (KEYLESS_OPEN, SURE_FACT, FACT, Verdict.RIGHT, 1, GradedBy.READER, FACT),
    (KEYLESS_OPEN, SURE_FACT, OPINION, Verdict.BORDERLINE, 1, GradedBy.READER, FACT),
    (KEYLESS_OPEN, UNSURE_FACT, OPINION, Verdict.UNSURE, 1, GradedBy.READER, FACT),
]


@pytest.mark.parametrize(
    ("asked", "read", "said", "verdict", "score", "graded_by", "expected"), MARKED
)
def test_a_kind_is_held_against_the_key_or_a_sure_reading(
    asked: Question,
    read: Reading | None,
    said: Kind,
    verdict: Verdict,
    score: float,
    graded_by: GradedBy,
    expected: str,
) -> None:
    """The key decides; without one a sure reader does; borderline and unsure accept anything."""
    grade = mark_kind(asked, said, read)
    assert (grade.verdict, grade.score) == (verdict, score)
    assert (grade.graded_by, grade.expected) == (graded_by, expected)
    assert grade.explanation == "Why q is so."


@pytest.mark.parametrize(
    ("read", "label", "p", "sure"),
    [
        (reading(FACT), FACT, SURE * SURE, True),
        (reading(OPINION, sure=False), OPINION, UNSURE * UNSURE, False),
        (reading(Kind.REPORTED_OPINION), Kind.REPORTED_OPINION, SURE * SURE, True),
        (reading(Kind.UNSOURCED_CLAIM), Kind.UNSOURCED_CLAIM, SURE * SURE, True),
    ],
)
def test_the_readers_own_label_stays_beside_the_key(
    read: Reading, label: Kind, p: float, sure: bool
) -> None:
    """A keyed grade keeps the machine's label, its probability and its doubt, for the log."""
    grade = mark_kind(KEYED, FACT, read)
    assert (grade.model_label, grade.model_sure) == (label, sure)
    assert grade.model_p == pytest.approx(p)


def test_without_a_reading_nothing_is_claimed_of_a_model() -> None:
    """A grade by the key alone carries no label, probability or version of a model."""
    grade = mark_kind(KEYED, FACT, None)
    assert (grade.model_label, grade.model_p, grade.model_version) == ("", None, "")

"""Marking a pressed kind against the key, or without one against a sure reading."""

from __future__ import annotations

from bot.quiz.labels import GradedBy, Kind, Verdict
from bot.quiz.marking.machine import with_reading
from bot.quiz.values import Grade, Question, Reading


def mark_kind(question: Question, said: Kind | None, reading: Reading | None) -> Grade:
    """Grade a kind (None: not sure); a borderline question or an unsure machine accepts any."""
    expected, verdict = _held_against(question, said, reading)
    grade = Grade(
        score=0.0 if verdict is Verdict.WRONG else 1.0,
        verdict=verdict,
        graded_by=GradedBy.KEY if question.key else GradedBy.READER,
        expected=expected,
        explanation=question.explain,
    )
    return with_reading(grade, reading, label=reading.kind if reading else "")


def _held_against(
    question: Question, said: Kind | None, reading: Reading | None
) -> tuple[str, Verdict]:
    """Return the label held against what was said, and the verdict."""
    if question.key:
        expected = question.key.kind
    elif reading is None or not reading.sure:
        return reading.kind if reading else "", Verdict.UNSURE
    else:
        expected = reading.kind
    if said is expected:
        return expected, Verdict.RIGHT
    return expected, Verdict.BORDERLINE if question.borderline else Verdict.WRONG

"""What the machine read or judged, noted on a grade whoever graded."""

from __future__ import annotations

from dataclasses import replace

from bot.quiz.values import Grade, Judgement, Reading


def with_reading(
    grade: Grade, reading: Reading | None, label: str, p: float | None = None
) -> Grade:
    """Return the grade with the reading's label, probability, version and doubt noted."""
    if reading is None:
        return grade
    return replace(
        grade,
        model_label=label,
        model_p=reading.p_kind if p is None else p,
        model_version=reading.model,
        model_sure=reading.sure,
    )


def with_judgement(grade: Grade, judgement: Judgement | None) -> Grade:
    """Return the grade with the judgement's label, probability, version and doubt noted."""
    if judgement is None:
        return grade
    return replace(
        grade,
        model_label=judgement.label,
        model_p=judgement.p[judgement.label],
        model_version=judgement.model,
        model_sure=judgement.sure,
    )

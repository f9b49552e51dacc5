"""Which grade of an answer stands: its own, or the newest of `regrades`, in SQL and as a value.

An answer's own grade is never changed; a regrade is a row beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bot.quiz.labels import GradedBy, Verdict
from bot.quiz.values import Grade, Marks, Span

GRADE = ("score", "verdict", "graded_by", "expected", "marks", "matched")
"""Columns of a grade that a regrade has too."""

MODEL = ("model_label", "model_p", "model_version", "model_sure")
"""Columns of a grade that no regrade changes."""

NEWER = (
    "LEFT JOIN regrades AS newer"
    " ON newer.id = (SELECT max(id) FROM regrades WHERE answer = answers.id)"
)
"""Joins the regrade that stands, where there is one, to `answers`."""


def standing(column: str) -> str:
    """Return a column of `answers` as it stands; `NEWER` must be joined."""
    own = f"answers.{column}"
    return f"coalesce(newer.{column}, {own})" if column in GRADE else own


STANDING = ", ".join(standing(column) for column in (*GRADE, *MODEL))
"""The columns of the grade that stands, as `grade_of` reads them."""


def grade_of(values: Sequence[Any], explanation: str = "") -> Grade:
    """Return the grade with the values of `GRADE` and `MODEL`, in this order."""
    score, verdict, graded_by, expected, marks, matched, label, p, version, sure = values
    return Grade(
        score=score,
        verdict=Verdict(verdict),
        graded_by=GradedBy(graded_by),
        expected=expected,
        explanation=explanation,
        marks=_marks(marks),
        matched=_matched(matched),
        model_label=label,
        model_p=p,
        model_version=version,
        model_sure=None if sure is None else bool(sure),
    )


# Every answer reads those of its round again, and most of them are empty.
@lru_cache(maxsize=1024)
def _marks(text: str) -> Marks:
    return Marks(*(spans_of(spans) for spans in json.loads(text)))


@lru_cache(maxsize=1024)
def _matched(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def to_values(grade: Grade) -> tuple[object, ...]:
    """Return the values of `GRADE`, in this order."""
    marks = [grade.marks.hits, grade.marks.misses, grade.marks.over]
    return (
        grade.score,
        grade.verdict,
        grade.graded_by,
        grade.expected,
        json.dumps(marks),
        json.dumps(grade.matched, ensure_ascii=False),
    )


def spans_of(pairs: list[list[int]]) -> tuple[Span, ...]:
    """Return spans that the store keeps as pairs."""
    return tuple((start, end) for start, end in pairs)

"""Marking loaded words: hits, misses and over-marks apart.

Spans are compared by overlap, never by exact match (codebook, section 3), so a learner may quote
a few words around the one that pushes. Beyond that slack every further word is an over-mark:
marking the whole sentence is no way to points.
"""

from __future__ import annotations

from dataclasses import replace

from bot.quiz.answers import words
from bot.quiz.labels import GradedBy, Verdict
from bot.quiz.marking.machine import with_reading
from bot.quiz.values import Grade, Marks, Question, Reading, Span

SLACK_WORDS = 3
"""Words beside expected spans that one marked span may take along without being an over-mark.

"circus act of a budget" for "circus act" takes three along; a reader who needs more has marked
the clause and not the word.
"""


def expected_spans(
    question: Question, reading: Reading | None
) -> tuple[tuple[Span, ...], GradedBy]:
    """Return the spans that answers are held against, and whose they are."""
    if question.key:
        return question.key.loaded, GradedBy.KEY
    read = tuple((span.start, span.end) for span in reading.loaded) if reading else ()
    return read, GradedBy.READER


def compare(target: str, expected: tuple[Span, ...], marked: tuple[Span, ...]) -> Marks:
    """Compare marked with expected spans of a target.

    Every marked span is judged alone, so that one more can add over-marks and never take any away.
    """
    hits = tuple(span for span in expected if any(_overlap(span, mark) for mark in marked))
    misses = tuple(span for span in expected if span not in hits)
    over: dict[Span, None] = {}  # in order, and no word twice
    for mark in sorted(set(marked)):
        touched = [span for span in expected if _overlap(span, mark)]
        outside = [
            word
            for word in words(target)
            if _overlap(word, mark) and not any(_overlap(word, span) for span in touched)
        ]
        over.update(dict.fromkeys(outside[SLACK_WORDS:] if touched else [mark]))
    return Marks(hits=hits, misses=misses, over=tuple(over))


def score_of(marks: Marks, *, over_costs: bool = True) -> float:
    """Return hits / (hits + misses + over-marks), 0…1: the Jaccard index of the two markings.

    With nothing to find, marking nothing is worth 1 and marking anything 0. Where over-marks cost
    nothing it is the share of the expected words that were found, and 1 with nothing to find.
    """
    total = len(marks.hits) + len(marks.misses) + (len(marks.over) if over_costs else 0)
    return len(marks.hits) / total if total else 1.0


def mark_loaded(
    question: Question,
    marked: tuple[Span, ...],
    reading: Reading | None,
    *,
    over_costs: bool = True,
) -> Grade:
    """Grade marked words; a borderline question or an unsure machine accepts any."""
    target = question.passage.target
    expected, by = expected_spans(question, reading)
    marks = compare(target, expected, marked)
    score = score_of(marks, over_costs=over_costs)
    verdict = Verdict.RIGHT if score == 1 else Verdict.PARTLY if score > 0 else Verdict.WRONG
    if question.borderline and verdict is not Verdict.RIGHT:
        score, verdict = 1.0, Verdict.BORDERLINE
    if by is GradedBy.READER and (reading is None or not reading.loaded_sure):
        score, verdict = 1.0, Verdict.UNSURE
    grade = Grade(
        score=score,
        verdict=verdict,
        graded_by=by,
        expected="; ".join(target[a:b] for a, b in expected),
        explanation=question.explain,
        marks=marks,
    )
    if reading is None:
        return grade
    read = "; ".join(target[span.start : span.end] for span in reading.loaded)
    p = max((span.p for span in reading.loaded), default=None)
    return replace(with_reading(grade, reading, read), model_p=p, model_sure=reading.loaded_sure)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]

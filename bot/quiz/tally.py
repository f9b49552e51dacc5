"""Plain counts over graded answers: of one round, or of all that a learner ever said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.quiz.answers import Chosen, Said
from bot.quiz.labels import Ask, Kind, Verdict
from bot.quiz.values import Grade

SETTLED = (Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG, Verdict.PASSED)
"""Verdicts that say something about the learner and not about the case or the machine."""

WINDOW = 10
"""Answers that one point of the progress line looks back on."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer with what was asked and how it was graded."""

    ask: Ask
    said: Said
    grade: Grade
    borderline: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by skill. `open` answers were accepted without settling anything (reasons apart).

    `late` ones stand in no other count.
    """

    points: float
    kind_right: int
    kind_total: int
    loaded_total: int
    hits: int
    misses: int
    over: int
    reason_right: int
    reason_unsure: int
    reason_total: int
    open: int
    late: int


def tally(answers: Iterable[Graded]) -> Tally:
    """Count some answers."""
    given = list(answers)
    answers = [a for a in given if a.grade.verdict is not Verdict.LATE]
    settled = [a for a in answers if a.grade.verdict in SETTLED]
    kinds = [a.grade for a in settled if a.ask is Ask.KIND]
    loaded = [a.grade for a in settled if a.ask is Ask.LOADED]
    reasons = [a.grade for a in answers if a.ask is Ask.REASON]
    return Tally(
        points=sum(a.grade.score for a in answers),
        kind_right=sum(grade.verdict is Verdict.RIGHT for grade in kinds),
        kind_total=len(kinds),
        loaded_total=len(loaded),
        hits=sum(len(grade.marks.hits) for grade in loaded),
        misses=sum(len(grade.marks.misses) for grade in loaded),
        over=sum(len(grade.marks.over) for grade in loaded),
        reason_right=sum(grade.verdict is Verdict.RIGHT for grade in reasons),
        reason_unsure=sum(grade.verdict is Verdict.UNSURE for grade in reasons),
        reason_total=len(reasons),
        open=sum(a.grade.verdict not in SETTLED and a.ask is not Ask.REASON for a in answers),
        late=len(given) - len(answers),
    )


def kinds_said(answers: Iterable[Graded]) -> list[tuple[Kind, Kind]]:
    """Return (expected, said) of the answers about kinds that could be right or wrong.

    Borderline questions stay out: they can be right and never wrong, and counting half of that
    would make a skill out of any habit. So do answers that a person counts as wrong without saying
    what would have been right.
    """
    return [pair for a in answers if (pair := kind_said(a)) is not None]


def kind_said(a: Graded) -> tuple[Kind, Kind] | None:
    """Return what `kinds_said` takes from one answer, where it takes anything."""
    if (
        a.ask is Ask.KIND
        and not a.borderline
        and isinstance(a.said, Chosen)
        and a.grade.verdict in (Verdict.RIGHT, Verdict.WRONG)
        and a.grade.expected
    ):
        return Kind(a.grade.expected), a.said.kind
    return None


def progress(answers: Sequence[Graded], ask: Ask) -> list[float]:
    """Return the mean score (0…1) over the last answers of a type, after each settled one."""
    scores = [a.grade.score for a in answers if a.ask is ask and a.grade.verdict in SETTLED]
    windows = (scores[max(0, n - WINDOW) : n] for n in range(1, len(scores) + 1))
    return [sum(window) / len(window) for window in windows]

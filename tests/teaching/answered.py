"""Answers of a class as the store tells of them: say what the test is about, the rest is plain."""

from __future__ import annotations

from itertools import count

from bot.quiz.answers import Chosen, Said
from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.values import Grade
from bot.store.results import Result
from tests.quiz.builders import NOW

_NUMBERS = count(1)

VERDICTS = {1.0: Verdict.RIGHT, 0.5: Verdict.PARTLY, 0.0: Verdict.WRONG}


def result(
    learner: int,
    name: str,
    score: float = 1.0,
    *,
    said: Said | None = None,
    grade: Grade | None = None,
    **fields: object,
) -> Result:
    """Return an answer about an opinion: called one for a score of 1, else a sourced fact."""
    kind = Kind.OPINION if score else Kind.SOURCED_FACT
    plain: dict[str, object] = {
        "answer": next(_NUMBERS),
        "at": NOW,
        "learner": learner,
        "push": 1,
        "slug": "set",
        "version": 1,
        "question": name,
        "ask": Ask.KIND,
        "said": said or Chosen(kind),
        "grade": grade or Grade(score, VERDICTS[score], GradedBy.KEY, Kind.OPINION),
        "borderline": False,
        "seconds": 2.0,
        "over_costs": True,
        "attempt": 1,
        "regraded": False,
        "disputed": False,
    }
    return Result(**{**plain, **fields})  # type: ignore[arg-type] # fields as they are


def called(learner: int, name: str, expected: Kind, said: Kind, *, attempt: int = 1) -> Result:
    """Return an answer that calls one kind another, or the same."""
    right = expected is said
    verdict = Verdict.RIGHT if right else Verdict.WRONG
    grade = Grade(float(right), verdict, GradedBy.KEY, expected)
    return result(learner, name, said=Chosen(said), grade=grade, attempt=attempt)

"""Statistics of single questions, as instructors know them from Moodle. Pure.

The source is Moodle's own page "Quiz statistics calculations"
(docs.moodle.org/dev/Quiz_statistics_calculations), sections "Facility index" and "Discrimination
index". In its letters, over the first attempts s = 1…S of a question p with scores x_p(s):

    facility        F_p = (mean of x_p − least possible) / (most possible − least possible)
    discrimination  D_p = C(x_p, X_p) / √(V(x_p) V(X_p)),  X_p(s) = T_s − x_p(s)

T_s is the score of a whole attempt, so X_p is the rest of it. Scores here go from 0 to 1, so the
facility is the mean score. Moodle shows both as percentages.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean

FEWEST = 5
"""First answers below which nothing is said but the facility: any two learners correlate."""

BEST = 1 / 3
"""Share of the learners, by their other answers, who are the best: of six, two."""

SUSPECT = 0.5
"""Mean score of the best below which most of them miss a question."""


def discrimination(own: Sequence[float], rest: Sequence[float]) -> float | None:
    """Return the discrimination index, -1…1: 1 where who does well elsewhere does well here.

    `own` are the scores on the question and `rest` those of the same learners on everything else.
    A learner meets only a part of a composed round's questions, so `rest` is a mean where Moodle
    has a sum; where all answer the same questions both give the same index. None where either does
    not vary.
    """
    mean_own, mean_rest = fmean(own), fmean(rest)
    spread_own = sum((x - mean_own) ** 2 for x in own)
    spread_rest = sum((y - mean_rest) ** 2 for y in rest)
    if not spread_own or not spread_rest:
        return None
    both = sum((x - mean_own) * (y - mean_rest) for x, y in zip(own, rest, strict=True))
    return both / sqrt(spread_own * spread_rest)


def suspect(own: Sequence[float], rest: Sequence[float]) -> bool:
    """Whether the best learners, by their other answers, mostly miss a question.

    They must do no better on it than the others do: then its key may be wrong.
    """
    ranked = [score for _, score in sorted(zip(rest, own, strict=True), reverse=True)]
    best = max(1, round(BEST * len(ranked)))
    of_best = fmean(ranked[:best])
    return of_best < SUSPECT and of_best <= fmean(ranked[best:])

"""What the answers of a class say: of each learner, of each question, of the class. Pure.

First answers are what is counted; retries stand apart, since whoever has seen the verdict once
knows the answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.discernment import Axis, Discernment, count, discern
from bot.quiz.labels import Ask
from bot.quiz.tally import SETTLED, Tally, kinds_said, tally
from bot.store.results import Result

Asked = tuple[str, str, Ask]
"""A question of a set, and what is asked about it."""

FEWEST = 5
"""First answers below which a discrimination index says nothing: any two learners make one."""

BEST = 1 / 3
"""Share of the learners, by their other answers, who are the best."""

SUSPECT = 0.5
"""Mean score of the best below which a question that others do better on may have a wrong key."""


@dataclass(frozen=True, slots=True)
class OfLearner:
    """A learner's first answers, counted; `retries` are the answers after the first."""

    learner: int
    tally: Tally
    answers: int
    retries: int
    score: float


@dataclass(frozen=True, slots=True)
class OfQuestion:
    """A question's first answers.

    `facility` is their mean score, 0…1. `discrimination` is -1…1, or None with too few answers or
    where all scored the same. `said` counts what was said, the commonest first. `suspect` warns
    that the best learners miss it oftener than the others: its key may be wrong.
    """

    asked: Asked
    answers: int
    retries: int
    facility: float
    discrimination: float | None
    said: tuple[tuple[str, int], ...]
    suspect: bool


@dataclass(frozen=True, slots=True)
class OfClass:
    """All of it. `discernment` has an axis only where both of its classes have answers."""

    learners: tuple[OfLearner, ...]
    questions: tuple[OfQuestion, ...]
    discernment: tuple[tuple[Axis, Discernment], ...]
    answers: int
    retries: int


def of_class(results: Sequence[Result]) -> OfClass:
    """Count the answers of a class."""
    first = [one for one in results if one.attempt == 1]
    pairs = kinds_said(one.graded for one in first)
    counted = [(axis, count(axis, pairs)) for axis in Axis]
    return OfClass(
        learners=tuple(_learners(results)),
        questions=tuple(_questions(results)),
        discernment=tuple(
            (axis, discern(counts)) for axis, counts in counted if counts.signals and counts.others
        ),
        answers=len(first),
        retries=len(results) - len(first),
    )


def missed_most(questions: Iterable[OfQuestion], most: int) -> list[OfQuestion]:
    """Return the questions with the lowest facility, the lowest first; none that all got right."""
    missed = [one for one in questions if one.facility < 1]
    return sorted(missed, key=lambda one: (one.facility, -one.answers))[:most]


def said_label(said: Said) -> str:
    """Return what was said in a word or a few, for counting."""
    match said:
        case Chosen(kind):
            return kind
        case Marked(spans, strays):
            return "nothing loaded" if not spans and not strays else "marked"
        case Reasoned():
            return "a reason"
        case Passed():
            return "not sure"


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's correlation, -1…1; None where either does not vary."""
    mean_x, mean_y = fmean(xs), fmean(ys)
    spread_x = sum((x - mean_x) ** 2 for x in xs)
    spread_y = sum((y - mean_y) ** 2 for y in ys)
    if not spread_x or not spread_y:
        return None
    both = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return both / sqrt(spread_x * spread_y)


def _learners(results: Sequence[Result]) -> Iterable[OfLearner]:
    by: dict[int, list[Result]] = defaultdict(list)
    for one in results:
        by[one.learner].append(one)
    for learner, theirs in by.items():
        first = [one for one in theirs if one.attempt == 1]
        yield OfLearner(
            learner=learner,
            tally=tally(one.graded for one in first),
            answers=len(first),
            retries=len(theirs) - len(first),
            score=_mean(first),
        )


def _questions(results: Sequence[Result]) -> Iterable[OfQuestion]:
    """Yield the questions in the order of their first answers.

    Facility and discrimination index are those of Moodle's quiz statistics (docs.moodle.org,
    "Quiz statistics calculations"): the mean score, and the correlation of a question's scores
    with the scores of the same learners on everything else.
    """
    by: dict[Asked, list[Result]] = defaultdict(list)
    for one in results:
        by[(one.slug, one.question, one.ask)].append(one)
    scores: dict[int, dict[Asked, float]] = defaultdict(dict)
    for asked, answers in by.items():
        for one in answers:
            if one.attempt == 1 and one.grade.verdict in SETTLED:
                scores[one.learner].setdefault(asked, one.grade.score)
    for asked, answers in by.items():
        first = [one for one in answers if one.attempt == 1]
        own, rest = _beside(asked, scores)
        yield OfQuestion(
            asked=asked,
            answers=len(first),
            retries=len(answers) - len(first),
            facility=_mean(first),
            discrimination=correlation(own, rest) if len(own) >= FEWEST else None,
            said=tuple(Counter(said_label(one.said) for one in first).most_common()),
            suspect=len(own) >= FEWEST and _suspect(own, rest),
        )


def _beside(asked: Asked, scores: dict[int, dict[Asked, float]]) -> tuple[list[float], list[float]]:
    """Return the scores on a question, and the mean of the same learners' others."""
    own, rest = [], []
    for theirs in scores.values():
        others = [score for other, score in theirs.items() if other != asked]
        if asked in theirs and others:
            own.append(theirs[asked])
            rest.append(fmean(others))
    return own, rest


def _suspect(own: Sequence[float], rest: Sequence[float]) -> bool:
    """Whether the best, by their other answers, mostly miss what the others mostly do not."""
    ranked = [score for _, score in sorted(zip(rest, own, strict=True), reverse=True)]
    best = max(1, round(BEST * len(ranked)))
    return fmean(ranked[:best]) < SUSPECT and fmean(ranked[:best]) < fmean(ranked[best:])


def _mean(results: Sequence[Result]) -> float:
    """Return the mean score of what says something about a learner, 0…1; 0 of nothing."""
    settled = [one.grade.score for one in results if one.grade.verdict in SETTLED]
    return fmean(settled) if settled else 0.0

"""What the answers of a class say: of each learner, of each question, of the class. Pure.

First answers are what is counted; retries stand apart, since whoever has seen the verdict once
knows the answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned
from bot.quiz.discernment import Axis, Discernment, count, discern
from bot.quiz.labels import Ask
from bot.quiz.tally import SETTLED, Tally, kinds_said, tally
from bot.store.results import Result
from bot.teaching.items import FEWEST, discrimination, suspect

Asked = tuple[str, str, Ask]
"""A question of a set, and what is asked about it."""

NOT_SURE, NOTHING = "not sure", "nothing"
"""What stands among the things said for the two buttons that name no kind and no words."""

LEAST_RANKED = 3
"""Opinions, and facts or claims, that a learner must have judged to stand on a leaderboard.

With fewer one lucky answer decides the place.
"""


@dataclass(frozen=True, slots=True)
class OfLearner:
    """A learner's first answers, counted; `retries` are the answers after the first.

    The scores are means, 0…1, of what says something about the learner; None where nothing does.
    `discernment` has an axis only where both of its classes have answers.
    """

    learner: int
    tally: Tally
    answers: int
    retries: int
    score: float | None
    retried: float | None
    discernment: Mapping[Axis, Discernment]


@dataclass(frozen=True, slots=True)
class OfQuestion:
    """A question's first answers.

    `facility` is their mean score, 0…1, `retried` that of the retries; None where no grade says
    anything. `discrimination` is -1…1, or None with too few answers or where all scored the same.
    `said` counts what was said, the commonest first: kinds, the words that were marked, or for
    reasons their verdicts. `suspect` warns that the best learners miss it: its key may be wrong.
    """

    asked: Asked
    answers: int
    retries: int
    facility: float | None
    retried: float | None
    discrimination: float | None
    said: tuple[tuple[str, int], ...]
    suspect: bool


@dataclass(frozen=True, slots=True)
class OfClass:
    """All of it. `discernment` has an axis only where both of its classes have answers."""

    learners: tuple[OfLearner, ...]
    questions: tuple[OfQuestion, ...]
    discernment: Mapping[Axis, Discernment]
    answers: int
    retries: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a leaderboard, from 1; equals share one."""

    place: int
    learner: int
    sensitivity: float


def of_class(results: Sequence[Result], targets: Mapping[int, str]) -> OfClass:
    """Count the answers of a class. `targets` are the sentences asked about, by answer."""
    first = [one for one in results if one.attempt == 1]
    return OfClass(
        learners=tuple(_learners(results)),
        questions=tuple(_questions(results, targets)),
        discernment=_discernment(first),
        answers=len(first),
        retries=len(results) - len(first),
    )


def missed_most(questions: Iterable[OfQuestion], most: int) -> list[OfQuestion]:
    """Return the questions with the lowest facility, the lowest first; none that all got right."""
    missed = [one for one in questions if one.facility is not None and one.facility < 1]
    return sorted(missed, key=_hardest)[:most]


def hardest_first(questions: Iterable[OfQuestion]) -> list[OfQuestion]:
    """Return the questions by facility, the lowest first, those without one last."""
    return sorted(questions, key=_hardest)


def best_first(learners: Iterable[OfLearner]) -> list[OfLearner]:
    """Return the learners by mean score, the highest first, those without one last."""
    return sorted(learners, key=lambda one: -1.0 if one.score is None else one.score, reverse=True)


def leaderboard(results: Sequence[Result], ranked: Collection[int]) -> list[Place]:
    """Return who of those that wish to be ranked tell opinions from facts best, the best first.

    The order is that of d′ over first answers about kinds. Points play no part, and neither do
    marks, so that nothing is won by marking or answering more.
    """
    by: dict[int, list[Result]] = defaultdict(list)
    for one in results:
        if one.attempt == 1 and one.learner in ranked:
            by[one.learner].append(one)
    found: list[tuple[float, int]] = []
    for learner, theirs in by.items():
        counts = count(Axis.STANCE, kinds_said(one.graded for one in theirs))
        if min(counts.signals, counts.others) >= LEAST_RANKED:
            found.append((discern(counts).sensitivity, learner))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    values = [sensitivity for sensitivity, _ in found]
    return [Place(values.index(value) + 1, learner, value) for value, learner in found]


def _learners(results: Sequence[Result]) -> Iterable[OfLearner]:
    by: dict[int, list[Result]] = defaultdict(list)
    for one in results:
        by[one.learner].append(one)
    for learner, theirs in by.items():
        first, retries = _apart(theirs)
        yield OfLearner(
            learner=learner,
            tally=tally(one.graded for one in first),
            answers=len(first),
            retries=len(retries),
            score=_mean(first),
            retried=_mean(retries),
            discernment=_discernment(first),
        )


def _questions(results: Sequence[Result], targets: Mapping[int, str]) -> Iterable[OfQuestion]:
    """Yield the questions in the order of their first answers."""
    by: dict[Asked, list[Result]] = defaultdict(list)
    scores: dict[int, dict[Asked, float]] = defaultdict(dict)
    for one in results:
        asked = (one.slug, one.question, one.ask)
        by[asked].append(one)
        if one.attempt == 1 and one.grade.verdict in SETTLED:
            scores[one.learner].setdefault(asked, one.grade.score)
    for asked, answers in by.items():
        first, retries = _apart(answers)
        own, rest = _beside(asked, scores)
        said = Counter(label for one in first for label in _labels(one, targets[one.answer]))
        yield OfQuestion(
            asked=asked,
            answers=len(first),
            retries=len(retries),
            facility=_mean(first),
            retried=_mean(retries),
            discrimination=discrimination(own, rest) if len(own) >= FEWEST else None,
            said=tuple(said.most_common()),
            suspect=len(own) >= FEWEST and suspect(own, rest),
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


def _labels(one: Result, target: str) -> list[str]:
    """Return what was said in words for counting; each marked part is one."""
    match one.said:
        case Chosen(kind):
            return [kind]
        case Marked(spans, strays):
            return [target[a:b].lower() for a, b in spans] or ([] if strays else [NOTHING])
        case Reasoned():
            return [one.grade.verdict]
        case Passed():
            return [NOT_SURE]


def _discernment(first: Sequence[Result]) -> dict[Axis, Discernment]:
    pairs = kinds_said(one.graded for one in first)
    counted = {axis: count(axis, pairs) for axis in Axis}
    return {
        axis: discern(counts)
        for axis, counts in counted.items()
        if counts.signals and counts.others
    }


def _apart(results: Sequence[Result]) -> tuple[list[Result], list[Result]]:
    """Return first answers and retries."""
    first = [one for one in results if one.attempt == 1]
    return first, [one for one in results if one.attempt > 1]


def _mean(results: Sequence[Result]) -> float | None:
    """Return the mean score of what says something about a learner, 0…1."""
    settled = [one.grade.score for one in results if one.grade.verdict in SETTLED]
    return fmean(settled) if settled else None


def _hardest(one: OfQuestion) -> tuple[float, int]:
    return (2.0 if one.facility is None else one.facility, -one.answers)

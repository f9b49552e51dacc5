"""What the answers of a class say: of each learner, of each question, of the class. Pure.

First answers are what is counted; retries stand apart, since whoever has seen the verdict once
knows the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.quiz.discernment import Axis, Discernment, count_table, discern
from bot.quiz.labels import Ask, Kind

Asked = tuple[str, str, Ask]
"""A question of a set, and what is asked about it."""

Pair = tuple[Kind, Kind]
"""A kind that was expected, and the one that was said."""

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
    `over` is how many words were marked beyond the loaded ones, `kinds` how often which was said.
    """

    learner: int
    over: int
    answers: int
    retries: int
    score: float | None
    retried: float | None
    kinds: Mapping[Pair, int]

    @property
    def discernment(self) -> Mapping[Axis, Discernment]:
        """Sensitivity and lean, on an axis only where both of its classes have answers."""
        return discernment_of(self.kinds)


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


def leaderboard(said: Mapping[int, Mapping[Pair, int]]) -> list[Place]:
    """Return who tells opinions from facts best, the best first, of those that wish to be ranked.

    `said` counts the first answers of each about kinds. The order is that of d′. Points play no
    part, and neither do marks, so that nothing is won by marking or answering more.
    """
    found: list[tuple[float, int]] = []
    for learner, kinds in said.items():
        counts = count_table(Axis.STANCE, kinds)
        if min(counts.signals, counts.others) >= LEAST_RANKED:
            found.append((discern(counts).sensitivity, learner))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    places: dict[float, int] = {}
    for n, (sensitivity, _) in enumerate(found, 1):
        places.setdefault(sensitivity, n)
    return [Place(places[sensitivity], learner, sensitivity) for sensitivity, learner in found]


def discernment_of(kinds: Mapping[Pair, int]) -> dict[Axis, Discernment]:
    """Return sensitivity and lean, on an axis only where both of its classes have answers."""
    counted = {axis: count_table(axis, kinds) for axis in Axis}
    return {
        axis: discern(counts)
        for axis, counts in counted.items()
        if counts.signals and counts.others
    }


def _hardest(one: OfQuestion) -> tuple[float, int]:
    return (2.0 if one.facility is None else one.facility, -one.answers)

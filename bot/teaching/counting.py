"""Counting a class's answers as they come, one by one. Pure; what is counted is in `results`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import fsum
from statistics import fmean

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned
from bot.quiz.labels import Ask
from bot.quiz.tally import SETTLED, Graded, kind_said
from bot.store.results import Result, Short
from bot.teaching.items import FEWEST, discrimination, suspect
from bot.teaching.results import (
    NOT_SURE,
    NOTHING,
    Asked,
    OfClass,
    OfLearner,
    OfQuestion,
    Pair,
    discernment_of,
)

Counted = Short | Result


def of_class(given: Iterable[Counted], target: Callable[[Counted], str]) -> OfClass:
    """Count the answers of a class as they come; `target` gives the sentence asked about."""
    learners: dict[int, _Learner] = defaultdict(_Learner)
    questions: dict[Asked, _Question] = defaultdict(_Question)
    for one in given:
        asked = (one.slug, one.question, one.ask)
        graded, first = one.graded, one.attempt == 1
        learner, question = learners[one.learner], questions[asked]
        learner.count(graded, first=first)
        question.count(graded, first=first)
        if first:
            question.said.update(_labels(graded, target(one)))
            if graded.grade.verdict in SETTLED:
                learner.by.setdefault(asked, graded.grade.score)
    beside = _beside(learners.values())
    kinds = Counter[Pair]()
    for each in learners.values():
        kinds.update(each.kinds)
    return OfClass(
        learners=tuple(one.found(number) for number, one in learners.items()),
        questions=tuple(one.found(asked, *beside[asked]) for asked, one in questions.items()),
        discernment=discernment_of(kinds),
        answers=sum(one.answers for one in learners.values()),
        retries=sum(one.retries for one in learners.values()),
    )


@dataclass(slots=True)
class _Count:
    """Answers as they come, of a learner or to a question."""

    answers: int = 0
    retries: int = 0
    scores: list[float] = field(default_factory=list)
    retried: list[float] = field(default_factory=list)

    def count(self, one: Graded, *, first: bool) -> None:
        """Count an answer, and its score where it says something about the learner."""
        if first:
            self.answers += 1
        else:
            self.retries += 1
        if one.grade.verdict in SETTLED:
            (self.scores if first else self.retried).append(one.grade.score)


@dataclass(slots=True)
class _Learner(_Count):
    """A learner's answers; `by` has the first score on each thing asked."""

    over: int = 0
    kinds: Counter[Pair] = field(default_factory=Counter)
    by: dict[Asked, float] = field(default_factory=dict)

    def count(self, one: Graded, *, first: bool) -> None:
        """Count an answer; marks and kinds of first ones."""
        _Count.count(self, one, first=first)
        if not first:
            return
        if one.ask is Ask.LOADED and one.grade.verdict in SETTLED:
            self.over += len(one.grade.marks.over)
        elif (pair := kind_said(one)) is not None:
            self.kinds[pair] += 1

    def found(self, number: int) -> OfLearner:
        """Return what was counted."""
        return OfLearner(
            learner=number,
            over=self.over,
            answers=self.answers,
            retries=self.retries,
            score=_mean(self.scores),
            retried=_mean(self.retried),
            kinds=self.kinds,
        )


@dataclass(slots=True)
class _Question(_Count):
    """The answers to a question."""

    said: Counter[str] = field(default_factory=Counter)

    def found(self, asked: Asked, own: list[float], rest: list[float]) -> OfQuestion:
        """Return what was counted; the scores are those of learners with others beside."""
        enough = len(own) >= FEWEST
        return OfQuestion(
            asked=asked,
            answers=self.answers,
            retries=self.retries,
            facility=_mean(self.scores),
            retried=_mean(self.retried),
            discrimination=discrimination(own, rest) if enough else None,
            said=tuple(self.said.most_common()),
            suspect=enough and suspect(own, rest),
        )


def _beside(learners: Iterable[_Learner]) -> dict[Asked, tuple[list[float], list[float]]]:
    """Return by question the scores on it, and the mean of the same learners' others."""
    found: dict[Asked, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for learner in learners:
        scores, others = learner.by.values(), len(learner.by) - 1
        for asked, score in learner.by.items() if others else ():
            own, rest = found[asked]
            own.append(score)
            # A sum is rounded once, so that equal others have equal means.
            rest.append(fsum((*scores, -score)) / others)
    return found


def _labels(one: Graded, target: str) -> list[str]:
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


def _mean(scores: list[float]) -> float | None:
    return fmean(scores) if scores else None

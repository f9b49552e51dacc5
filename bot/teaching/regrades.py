"""Grading again after a key changed: who would change, from what to what. Pure.

Reasons are left alone: a machine that judged them by the old kind would have to judge them anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.quiz.labels import Ask, GradedBy, Verdict
from bot.quiz.marking import mark
from bot.quiz.values import Grade, QuizSet
from bot.store.disputes import Decision, Settled
from bot.store.results import Result

KEY_CHANGED, ACCEPTED, REJECTED = "key changed", "accepted", "rejected"
"""Why an answer was graded again."""


@dataclass(frozen=True, slots=True)
class Change:
    """An answer with the grade that would take the place of the one that stands."""

    result: Result
    grade: Grade


@dataclass(frozen=True, slots=True)
class Plan:
    """What a regrade would change; `spared` are answers left because their score would fall."""

    changes: tuple[Change, ...]
    spared: int


def plan(results: Sequence[Result], quiz_set: QuizSet, *, lower: bool) -> Plan:
    """Compare the grades that stand with those of a set's keys; `lower` lets scores fall.

    What a person decided on stays, and so does what came too late.
    """
    questions = {question.id: question for question in quiz_set.questions}
    changes, spared = [], 0
    for one in results:
        question = questions.get(one.question)
        decided = one.grade.graded_by is GradedBy.PERSON or one.grade.verdict is Verdict.LATE
        if question is None or question.key is None or one.ask is Ask.REASON or decided:
            continue
        grade = mark(question, one.ask, one.said, None, over_costs=one.over_costs)
        if (grade.score, grade.expected) == (one.grade.score, one.grade.expected):
            continue
        if grade.score < one.grade.score and not lower:
            spared += 1
            continue
        changes.append(Change(one, grade))
    return Plan(tuple(changes), spared)


def accepted(grade: Grade) -> Grade:
    """Return the grade of an answer that a person counts as right."""
    return replace(grade, score=1.0, verdict=Verdict.RIGHT, graded_by=GradedBy.PERSON)


def rejected(grade: Grade) -> Grade:
    """Return the grade of an answer that no machine was sure of and a person finds wrong."""
    return replace(grade, score=0.0, verdict=Verdict.WRONG, graded_by=GradedBy.PERSON)


def agreement(settled: Sequence[Settled]) -> tuple[int, int]:
    """Return how often person and machine agree where the machine was not sure, and of how many.

    The machine takes an answer for right when its label is the kind that was said, or "good".
    """
    agree = sum(_machine_accepts(one) == (one.decision is Decision.ACCEPTED) for one in settled)
    return agree, len(settled)


def _machine_accepts(one: Settled) -> bool:
    return one.model_label == "good" or f'"{one.model_label}"' in one.said

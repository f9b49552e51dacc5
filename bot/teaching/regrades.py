"""Grading again: what a changed key would change, and grades that a person gives. Pure.

Reasons are left alone when a key changes: a machine that judged them by the old kind would have to
judge them anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.quiz.answers import Chosen, Marked, Passed
from bot.quiz.labels import Ask, GradedBy, Kind, ReasonLabel, Verdict
from bot.quiz.marking import mark
from bot.quiz.marking.loaded import score_of
from bot.quiz.values import Grade, Key, Marks, Passage, Question, QuizSet, Span
from bot.store.disputes import Decision, Settled
from bot.store.log import said_from_json
from bot.store.results import Result


@dataclass(frozen=True, slots=True)
class Change:
    """An answer with the grade that would take the place of the one that stands."""

    result: Result
    grade: Grade

    @property
    def felt(self) -> bool:
        """Whether score or verdict change, and not only what the answer is held against."""
        before, after = self.result.grade, self.grade
        return (before.score, before.verdict) != (after.score, after.verdict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a regrade would change; `spared` are answers left because their score would fall."""

    changes: tuple[Change, ...]
    spared: int

    @property
    def felt(self) -> tuple[Change, ...]:
        """The changes of a score or a verdict."""
        return tuple(change for change in self.changes if change.felt)

    @property
    def unfelt(self) -> int:
        """How many answers are as wrong by the new key as by the old one."""
        return len(self.changes) - len(self.felt)


def plan(
    results: Sequence[Result], quiz_set: QuizSet, passages: Mapping[int, Passage], *, lower: bool
) -> Plan:
    """Compare the grades that stand with those of a set's keys; `lower` lets scores fall.

    `passages` are what was asked about, by answer. What a person decided on stays, and so do
    answers that came too late or were given to a passage that has changed since.
    """
    questions = {question.id: question for question in quiz_set.questions}
    changes, spared = [], 0
    for one in results:
        question = questions.get(one.question)
        if question is None or question.key is None or not _open(one):
            continue
        if question.passage != passages[one.answer]:
            continue
        grade = mark(question, one.ask, one.said, None, over_costs=one.over_costs)
        if _same(grade, one.grade):
            continue
        if grade.score < one.grade.score and not lower:
            spared += 1
            continue
        changes.append(Change(one, grade))
    return Plan(tuple(changes), spared)


def accepted(one: Result, target: str) -> Grade:
    """Return the grade of an answer that a person counts as right.

    What was said is then what is held against it, so that it counts as recognised.
    """
    grade = replace(one.grade, score=1.0, verdict=Verdict.RIGHT, graded_by=GradedBy.PERSON)
    match one.said:
        case Chosen(kind):
            return replace(grade, expected=kind)
        case Marked(spans):
            words = "; ".join(target[start:end] for start, end in spans)
            return replace(grade, expected=words, marks=Marks(hits=spans))
    return grade


def rejected(one: Result) -> Grade:
    """Return the grade of an answer that a person counts as wrong.

    What would have been right is what the machine read, if that is another kind; else nobody says.
    """
    grade = replace(one.grade, score=0.0, verdict=Verdict.WRONG, graded_by=GradedBy.PERSON)
    if one.ask is not Ask.KIND:
        return grade
    label = one.grade.model_label
    differs = not isinstance(one.said, Chosen) or label != one.said.kind
    return replace(grade, expected=label if label in tuple(Kind) and differs else "")


def with_kind(question: Question, kind: Kind) -> Question:
    """Return a question with another kind; its explanation and cues were for the old one."""
    key = replace(question.key, kind=kind, reason=()) if question.key else Key(kind)
    return replace(question, key=key, explain="")


def with_words(question: Question, spans: Sequence[Span]) -> Question:
    """Return a question with other loaded words; spans that lie in others are left out.

    The kind that its key must have is there already: ValueError for a question without a key.
    """
    if question.key is None:
        raise ValueError(f"question {question.id} has no key")
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return replace(question, key=replace(question.key, loaded=tuple(kept)))


def agreement(settled: Sequence[Settled], kinds: Mapping[tuple[str, str], Kind]) -> tuple[int, int]:
    """Return how often person and machine agree where the machine was not sure, and of how many.

    `kinds` are those of the newest keys, by set and question. Answers whose grade a person left
    open, and those that say "not sure", tell nothing.
    """
    compared = [
        agrees
        for one in settled
        if (agrees := _agrees(one, kinds.get((one.slug, one.question)))) is not None
    ]
    return sum(compared), len(compared)


def _agrees(one: Settled, kind: Kind | None) -> bool | None:
    said = said_from_json(one.said)
    if one.decision is Decision.UPHELD or isinstance(said, Passed):
        return None
    if one.decision is Decision.REKEYED:
        return one.grade.model_label == kind if one.ask == Ask.KIND and kind else None
    match said:
        case Chosen(chosen):
            machine = one.grade.model_label == chosen
        case Marked():
            machine = score_of(one.grade.marks) == 1
        case _:
            machine = one.grade.model_label == ReasonLabel.GOOD
    return machine == (one.decision is Decision.ACCEPTED)


def _open(one: Result) -> bool:
    """Whether a changed key may change an answer's grade at all."""
    decided = one.grade.graded_by is GradedBy.PERSON or one.grade.verdict is Verdict.LATE
    return one.ask is not Ask.REASON and not decided


def _same(grade: Grade, other: Grade) -> bool:
    return (grade.score, grade.verdict, grade.expected) == (
        other.score,
        other.verdict,
        other.expected,
    )

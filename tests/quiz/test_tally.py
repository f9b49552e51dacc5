"""Plain counts over answers: what settles something, and what stays out."""

from __future__ import annotations

import pytest

from bot.quiz.answers import Chosen, Marked, Passed, Said
from bot.quiz.discernment import Axis, Counts, count, discern
from bot.quiz.labels import Ask, Kind, Verdict
from bot.quiz.marking import mark
from bot.quiz.tally import Graded, kinds_said, progress, tally
from bot.quiz.values import Question
from tests.quiz.builders import question, reading, spans_of

FACT, OPINION = Kind.SOURCED_FACT, Kind.OPINION

# question, what was said → does it count among the kinds called rightly or wrongly?
COUNTED: list[tuple[Question, Said, bool]] = [
    (question(kind=FACT), Chosen(FACT), True),
    (question(kind=FACT), Chosen(OPINION), True),
    (question(kind=FACT), Passed(), False),
    (question(kind=FACT, borderline=True), Chosen(FACT), False),
    (question(kind=FACT, borderline=True), Chosen(OPINION), False),
    (question(kind=None), Chosen(OPINION), False),
]


def graded(asked: Question, said: Said, ask: Ask = Ask.KIND) -> Graded:
    """Return an answer as the log gives it back."""
    return Graded(ask, said, mark(asked, ask, said, None), asked.borderline)


@pytest.mark.parametrize(("asked", "said", "counted"), COUNTED)
def test_only_what_can_be_right_and_wrong_counts(
    asked: Question, said: Said, counted: bool
) -> None:
    """Passes, borderline questions and unsure readings stay out of discernment altogether."""
    pairs = [(Kind(FACT), said.kind)] if counted and isinstance(said, Chosen) else []
    assert kinds_said([graded(asked, said)]) == pairs


def test_calling_everything_an_opinion_stays_no_skill_with_borderline_questions() -> None:
    """Borderline opinions, accepted either way, do not lift a learner who has one word for all."""
    answers = [
        graded(question(kind=kind, borderline=borderline), Chosen(OPINION))
        for kind in (FACT, OPINION)
        for borderline in (False, True)
        for _ in range(20)
    ]
    counts = count(Axis.STANCE, kinds_said(answers))
    assert counts == Counts(signals=20, hits=20, others=20, false_alarms=20)
    assert discern(counts).sensitivity == 0


def test_a_tally_keeps_the_skills_apart() -> None:
    """Kinds, loaded words and open answers are counted each on their own."""
    loaded = question(loaded=("despot",))
    answers = [
        graded(question(kind=FACT), Chosen(FACT)),
        graded(question(kind=FACT), Chosen(OPINION)),
        graded(question(kind=FACT), Passed()),
        graded(question(kind=None), Chosen(FACT)),
        graded(loaded, Marked(spans_of(loaded.passage.target, "despot", "Monday")), Ask.LOADED),
        graded(loaded, Marked(()), Ask.LOADED),
    ]
    counts = tally(answers)
    assert (counts.kind_right, counts.kind_total, counts.open) == (1, 3, 1)
    assert (counts.loaded_total, counts.hits, counts.misses, counts.over) == (2, 1, 1, 1)
    assert counts.points == 1 + 0 + 0 + 1 + 0.5 + 0


def test_progress_looks_back_on_settled_answers_alone() -> None:
    """An unsure reading moves the progress line neither up nor down."""
    answers = [
        graded(question(kind=FACT), Chosen(OPINION)),
        Graded(
            Ask.KIND,
            Chosen(FACT),
            mark(question(kind=None), Ask.KIND, Chosen(FACT), reading(sure=False)),
        ),
        graded(question(kind=FACT), Chosen(FACT)),
    ]
    assert answers[1].grade.verdict is Verdict.UNSURE
    assert progress(answers, Ask.KIND) == [0.0, 0.5]

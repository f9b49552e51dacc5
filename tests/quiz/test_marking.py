"""What holds for the marking of all three types."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.marking import fits, mark
from bot.quiz.marking.reason import matching
from bot.quiz.values import Question, Reading
from tests.quiz.builders import question, reading, spans_of
from tests.quiz.strategies import Case, asked

CHOSEN, MARKED, REASONED = Chosen(Kind.OPINION), Marked(()), Reasoned("It judges.")

# what is asked, what was said, is it an answer to that?
FITTING: list[tuple[Ask, Said, bool]] = [
    (Ask.KIND, CHOSEN, True),
    (Ask.KIND, MARKED, False),
    (Ask.KIND, REASONED, False),
    (Ask.LOADED, CHOSEN, False),
    (Ask.LOADED, MARKED, True),
    (Ask.LOADED, REASONED, False),
    (Ask.REASON, CHOSEN, False),
    (Ask.REASON, MARKED, False),
    (Ask.REASON, REASONED, True),
    (Ask.KIND, Passed(), True),
    (Ask.LOADED, Passed(), True),
    (Ask.REASON, Passed(), True),
]

# what is asked, the question, the reading → the verdict on "not sure", its score
PASSES: list[tuple[Ask, Question, Reading | None, Verdict, float]] = [
    (Ask.KIND, question(), None, Verdict.PASSED, 0),
    (Ask.KIND, question(borderline=True), None, Verdict.BORDERLINE, 1),
    (Ask.KIND, question(kind=None), reading(), Verdict.PASSED, 0),
    (Ask.KIND, question(kind=None), reading(sure=False), Verdict.UNSURE, 1),
    (Ask.KIND, question(kind=None), None, Verdict.UNSURE, 1),
    (Ask.LOADED, question(loaded=("despot",)), None, Verdict.PASSED, 0),
    (Ask.LOADED, question(), None, Verdict.PASSED, 0),
    (Ask.LOADED, question(kind=None), reading(loaded_sure=False), Verdict.UNSURE, 1),
    (Ask.REASON, question(reason=("judges",)), None, Verdict.PASSED, 0),
    (Ask.REASON, question(kind=None), reading(sure=False), Verdict.PASSED, 0),
]


@pytest.mark.parametrize(("ask", "said", "fitting"), FITTING)
def test_only_some_answers_fit_a_question(ask: Ask, said: Said, fitting: bool) -> None:
    """Each type takes its own kind of answer and "not sure"; marking another one is an error."""
    assert fits(ask, said) is fitting
    if fitting:
        mark(question(), ask, said, None)
    else:
        with pytest.raises(ValueError, match="does not answer"):
            mark(question(), ask, said, None)


@pytest.mark.parametrize(("ask", "on", "read", "verdict", "score"), PASSES)
def test_not_sure_costs_the_points_and_nothing_else(
    ask: Ask, on: Question, read: Reading | None, verdict: Verdict, score: float
) -> None:
    """Passing gives no points, except where the case itself is open: there it is accepted."""
    grade = mark(on, ask, Passed(), read)
    assert (grade.verdict, grade.score) == (verdict, score)


def test_passing_shows_what_there_was_to_find() -> None:
    """Who passes still learns the answer: the kind, or the words as misses."""
    on = question(loaded=("despot",))
    assert mark(on, Ask.KIND, Passed(), None).expected == Kind.OPINION
    marks = mark(on, Ask.LOADED, Passed(), None).marks
    assert (marks.hits, marks.misses, marks.over) == ((), spans_of("The despot", "despot"), ())


@given(asked())
@settings(max_examples=60, deadline=None)
def test_every_grade_is_within_its_bounds(case: Case) -> None:
    """Any answer, whatever was read and judged, scores 0…1, and its verdict agrees with it."""
    grade = mark(*case)
    assert 0 <= grade.score <= 1
    match grade.verdict:
        case Verdict.RIGHT | Verdict.UNSURE | Verdict.BORDERLINE:
            assert grade.score == 1
        case Verdict.WRONG | Verdict.PASSED:
            assert grade.score == 0
        case Verdict.PARTLY:
            assert 0 < grade.score < 1


@given(asked())
@settings(max_examples=60, deadline=None)
def test_a_doubt_never_marks_down(case: Case) -> None:
    """A machine that is not sure and a borderline question accept whatever a learner commits to."""
    on, _, said, _, _ = case
    grade = mark(*case)
    unsure = grade.graded_by is GradedBy.READER and not grade.model_sure
    if (unsure or on.borderline) and not isinstance(said, Passed):
        assert grade.score == 1
        assert grade.verdict not in (Verdict.WRONG, Verdict.PARTLY)


@given(asked())
@settings(max_examples=60, deadline=None)
def test_a_key_outranks_the_reader(case: Case) -> None:
    """With a key, score, verdict and what is shown are the same whatever the machine read."""
    on, ask, said, _, judged = case
    if on.key is None:
        return
    with_it, without = mark(*case), mark(on, ask, said, None, judged)
    assert (with_it.score, with_it.verdict, with_it.graded_by, with_it.expected, with_it.marks) == (
        without.score,
        without.verdict,
        without.graded_by,
        without.expected,
        without.marks,
    )


@given(asked())
@settings(max_examples=60, deadline=None)
def test_what_the_machine_read_is_noted(case: Case) -> None:
    """The model's version stands on the grade exactly when it read, or judged a reason."""
    _, ask, _, read, judged = case
    grade, found = mark(*case), judged if ask is Ask.REASON else read
    assert grade.model_version == (found.model if found else "")
    assert (grade.model_sure is None) is (found is None)


@given(asked())
@settings(max_examples=60, deadline=None)
def test_a_named_point_of_the_key_outranks_a_judgement(case: Case) -> None:
    """Who names a point of the key loses nothing by what the machine makes of it."""
    on, ask, said, read, _ = case
    if not isinstance(said, Reasoned) or not mark(on, ask, said, read).matched:
        return
    grade = mark(*case)
    assert grade.score == 1
    assert grade.matched == matching(on.key.reason if on.key else (), said.text)
    assert grade.verdict in (Verdict.RIGHT, Verdict.UNSURE)

"""What a changed key would change, and grades that a person gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.marking import mark
from bot.quiz.tally import kinds_said
from bot.quiz.values import Grade, Marks, Passage, QuizSet
from bot.store.disputes import Decision, Settled
from bot.store.log import said_to_json
from bot.store.results import Result
from bot.teaching.regrades import (
    Plan,
    accepted,
    agreement,
    plan,
    rejected,
    with_kind,
    with_words,
)
from tests.quiz.builders import TEXT, question, quiz_set, span_of
from tests.teaching.answered import result

FACT, CLAIM, SAID, OPINION = Kind
DESPOT, MONDAY = span_of(TEXT, "despot"), span_of(TEXT, "Monday")
TO_FACT = quiz_set(question(name="a", kind=FACT), question(name="b", kind=FACT))
UNSURE = Grade(1, Verdict.UNSURE, GradedBy.READER, OPINION, model_label=OPINION)


def planned(results: list[Result], to: QuizSet = TO_FACT, *, lower: bool = False) -> Plan:
    """Return the plan for answers that were given to the passages as they are."""
    passages = {one.answer: Passage(TEXT, 0, len(TEXT)) for one in results}
    return plan(results, to, passages, lower=lower)


def test_scores_rise_and_fall_only_where_they_may() -> None:
    """A score that would fall is spared and counted, unless it may fall."""
    answers = [result(1, "a", 1), result(2, "a", 0), result(3, "b", 0)]
    spared = planned(answers)
    assert [one.result.learner for one in spared.changes] == [2, 3]
    assert spared.spared == 1
    fallen = planned(answers, lower=True)
    assert [(one.result.learner, one.grade.score) for one in fallen.changes] == [
        (1, 0),
        (2, 1),
        (3, 1),
    ]
    assert fallen.spared == 0
    assert fallen.changes[1].grade == mark(TO_FACT.questions[0], Ask.KIND, Chosen(FACT), None)


def test_what_is_wrong_by_both_keys_is_told_apart() -> None:
    """Its score and verdict stay, and only what it is held against changes."""
    wrong = Grade(0, Verdict.WRONG, GradedBy.KEY, OPINION)
    found = planned([result(1, "a", said=Chosen(CLAIM), grade=wrong), result(2, "a", 0)])
    assert [one.result.learner for one in found.changes] == [1, 2]
    assert [one.result.learner for one in found.felt] == [2]
    assert found.unfelt == 1
    assert found.changes[0].grade.expected == FACT


# Answers that a changed key leaves alone, and why.
LEFT: list[tuple[str, Result]] = [
    ("another set's question", result(1, "z", 0)),
    ("decided by a person", result(1, "a", grade=Grade(0, Verdict.WRONG, GradedBy.PERSON, FACT))),
    ("too late", result(1, "a", grade=Grade(0, Verdict.LATE, GradedBy.KEY, OPINION))),
    ("a reason", result(1, "a", ask=Ask.REASON, said=Reasoned("x"), grade=UNSURE)),
    ("graded so already", result(1, "a", grade=Grade(1, Verdict.RIGHT, GradedBy.KEY, FACT))),
]


@pytest.mark.parametrize(("why", "answer"), LEFT)
def test_what_a_changed_key_leaves_alone(why: str, answer: Result) -> None:
    """No plan touches what the key does not decide."""
    answer = replace(answer, said=answer.said if answer.ask is Ask.REASON else Chosen(FACT))
    assert planned([answer], lower=True) == Plan((), 0), why


def test_an_answer_to_another_passage_is_left_alone() -> None:
    """A question that kept its id and changed its words is another question."""
    answer = result(1, "a", 0)
    before = {answer.answer: Passage("The tyrant spoke.", 0, 17)}
    assert plan([answer], TO_FACT, before, lower=True) == Plan((), 0)


def test_a_question_without_a_key_changes_nothing() -> None:
    """Where no key is there is nothing to grade by."""
    assert planned([result(1, "q", 0)], quiz_set(question(kind=None)), lower=True) == Plan((), 0)


def test_what_was_unsure_is_settled_by_a_new_key() -> None:
    """An accepted answer becomes a right one, though its score is the same."""
    (change,) = planned([result(1, "a", said=Chosen(FACT), grade=UNSURE)]).changes
    assert (change.grade.verdict, change.grade.graded_by) == (Verdict.RIGHT, GradedBy.KEY)
    assert planned([result(1, "a", said=Chosen(OPINION), grade=UNSURE)]).spared == 1


@pytest.mark.parametrize(("over_costs", "score"), [(True, 0.5), (False, 1.0)])
def test_marked_words_are_graded_under_the_options_of_their_round(
    over_costs: bool, score: float
) -> None:
    """Where marking too much cost nothing it costs nothing later either."""
    said = Marked((DESPOT, MONDAY))
    before = Grade(0, Verdict.WRONG, GradedBy.KEY, "")
    answer = result(1, "q", ask=Ask.LOADED, said=said, grade=before, over_costs=over_costs)
    (change,) = planned([answer], quiz_set(question(loaded=("despot",)))).changes
    assert change.grade.score == score
    assert change.grade.expected == "despot"


def test_an_accepted_kind_counts_as_recognised() -> None:
    """What was said is held against it, so that discernment sees a hit and no contradiction."""
    answer = result(1, "a", 0)
    grade = accepted(answer, TEXT)
    assert (grade.score, grade.verdict, grade.graded_by) == (1, Verdict.RIGHT, GradedBy.PERSON)
    assert kinds_said([replace(answer, grade=grade).graded]) == [(FACT, FACT)]


def test_accepted_words_are_hits() -> None:
    """No word of an accepted answer counts as missed or marked too much."""
    before = Grade(0, Verdict.WRONG, GradedBy.KEY, "spoke", marks=Marks(over=(DESPOT,)))
    grade = accepted(result(1, "a", ask=Ask.LOADED, said=Marked((DESPOT,)), grade=before), TEXT)
    assert (grade.expected, grade.marks) == ("despot", Marks(hits=(DESPOT,)))


# What was asked and said, the machine's label, and what is held against a rejected answer.
REJECTED: list[tuple[Ask, Said, str, str]] = [
    (Ask.KIND, Chosen(FACT), OPINION, OPINION),
    (Ask.KIND, Chosen(FACT), FACT, ""),
    (Ask.KIND, Chosen(FACT), "", ""),
    (Ask.KIND, Passed(), OPINION, OPINION),
    (Ask.REASON, Reasoned("x"), "off", "a cue"),
    (Ask.LOADED, Marked(()), "despot", "a cue"),
]


@pytest.mark.parametrize(("ask", "said", "label", "expected"), REJECTED)
def test_a_rejected_answer(ask: Ask, said: Said, label: str, expected: str) -> None:
    """It is wrong by a person; no skill is read out of it where nobody says what is right."""
    before = replace(UNSURE, expected="a cue", model_label=label)
    answer = result(1, "a", ask=ask, said=said, grade=before)
    grade = rejected(answer)
    assert (grade.score, grade.verdict, grade.expected) == (0, Verdict.WRONG, expected)
    assert grade.graded_by is GradedBy.PERSON
    counted = ask is Ask.KIND and isinstance(said, Chosen) and bool(expected)
    assert bool(kinds_said([replace(answer, grade=grade).graded])) is counted


def test_another_kind_takes_what_was_for_the_old_one() -> None:
    """Explanation and cues go, loaded words stay; a question without a key gets one."""
    changed = with_kind(question(loaded=("despot",), reason=("a cue",)), FACT)
    assert changed.key is not None
    assert (changed.key.kind, changed.key.loaded, changed.key.reason) == (FACT, (DESPOT,), ())
    assert changed.explain == ""
    given = with_kind(question(kind=None), FACT)
    assert given.key is not None
    assert given.key.kind is FACT


def test_other_words_keep_the_kind() -> None:
    """Words take the place of the old ones, in order, none inside another."""
    whole = (DESPOT[0], MONDAY[1])
    changed = with_words(question(loaded=("Monday",)), (MONDAY, whole, DESPOT))
    assert changed.key is not None
    assert (changed.key.kind, changed.key.loaded) == (OPINION, (whole,))
    assert with_words(question(loaded=("despot",)), ()).key == replace(changed.key, loaded=())
    with pytest.raises(ValueError, match="no key"):
        with_words(question(kind=None), ())


HIT, MISS = Marks(hits=(DESPOT,)), Marks(misses=(DESPOT,))

# What was asked and said, the machine's label and marks, the decision, and whether they agree.
AGREED: list[tuple[Ask, Said, str, Marks, Decision, bool | None]] = [
    (Ask.KIND, Chosen(OPINION), OPINION, Marks(), Decision.ACCEPTED, True),
    (Ask.KIND, Chosen(FACT), OPINION, Marks(), Decision.ACCEPTED, False),
    (Ask.KIND, Chosen(FACT), OPINION, Marks(), Decision.REJECTED, True),
    (Ask.KIND, Chosen(FACT), OPINION, Marks(), Decision.UPHELD, None),
    (Ask.KIND, Passed(), OPINION, Marks(), Decision.ACCEPTED, None),
    (Ask.KIND, Chosen(FACT), CLAIM, Marks(), Decision.REKEYED, True),
    (Ask.KIND, Chosen(FACT), OPINION, Marks(), Decision.REKEYED, False),
    (Ask.REASON, Reasoned("x"), "good", Marks(), Decision.ACCEPTED, True),
    (Ask.REASON, Reasoned("x"), "partly", Marks(), Decision.ACCEPTED, False),
    (Ask.REASON, Reasoned("x"), "off", Marks(), Decision.REJECTED, True),
    (Ask.LOADED, Marked((DESPOT,)), "despot", HIT, Decision.ACCEPTED, True),
    (Ask.LOADED, Marked(()), "despot", MISS, Decision.ACCEPTED, False),
    (Ask.LOADED, Marked(()), "despot", MISS, Decision.REJECTED, True),
    (Ask.LOADED, Marked(()), "despot", MISS, Decision.REKEYED, None),
]


@pytest.mark.parametrize(("ask", "said", "label", "marks", "decision", "agrees"), AGREED)
def test_how_often_person_and_machine_agree(
    ask: Ask, said: Said, label: str, marks: Marks, decision: Decision, agrees: bool | None
) -> None:
    """They agree where both accept an answer, or neither does; what is left open tells nothing."""
    grade = replace(UNSURE, model_label=label, marks=marks)
    one = Settled("set", "a", ask, said_to_json(said, TEXT), grade, decision)
    expected = (0, 0) if agrees is None else (int(agrees), 1)
    assert agreement([one], {("set", "a"): CLAIM}) == expected

"""What a class's answers say, with figures worked out by hand."""

from __future__ import annotations

import pytest

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.discernment import Axis, Counts, discern
from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.values import Grade
from bot.store.results import Result
from bot.teaching.counting import of_class
from bot.teaching.results import (
    OfClass,
    Place,
    best_first,
    hardest_first,
    leaderboard,
    missed_most,
)
from tests.quiz.builders import TEXT, span_of
from tests.teaching.answered import called, result

FACT, CLAIM, SAID, OPINION = Kind

SCORES = {
    1: (1, 1, 1, 0),
    2: (1, 1, 0, 0),
    3: (1, 1, 0, 1),
    4: (1, 0, 0, 1),
    5: (0, 0, 1, 1),
    6: (0.5, 0, 0, 1),
}
"""Scores of six learners on the questions a, b, c and d."""

ALL = [result(who, "abcd"[n], s) for who, scores in SCORES.items() for n, s in enumerate(scores)]


def counted(results: list[Result]) -> OfClass:
    """Return the counts of some answers."""
    return of_class(results, lambda _: TEXT)


def test_facility_and_discrimination() -> None:
    """Facility is the mean score; discrimination correlates it with the mean of the others."""
    a, b, c, d = counted(ALL).questions
    assert [one.facility for one in (a, b, c, d)] == pytest.approx([4.5 / 6, 3 / 6, 2 / 6, 4 / 6])
    # b: own 1 1 1 0 0 0; three times the rest 2 1 2 2 2 1.5, mean 1.75. Deviations ±.5 and
    # .25 -.75 .25 .25 .25 -.25: products -.125 -.125 = -.25, spreads 1.5 and .875.
    assert b.discrimination == pytest.approx(-0.25 / (1.5 * 0.875) ** 0.5)
    # d: own 0 0 1 1 1 1, mean 2/3; three times the rest 3 2 2 1 1 .5, mean 9.5/6 = 1.58333.
    # Products: -2/3 (1.41667 + .41667) + 1/3 (.41667 - .58333 - .58333 - 1.08333) = -1.83333.
    # Spreads: 4/3, and 3² + 2² + 2² + 1 + 1 + .25 - 9.5²/6 = 19.25 - 15.04167 = 4.20833.
    assert d.discrimination == pytest.approx(-1.83333 / (4 / 3 * 4.20833) ** 0.5, abs=1e-4)


def test_the_warning_looks_at_the_other_answers() -> None:
    """Of six learners the first two are the best at y and z, and they alone miss x."""
    scores = {"x": (0, 0, 1, 1, 1, 1), "y": (1, 1, 1, 1, 0, 0), "z": (1, 1, 0.5, 0, 0, 0)}
    answers = [result(n, name, s) for name, own in scores.items() for n, s in enumerate(own)]
    x, y, _ = counted(answers).questions
    assert (x.suspect, y.suspect) == (True, False)


def test_the_order_of_questions_and_learners() -> None:
    """The hardest question and the best learner come first, those without a figure last."""
    grade = Grade(1, Verdict.UNSURE, GradedBy.READER, "")
    found = counted([*ALL, result(7, "e", grade=grade)])
    assert [one.asked[1] for one in hardest_first(found.questions)] == ["c", "b", "d", "a", "e"]
    assert [one.asked[1] for one in missed_most(found.questions, 2)] == ["c", "b"]
    assert [one.learner for one in best_first(found.learners)] == [1, 3, 2, 4, 5, 6, 7]
    assert found.questions[-1].facility is None, "an accepted answer is neither right nor missed"
    assert found.learners[-1].score is None


def test_nobody_misses_what_all_know() -> None:
    """A question that all answer fully right is not among the missed."""
    known = [result(who, "a") for who in range(1, 7)]
    assert missed_most(counted(known).questions, 3) == []


def test_few_answers_say_little() -> None:
    """Below five learners there is no index and no warning, whatever the answers."""
    few = [one for one in ALL if one.learner <= 4]
    assert {(one.discrimination, one.suspect) for one in counted(few).questions} == {(None, False)}


def test_retries_stand_apart() -> None:
    """A second answer to the same thing counts as a retry, with a mean score of its own."""
    again = [result(1, "d", 1, attempt=2), result(1, "a", 0, attempt=2)]
    once, twice = counted(ALL), counted([*ALL, *again])
    assert (twice.answers, twice.retries) == (24, 2)
    assert twice.learners[0].score == once.learners[0].score == 0.75
    assert (twice.learners[0].retries, twice.learners[0].retried) == (2, 0.5)
    assert twice.questions[3].facility == once.questions[3].facility
    assert (twice.questions[3].retries, twice.questions[3].retried) == (1, 1.0)
    assert once.questions[3].retried is None
    assert twice.discernment == once.discernment


def test_discernment_of_class_and_learner() -> None:
    """Sensitivity and lean come from the kinds that were said, of all and of each."""
    answers = [
        called(1, "a", OPINION, OPINION),
        called(1, "b", FACT, FACT),
        called(2, "a", OPINION, OPINION),
        called(2, "b", FACT, OPINION),
        result(2, "c", ask=Ask.LOADED, said=Marked(())),
    ]
    found = counted(answers)
    assert found.discernment[Axis.STANCE] == discern(Counts(2, 2, 2, 1))
    assert found.learners[0].discernment[Axis.STANCE] == discern(Counts(1, 1, 1, 0))
    assert found.learners[1].discernment[Axis.STANCE].sensitivity == 0
    alone = counted(answers[:1])
    assert not alone.discernment, "one class of answers alone tells nothing apart"


DESPOT, MONDAY = span_of(TEXT, "despot"), span_of(TEXT, "Monday")
NO_SCORE = Grade(0, Verdict.WRONG, GradedBy.KEY, FACT)

# What three learners said to one question, and how that is counted.
DISTRIBUTIONS: list[tuple[Ask, list[Said], dict[str, int]]] = [
    (Ask.KIND, [Chosen(OPINION), Passed(), Chosen(OPINION)], {"opinion": 2, "not sure": 1}),
    (
        Ask.LOADED,
        [Marked((DESPOT, MONDAY)), Marked((DESPOT,)), Marked(())],
        {"despot": 2, "monday": 1, "nothing": 1},
    ),
    (Ask.LOADED, [Marked((), ("tyrant",)), Passed(), Passed()], {"not sure": 2}),
    (Ask.REASON, [Reasoned("x"), Reasoned("y"), Passed()], {"wrong": 2, "not sure": 1}),
]


@pytest.mark.parametrize(("ask", "said", "counts"), DISTRIBUTIONS)
def test_the_distribution_of_answers(ask: Ask, said: list[Said], counts: dict[str, int]) -> None:
    """Kinds, marked words and verdicts on reasons are counted, the commonest first."""
    answers = [result(n, "q", ask=ask, said=one, grade=NO_SCORE) for n, one in enumerate(said, 1)]
    (question,) = counted(answers).questions
    assert dict(question.said) == counts
    assert [n for _, n in question.said] == sorted(counts.values(), reverse=True)


def judged(learner: int, right: int, of: int = 4, *, attempt: int = 1) -> list[Result]:
    """Return so many opinions and facts of which so many of each were recognised."""
    return [
        called(learner, f"{kind}{n}", kind, kind if n < right else other, attempt=attempt)
        for kind, other in ((OPINION, FACT), (FACT, OPINION))
        for n in range(of)
    ]


def board(answers: list[Result], ranked: set[int]) -> list[Place]:
    """Return the leaderboard of some learners from what they said first."""
    of = counted(answers).learners
    return leaderboard({one.learner: one.kinds for one in of if one.learner in ranked})


def test_the_leaderboard_is_in_order_of_discernment() -> None:
    """Who tells kinds apart stands above who does not; equals share a place, by number."""
    answers = [*judged(1, 3), *judged(2, 4), *judged(3, 3), *judged(4, 2)]
    places = board(answers, {1, 2, 3, 4})
    assert [(one.place, one.learner) for one in places] == [(1, 2), (2, 1), (2, 3), (4, 4)]
    assert places[-1].sensitivity == pytest.approx(0)


def test_the_leaderboard_rewards_no_zeal() -> None:
    """Calling everything an opinion, marking everything and answering again lift nobody."""
    marks = [result(1, f"m{n}", ask=Ask.LOADED, said=Marked((DESPOT, MONDAY))) for n in range(50)]
    zeal = [called(1, f"z{n}", kind, OPINION) for n, kind in enumerate([OPINION, FACT] * 20)]
    again = judged(1, 4, attempt=2)
    places = board([*marks, *zeal, *again, *judged(2, 3)], {1, 2})
    assert [one.learner for one in places] == [2, 1]
    assert places[1].sensitivity == pytest.approx(0)


def test_who_has_answered_little_does_not_stand_on_the_leaderboard() -> None:
    """With too few answers nobody stands there."""
    answers = [*judged(1, 4), *judged(2, 3), *judged(3, 2, of=2)]
    assert [one.learner for one in board(answers, {1, 2, 3})] == [1, 2]

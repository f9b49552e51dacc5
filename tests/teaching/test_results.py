"""What a class's answers say, with figures worked out by hand."""

from __future__ import annotations

import csv
import io
import json

import pytest

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.marking import mark
from bot.quiz.values import Grade
from bot.store.disputes import Decision, Settled
from bot.store.results import Result
from bot.teaching import exports
from bot.teaching.regrades import accepted, agreement, plan
from bot.teaching.results import correlation, missed_most, of_class, said_label
from tests.quiz.builders import NOW, question, quiz_set

SCORES = {1: (1, 1, 1), 2: (1, 1, 0), 3: (1, 0, 0), 4: (0, 0, 1), 5: (0, 0, 1)}
"""Scores of five learners on the questions a, b and c: who is good at a and b misses c."""


def result(learner: int, name: str, score: float, **fields: object) -> Result:
    """Return an answer about a kind with a score of 0 or 1."""
    kind = Kind.OPINION if score else Kind.SOURCED_FACT
    verdict = Verdict.RIGHT if score else Verdict.WRONG
    given: dict[str, object] = {
        "answer": 10 * learner + ord(name[0]),
        "at": NOW,
        "learner": learner,
        "push": 1,
        "slug": "set",
        "version": 1,
        "question": name,
        "ask": Ask.KIND,
        "said": Chosen(kind),
        "grade": Grade(score, verdict, GradedBy.KEY, Kind.OPINION),
        "borderline": False,
        "seconds": 2.0,
        "over_costs": True,
        "attempt": 1,
        "regraded": False,
        "disputed": False,
    }
    return Result(**{**given, **fields})  # type: ignore[arg-type] # fields as they are


ALL = [result(who, "abc"[n], s) for who, scores in SCORES.items() for n, s in enumerate(scores)]


def test_facility_and_discrimination() -> None:
    """Facility is the mean score, discrimination the correlation with the scores on the rest."""
    a, b, c = of_class(ALL).questions
    assert [one.facility for one in (a, b, c)] == pytest.approx([0.6, 0.4, 0.6])
    # a: own 1 1 1 0 0, rest 1 .5 0 .5 .5: covariance 0, as 1 + .5 + 0 is three times the mean
    assert a.discrimination == pytest.approx(0.0)
    # b: own 1 1 0 0 0, rest 1 .5 .5 .5 .5: r = .3 / sqrt(1.2 * .2)
    assert b.discrimination == pytest.approx(0.3 / (1.2 * 0.2) ** 0.5)
    # c: own 1 0 0 1 1, rest 1 1 .5 0 0: r = -.5 / sqrt(1.2 * 1)
    assert c.discrimination == pytest.approx(-0.5 / 1.2**0.5)
    assert a.said == (("opinion", 3), ("sourced_fact", 2))
    assert [one.asked[1] for one in missed_most((a, b, c), 2)] == ["b", "a"]


def test_a_question_that_the_best_miss_is_suspect() -> None:
    """A key may be wrong where the best third mostly miss what the others do not."""
    wrong = [result(who, "d", 0 if who <= 2 else 1) for who in SCORES]
    found = {one.asked[1]: one.suspect for one in of_class([*ALL, *wrong]).questions}
    assert found["d"]
    assert not found["b"]
    few = [one for one in [*ALL, *wrong] if one.learner <= 4]
    assert not any(one.suspect for one in of_class(few).questions)


def test_retries_stand_apart() -> None:
    """A second answer to the same thing is counted as a retry and nowhere else."""
    again = result(1, "a", 0, attempt=2, answer=999)
    once, twice = of_class(ALL), of_class([*ALL, again])
    assert twice.answers == once.answers == 15
    assert twice.retries == 1
    assert twice.questions[0].facility == once.questions[0].facility
    assert twice.learners[0].retries == 1
    assert twice.learners[0].score == once.learners[0].score


CORRELATIONS = [([1, 2, 3], [2, 4, 6], 1.0), ([1, 2, 3], [3, 2, 1], -1.0), ([1, 1], [1, 2], None)]


@pytest.mark.parametrize(("xs", "ys", "r"), CORRELATIONS)
def test_correlation(xs: list[float], ys: list[float], r: float | None) -> None:
    """Pearson's r, and None where there is nothing to correlate."""
    assert correlation(xs, ys) == (r if r is None else pytest.approx(r))


SAID: list[tuple[Said, str]] = [
    (Chosen(Kind.OPINION), "opinion"),
    (Marked(()), "nothing loaded"),
    (Marked(((0, 3),)), "marked"),
    (Reasoned("because"), "a reason"),
    (Passed(), "not sure"),
]


@pytest.mark.parametrize(("said", "label"), SAID)
def test_what_was_said_in_a_word(said: Said, label: str) -> None:
    """Answers are counted by a word each."""
    assert said_label(said) == label


def test_a_regrade_says_who_would_change() -> None:
    """Only scores that rise change, unless they may fall; what a person decided stays."""
    to_fact = quiz_set(*(question(name=name, kind=Kind.SOURCED_FACT) for name in "abc"))
    mine = [result(1, "a", 1), result(2, "a", 0), result(3, "z", 0)]
    late = result(4, "a", 0, grade=Grade(0, Verdict.LATE, GradedBy.KEY, Kind.OPINION))
    settled = result(5, "a", 0, grade=accepted(mine[1].grade))
    found = plan([*mine, late, settled], to_fact, lower=False)
    assert [one.result.learner for one in found.changes] == [2]
    assert found.spared == 1
    both = plan([*mine, late, settled], to_fact, lower=True)
    assert [(one.result.learner, one.grade.score) for one in both.changes] == [(1, 0), (2, 1)]
    assert mark(to_fact.questions[0], Ask.KIND, mine[1].said, None) == both.changes[1].grade


def test_how_often_person_and_machine_agree() -> None:
    """They agree where both accept an answer, or neither does."""
    said = json.dumps({"kind": "opinion"})
    cases = [
        Settled("kind", said, "opinion", Decision.ACCEPTED),
        Settled("kind", said, "opinion", Decision.UPHELD),
        Settled("kind", said, "sourced_fact", Decision.UPHELD),
        Settled("reason", json.dumps({"reason": "x"}), "good", Decision.ACCEPTED),
    ]
    assert agreement(cases) == (3, 4)


def test_files_hold_no_identity_and_no_formula() -> None:
    """Without being asked for there is no Telegram id; what looks like a formula is a text."""
    evil = result(1, "a", 1, said=Reasoned("=1+1"), ask=Ask.REASON)
    rows = exports.rows(7, [evil], {1: "+Owl"}, {evil.answer: "A target."})
    (row,) = csv.DictReader(io.StringIO(exports.to_csv(rows).decode("utf-8-sig")))
    assert row["said"] == "'=1+1"
    assert row["nickname"] == "'+Owl"
    assert "telegram_id" not in row
    (line,) = map(json.loads, exports.to_jsonl(rows).decode().splitlines())
    assert line["said"] == "=1+1"
    (named,) = exports.rows(7, [evil], {}, {evil.answer: "A target."}, {1: 77})
    assert named["telegram_id"] == 77
    assert exports.to_csv([]) == "\ufeff".encode()

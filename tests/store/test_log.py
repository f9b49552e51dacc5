"""The score log: one row per question of a round, as it was graded; disputes beside it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, GradedBy, Kind, ReasonLabel, Verdict
from bot.quiz.rounds import Item, LogEntry
from bot.quiz.tally import Graded, kinds_said
from bot.quiz.values import Grade, Judgement, Marks
from bot.store import log, rounds
from bot.store.database import Store
from bot.store.filters import Filter
from bot.store.logbook import tail
from tests.quiz.builders import NOW, TEXT, item, judgement, question, reading
from tests.store.played import ITEMS, WRONG, answered, begun, resolve

SAID: list[tuple[Said, str]] = [
    (Chosen(Kind.REPORTED_OPINION), '{"kind": "reported_opinion"}'),
    (Passed(), '{"passed": true}'),
    (Marked(()), '{"marked": [], "words": [], "strays": []}'),
    (
        Marked(((0, 3), (11, 16))),
        '{"marked": [[0, 3], [11, 16]], "words": ["The", "spoke"], "strays": []}',
    ),
    (
        Marked(((4, 10),), ("tyrant", 'a "ü"')),
        '{"marked": [[4, 10]], "words": ["despot"], "strays": ["tyrant", "a \\"ü\\""]}',
    ),
    (Reasoned('‚ü‘ "x"\n🙂'), '{"reason": "‚ü‘ \\"x\\"\\n🙂"}'),
    (Reasoned(""), '{"reason": ""}'),
]

GRADES = [
    Grade(1.0, Verdict.RIGHT, GradedBy.KEY, Kind.OPINION),
    Grade(0.0, Verdict.WRONG, GradedBy.PERSON, "despot; ü"),
    Grade(
        score=1 / 3,
        verdict=Verdict.PARTLY,
        graded_by=GradedBy.READER,
        expected="despot",
        marks=Marks(hits=((0, 2),), misses=((3, 4), (5, 6)), over=((7, 9),)),
        matched=("a cue", "another „ü“"),
        model_label=Kind.SOURCED_FACT,
        model_p=0.123456789,
        model_version="m-1",
        model_sure=False,
    ),
    Grade(1.0, Verdict.UNSURE, GradedBy.READER, "", model_version="m-2", model_sure=True),
    Grade(
        score=0.5,
        verdict=Verdict.PARTLY,
        graded_by=GradedBy.READER,
        expected="a cue; another",
        model_label=ReasonLabel.PARTLY,
        model_p=0.9,
        model_version="m-3",
        model_sure=True,
    ),
]

# the key, the reading → does the log say that they differ?
DIFFERING: list[tuple[Item, bool]] = [
    (item(question(), read=reading(Kind.SOURCED_FACT)), True),
    (item(question(), read=reading(Kind.SOURCED_FACT, sure=False)), True),
    (item(question(), read=reading(Kind.OPINION)), False),
    (item(question()), False),
    (item(question(kind=None), read=reading(Kind.SOURCED_FACT)), False),
]

CUE, OTHER = Reasoned("it judges him"), Reasoned("it is harsh")

# the reason, its judgement → does the log say that they differ?
DIFFERING_REASONS: list[tuple[Reasoned, Judgement | None, bool]] = [
    (CUE, judgement(ReasonLabel.GOOD), False),
    (CUE, judgement(ReasonLabel.PARTLY), True),
    (CUE, judgement(ReasonLabel.OFF), True),
    (CUE, judgement(ReasonLabel.OFF, sure=False), True),
    (CUE, None, False),
    (OTHER, judgement(ReasonLabel.GOOD), False),
    (OTHER, judgement(ReasonLabel.OFF), False),
    (OTHER, None, False),
]


def entry(learner: int, grade: Grade, said: Said = WRONG, position: int = 0) -> LogEntry:
    """Return an answer to the first round as it would be logged."""
    return LogEntry(learner, 1, position, ITEMS[position], said, grade, NOW, 4.25)


def add(store: Store, logged: LogEntry) -> bool:
    """Add an answer to the log."""
    return store.write_now(lambda db: log.add(db, logged))


@pytest.mark.parametrize(("said", "text"), SAID)
def test_what_was_said_is_kept_as_json(said: Said, text: str) -> None:
    """Each way to answer has a form that an operator can read and that comes back the same."""
    assert log.said_to_json(said, TEXT) == text
    assert log.said_from_json(text) == said


def test_a_question_of_a_round_is_logged_once(store: Store, learner: int) -> None:
    """A second answer to the same question is told so and changes nothing."""
    begun(store, learner)
    assert add(store, entry(learner, GRADES[0]))
    before = tail(store.reader, 10)
    assert not add(store, entry(learner, GRADES[1], Passed()))
    assert not add(store, replace(entry(learner, GRADES[1]), position=2))
    assert tail(store.reader, 10) == before
    assert len(before) == 1


def test_the_same_question_in_another_round_is_logged_again(
    store: Store, learner: int, other: int
) -> None:
    """One row per question and round: neither another round nor another question is in the way."""
    for number, who in ((1, learner), (2, learner), (3, other)):
        answered(store, begun(store, who, number), WRONG, Marked(()))
    assert len(tail(store.reader, 10)) == 6


@pytest.mark.parametrize("score", [-0.1, 1.1])
def test_a_score_out_of_bounds_is_refused_aloud(store: Store, learner: int, score: float) -> None:
    """An impossible grade raises; it is not dropped as if the question were answered already."""
    begun(store, learner)
    with pytest.raises(sqlite3.IntegrityError):
        add(store, entry(learner, replace(GRADES[0], score=score)))
    assert add(store, entry(learner, GRADES[0]))


@pytest.mark.parametrize("grade", GRADES)
def test_a_grade_comes_back_as_it_was(store: Store, learner: int, grade: Grade) -> None:
    """Everything of a grade survives the log; its explanation is the question's."""
    round_ = begun(store, learner)
    add(store, entry(learner, grade))
    assert log.grades_of(store.reader, round_) == [replace(grade, explanation="Why a is so.")]


def test_grades_come_back_in_the_order_of_the_round(store: Store, learner: int) -> None:
    """Whatever was logged first, grades stand by position."""
    round_ = begun(store, learner)
    add(store, entry(learner, GRADES[1], position=1))
    add(store, entry(learner, GRADES[0], position=0))
    verdicts = [grade.verdict for grade in log.grades_of(store.reader, round_)]
    assert verdicts == [Verdict.RIGHT, Verdict.WRONG]


def test_a_row_says_everything_about_an_answer(store: Store, learner: int) -> None:
    """The row that people read has every column, in plain values that JSON can hold."""
    begun(store, learner)
    add(store, entry(learner, GRADES[2], Marked(((4, 10),), ("tyrant",)), position=1))
    (row,) = tail(store.reader, 1)
    assert json.loads(json.dumps(row)) == row
    assert row == {
        "id": 1,
        "at": "2026-03-02T12:00:00.000+00:00",
        "learner": learner,
        "round": 1,
        "position": 1,
        "slug": "set",
        "version": 2,
        "question": "b",
        "ask": "loaded",
        "said": {"marked": [[4, 10]], "words": ["despot"], "strays": ["tyrant"]},
        "expected": "despot",
        "score": 1 / 3,
        "verdict": "partly",
        "graded_by": "reader",
        "marks": [[[0, 2]], [[3, 4], [5, 6]], [[7, 9]]],
        "matched": ["a cue", "another „ü“"],
        "borderline": False,
        "model_label": "sourced_fact",
        "model_p": 0.123456789,
        "model_version": "m-1",
        "model_sure": False,
        "seconds": 4.25,
        "push": None,
        "feedback": "immediate",
        "disputed": False,
        "objection": None,
        "settled": None,
        "regraded": False,
        "original": {
            "score": 1 / 3,
            "verdict": "partly",
            "graded_by": "reader",
            "expected": "despot",
        },
        "regrades": [],
        "differs": False,
    }


@pytest.mark.parametrize(("asked", "differs"), DIFFERING)
def test_the_log_says_where_key_and_machine_differ(
    store: Store, learner: int, asked: Item, differs: bool
) -> None:
    """A key held against another reading is marked as such, an agreeing or missing one is not."""
    answered(store, begun(store, learner, 1, asked), WRONG)
    assert tail(store.reader, 1)[0]["differs"] is differs


@pytest.mark.parametrize(("said", "judged", "differs"), DIFFERING_REASONS)
def test_the_log_says_where_cues_and_judgement_differ(
    store: Store, learner: int, said: Reasoned, judged: Judgement | None, differs: bool
) -> None:
    """A reason that names a point of the key and is judged less than good is marked as such."""
    asked = item(question(reason=("judges him",)), Ask.REASON)
    answered(store, begun(store, learner, 1, asked), said, judged=judged)
    (row,) = tail(store.reader, 1)
    assert row["differs"] is differs
    assert row["matched"] == (["judges him"] if said == CUE else [])
    assert row["model_label"] == (judged.label if judged else "")
    assert (row["model_p"], row["model_sure"]) == (
        (judged.p[judged.label], judged.sure) if judged else (None, None)
    )


def test_the_tail_is_the_newest_in_the_order_of_time(
    store: Store, learner: int, other: int
) -> None:
    """So many rows from the end, oldest first, of all or of one learner."""
    answered(store, begun(store, learner, 1), WRONG, Marked(()), Reasoned("so"))
    answered(store, begun(store, other, 2), WRONG)
    told = [(row["round"], row["position"]) for row in tail(store.reader, 3)]
    assert told == [(1, 1), (1, 2), (2, 0)]
    told = [(row["round"], row["position"]) for row in tail(store.reader, 2, Filter(learner))]
    assert told == [(1, 1), (1, 2)]
    assert tail(store.reader, 5, Filter(99)) == []


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("disputed", [False, True])
def test_only_unsure_and_disputed_answers_are_open(
    store: Store, learner: int, verdict: Verdict, disputed: bool
) -> None:
    """An answer waits for a person when its grade is unsure or disputed, and else does not."""
    begun(store, learner)
    add(store, entry(learner, replace(GRADES[0], verdict=verdict)))
    if disputed:
        store.write_now(lambda db: log.dispute(db, learner, 1, 0, NOW))
    found = tail(store.reader, 5, Filter(only_open=True))
    assert found == (tail(store.reader, 5) if disputed or verdict is Verdict.UNSURE else [])


def test_the_open_tail_counts_open_answers_alone(store: Store, learner: int, other: int) -> None:
    """So many open rows from the end, whatever lies between them, of all or of one learner."""
    unsure, settled = GRADES[3], GRADES[0]
    for number, who in ((1, learner), (2, other)):
        round_ = begun(store, who, number)
        for position, grade in enumerate((unsure, unsure, settled)):
            add(store, replace(entry(who, grade, position=position), round_id=round_.id))

    def told(last: int, who: int | None = None) -> list[tuple[object, object]]:
        rows = tail(store.reader, last, Filter(who, only_open=True))
        return [(row["round"], row["position"]) for row in rows]

    assert told(3) == [(1, 1), (2, 0), (2, 1)]
    assert told(1, learner) == [(1, 1)]
    assert told(9, other) == [(2, 0), (2, 1)]


def test_a_learner_disputes_an_answer_once(store: Store, learner: int, other: int) -> None:
    """A dispute is noted for an answer that the learner gave, the first time, and nobody else's."""
    answered(store, begun(store, learner, 1), WRONG)

    def dispute(who: int, number: int, position: int) -> bool:
        return store.write_now(lambda db: log.dispute(db, who, number, position, NOW))

    assert not dispute(other, 1, 0)
    assert not dispute(learner, 2, 0)
    assert not dispute(learner, 1, 1)
    assert not log.disputed(store.reader, 1, 0)
    assert dispute(learner, 1, 0)
    assert not dispute(learner, 1, 0)
    assert log.disputed(store.reader, 1, 0)
    assert tail(store.reader, 1)[0]["disputed"] is True


def test_answers_are_counted_by_learner_and_question(
    store: Store, learner: int, other: int
) -> None:
    """How often a question was seen adds up over rounds, versions apart from nothing."""
    answered(store, begun(store, learner, 1), WRONG, Marked(()))
    answered(store, begun(store, learner, 2, replace(ITEMS[0], version=9)), WRONG)
    answered(store, begun(store, other, 3), WRONG)
    assert log.seen(store.reader, learner) == {("set", "a"): 2, ("set", "b"): 1}


def test_what_was_said_can_be_shown_again(store: Store, learner: int) -> None:
    """A press that is handled again finds what was said the first time."""
    marked = Marked(((4, 10),), ("tyrant",))
    answered(store, begun(store, learner, 1), WRONG, marked)
    assert log.said_at(store.reader, 1, 0) == WRONG
    assert log.said_at(store.reader, 1, 1) == marked
    assert log.said_at(store.reader, 1, 2) is None


def test_a_learners_whole_history_comes_back(store: Store, learner: int, other: int) -> None:
    """Answers of all rounds, oldest first, with what discernment needs to leave out."""
    open_ = item(question(name="open", borderline=True))
    _, first = answered(store, begun(store, learner, 1), WRONG)
    _, second = answered(store, begun(store, learner, 2, open_), Chosen(Kind.OPINION))
    answered(store, begun(store, other, 3), WRONG)
    found = log.graded(store.reader, learner)
    assert found == [
        Graded(Ask.KIND, WRONG, replace(first[0].grade, explanation="")),
        Graded(Ask.KIND, Chosen(Kind.OPINION), replace(second[0].grade, explanation=""), True),
    ]
    assert kinds_said(found) == [(Kind.OPINION, Kind.SOURCED_FACT)]


def test_the_time_an_answer_took_may_be_unknown(store: Store, learner: int) -> None:
    """An answer without a clock is kept as such, and one at another hour with its own moment."""
    begun(store, learner)
    late = replace(entry(learner, GRADES[0]), seconds=None, at=NOW + timedelta(hours=1))
    assert add(store, late)
    (row,) = tail(store.reader, 1)
    assert (row["seconds"], row["at"]) == (None, "2026-03-02T13:00:00.000+00:00")


def test_an_answer_to_no_round_is_refused(store: Store, learner: int) -> None:
    """The log holds no answers without their round."""
    with pytest.raises(sqlite3.IntegrityError):
        add(store, entry(learner, GRADES[0]))
    assert rounds.load(store.reader, learner, 1, resolve) is None

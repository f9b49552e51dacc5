"""Answers of a class with the grades that stand, cases that wait, and regrades beside the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.quiz.answers import Chosen, Marked
from bot.quiz.labels import Ask, GradedBy, Kind, Verdict
from bot.quiz.options import Options
from bot.quiz.rounds import Round
from bot.quiz.values import Grade, Marks
from bot.store import classes, disputes, log, pushes, regrades, results, rounds
from bot.store.classes import Class
from bot.store.database import Store
from bot.store.disputes import Case, Decision
from bot.store.filters import Filter
from bot.store.logbook import tail
from bot.store.pushes import Push, PushState
from bot.store.regrades import Before, Why
from bot.teaching.classes import create
from tests.quiz.builders import NOW, item, question, reading
from tests.store.played import WRONG, answered, begun, resolve

T = TypeVar("T")
RIGHT = Chosen(Kind.OPINION)
BY_PERSON = Grade(1, Verdict.RIGHT, GradedBy.PERSON, Kind.SOURCED_FACT)
BY_KEY = Grade(
    0.5, Verdict.PARTLY, GradedBy.KEY, "despot", marks=Marks(hits=((4, 10),)), matched=("a cue",)
)


def do(store: Store, what: Callable[..., T], *args: object, **named: object) -> T:
    """Write something."""
    return store.write_now(lambda db: what(db, *args, **named))


@pytest.fixture
def class_id(store: Store, learner: int, other: int) -> int:
    """Make a class that the one teaches and both learn in."""
    made = do(store, create, Class(0, "7b", "c", "UTC"), learner, NOW)
    for one in (learner, other):
        do(store, classes.join, made, one, NOW)
    return made


def pushed(store: Store, class_id: int, options: Options | None = None) -> int:
    """Keep a push that was sent, and return its number."""
    push = Push(0, class_id, "set", 1, state=PushState.SENT, options=options or Options())
    return do(store, pushes.create, push)


def of_push(store: Store, push: int | None, round_: Round, options: str = "{}") -> Round:
    """Note that a round was pushed."""
    statement = "UPDATE rounds SET push = ?, options = ? WHERE id = ?"
    store.write_now(lambda db: db.execute(statement, (push, options, round_.id)))
    return round_


def test_answers_of_a_class_are_those_that_were_pushed_to_it(
    store: Store, learner: int, other: int, class_id: int
) -> None:
    """Rounds of one's own and those of other classes are not among them."""
    elsewhere = do(store, create, Class(0, "8a", "d", "UTC"), learner, NOW)
    mine, theirs = pushed(store, class_id), pushed(store, elsewhere)
    answered(store, of_push(store, mine, begun(store, learner, 1)), WRONG)
    answered(store, of_push(store, theirs, begun(store, learner, 2)), WRONG)
    answered(store, begun(store, other, 3), WRONG)
    (found,) = results.of_class(store.reader, class_id)
    assert (found.learner, found.push, found.question, found.ask) == (learner, mine, "a", Ask.KIND)
    assert found.said == WRONG
    assert found.grade.verdict is Verdict.WRONG
    assert found.at == NOW + timedelta(seconds=5)
    assert [one.learner for one in results.of_set(store.reader, "set")] == [learner, learner, other]
    assert results.of_class(store.reader, 99) == []


def test_attempts_are_counted_by_learner_push_question_and_type(
    store: Store, learner: int, other: int, class_id: int
) -> None:
    """The first answer to a thing in a push is 1, the next 2; another push begins anew."""
    first, second = pushed(store, class_id), pushed(store, class_id)
    asked = question(name="a")
    loaded = item(asked, Ask.LOADED)
    plan = [(1, learner, first), (2, learner, first), (3, other, first), (4, learner, second)]
    for number, who, push in plan:
        answered(store, of_push(store, push, begun(store, who, number, item(asked))), WRONG)
    answered(store, of_push(store, first, begun(store, learner, 5, loaded)), Marked(()))
    found = results.of_class(store.reader, class_id)
    counted = [(one.learner, one.push, one.ask, one.attempt) for one in found]
    assert counted == [
        (learner, first, Ask.KIND, 1),
        (learner, first, Ask.KIND, 2),
        (other, first, Ask.KIND, 1),
        (learner, second, Ask.KIND, 1),
        (learner, first, Ask.LOADED, 1),
    ]


def test_the_newest_regrade_stands(store: Store, learner: int, class_id: int) -> None:
    """Every reader of grades sees the newest one, and the row of the log stays as it was."""
    round_, _ = answered(
        store, of_push(store, pushed(store, class_id), begun(store, learner, 1)), WRONG
    )
    own = store.reader.execute("SELECT * FROM answers").fetchall()
    for grade, why in ((BY_KEY, Why.KEY_CHANGED), (BY_PERSON, Why.DECIDED)):
        do(store, regrades.add, 1, grade, 2, learner, why, NOW)
    (found,) = results.of_class(store.reader, class_id)
    assert (found.grade, found.regraded) == (BY_PERSON, True)
    assert log.graded(store.reader, learner)[0].grade == BY_PERSON
    shown = rounds.load(store.reader, learner, round_.id, resolve)
    assert shown is not None
    assert shown.grades == (BY_PERSON,), "the old explanation explains no new grade"
    (row,) = tail(store.reader, 5)
    assert (row["score"], row["graded_by"], row["regraded"]) == (1.0, "person", True)
    assert store.reader.execute("SELECT * FROM answers").fetchall() == own
    assert store.reader.execute("SELECT count(*) FROM regrades").fetchone() == (2,)


def test_what_a_regrade_does_not_know_is_kept(store: Store, learner: int) -> None:
    """The machine's reading stays the answer's own, whoever graded later."""
    read = item(question(name="a"), read=reading(Kind.SOURCED_FACT))
    answered(store, begun(store, learner, 1, read), WRONG)
    do(store, regrades.add, 1, BY_KEY, 2, None, Why.KEY_CHANGED, NOW)
    found = results.load(store.reader, 1)
    assert found is not None
    assert found.grade.model_label == Kind.SOURCED_FACT
    assert replace(
        found.grade, model_label="", model_p=None, model_version="", model_sure=None
    ) == replace(BY_KEY)
    assert results.load(store.reader, 2) is None


def test_the_options_of_a_round_come_along(store: Store, learner: int) -> None:
    """Whether marking too much cost points is known of every answer."""
    answered(store, begun(store, learner, 1), WRONG)
    free = of_push(store, None, begun(store, learner, 2), Options(over_costs=False).to_json())
    answered(store, free, WRONG)
    assert [one.over_costs for one in results.of_set(store.reader, "set")] == [True, False]


def test_alike_are_all_answers_to_one_thing(store: Store, learner: int, other: int) -> None:
    """They are a learner's own, over all rounds, to the same question and type."""
    for number, who in ((1, learner), (2, learner), (3, other)):
        answered(store, begun(store, who, number), WRONG, Marked(()))
    one = results.load(store.reader, 1)
    assert one is not None
    assert [alike.answer for alike in results.alike(store.reader, one)] == [1, 3]


def unsure(store: Store, learner: int, number: int, push: int | None) -> None:
    """Let a learner answer what no machine is sure of."""
    read = reading(sure=False)
    keyless = item(question(name="k", kind=None), read=read)
    answered(store, of_push(store, push, begun(store, learner, number, keyless)), RIGHT)


def test_what_waits_and_for_whom(store: Store, learner: int, other: int, class_id: int) -> None:
    """Disputes come before unsure grades; they wait by class, by set, or everywhere."""
    push = pushed(store, class_id)
    unsure(store, learner, 1, push)
    answered(store, of_push(store, push, begun(store, other, 2)), WRONG)
    answered(store, begun(store, other, 3, item(question(name="x"), slug="own")), WRONG)
    for number in (2, 3):
        do(store, log.dispute, other, number, 0, NOW)
    do(store, disputes.object_to, other, 2, 0, "It judges.")
    do(store, disputes.object_to, learner, 3, 0, "not mine to say")
    in_class = [
        Case(2, other, class_id, disputed=True, words="It judges."),
        Case(1, learner, class_id, disputed=False, words=""),
    ]
    of_own = Case(3, other, None, disputed=True, words="")
    assert disputes.waiting(store.reader, [class_id]).cases == in_class
    assert disputes.waiting(store.reader, [], ["own"]).cases == [of_own]
    assert disputes.waiting(store.reader, None).cases == [in_class[0], of_own, in_class[1]]
    assert disputes.waiting(store.reader, []).cases == []


def test_a_decision_is_made_once(store: Store, learner: int, class_id: int) -> None:
    """The first decision is kept; what is decided waits no more, here or in the log."""
    unsure(store, learner, 1, pushed(store, class_id))
    assert tail(store.reader, 5, Filter(only_open=True))
    assert do(store, disputes.settle, 1, learner, Decision.ACCEPTED, NOW)
    assert not do(store, disputes.settle, 1, learner, Decision.REJECTED, NOW)
    assert disputes.waiting(store.reader, None).cases == []
    assert tail(store.reader, 5, Filter(only_open=True)) == []
    (settled,) = disputes.settled_unsure(store.reader, class_id)
    assert (settled.decision, settled.question) == (Decision.ACCEPTED, "k")
    assert settled.grade.verdict is Verdict.UNSURE
    assert disputes.settled_unsure(store.reader, 99) == []


def test_a_regrade_settles_what_was_unsure(store: Store, learner: int, class_id: int) -> None:
    """An unsure grade that another took the place of waits for nobody."""
    unsure(store, learner, 1, pushed(store, class_id))
    do(store, regrades.add, 1, BY_KEY, 2, None, Why.KEY_CHANGED, NOW)
    assert disputes.waiting(store.reader, None).cases == []


def test_objections_have_an_end(store: Store, learner: int) -> None:
    """Of a very long objection the beginning is kept."""
    answered(store, begun(store, learner, 1), WRONG)
    do(store, log.dispute, learner, 1, 0, NOW)
    do(store, disputes.object_to, learner, 1, 0, "x" * 5000)
    (case,) = disputes.waiting(store.reader, None).cases
    assert case.words == "x" * disputes.LONGEST_WORDS


def test_the_last_batch(store: Store, learner: int) -> None:
    """It is what the newest regrade of a key replaced: an earlier grade, or the answer's own."""
    for number in (1, 2, 3):
        answered(store, begun(store, learner, number, item(question(name="a"))), WRONG)
    answered(store, begun(store, learner, 4, item(slug="other")), WRONG)
    own = results.of_set(store.reader, "set")[0].grade
    later = NOW + timedelta(hours=1)
    do(store, regrades.add, 1, BY_KEY, 2, None, Why.KEY_CHANGED, NOW)
    for answer in (1, 2, 3):
        do(store, regrades.add, answer, BY_KEY, 3, None, Why.KEY_CHANGED, later)
    do(store, regrades.add, 4, BY_KEY, 3, None, Why.KEY_CHANGED, later + timedelta(hours=1))
    do(store, regrades.add, 3, BY_PERSON, 3, None, Why.DECIDED, later)
    assert regrades.last_batch(store.reader, "set") == [
        Before(1, 2, BY_KEY, 2),
        Before(2, 1, own, 3),
    ]
    do(store, regrades.add, 1, BY_KEY, 2, None, Why.UNDONE, later)
    assert regrades.last_batch(store.reader, "set") == [Before(2, 1, own, 3)]
    assert regrades.last_batch(store.reader, "nothing") == []

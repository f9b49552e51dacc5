"""Pushes and deliveries in the store: their states, and that nothing goes from done to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

import pytest

from bot.quiz.options import Feedback, Options
from bot.store import classes, deliveries, learners, pushes, rounds
from bot.store.classes import Class
from bot.store.database import Store
from bot.store.deliveries import DeliveryState, Errand
from bot.store.pushes import Push, PushState
from bot.teaching.classes import create
from tests.quiz.builders import NOW, item, question, round_of
from tests.store.played import WRONG, answered

HOUR = timedelta(hours=1)
T = TypeVar("T")


@pytest.fixture
def class_id(store: Store, learner: int, other: int) -> int:
    """Make a class that the one teaches and the other learns in."""
    made = store.write_now(lambda db: create(db, Class(0, "7b", "c", "UTC"), learner, NOW))
    store.write_now(lambda db: classes.join(db, made, other, NOW))
    return made


def do(store: Store, what: Callable[..., T], *args: object, **named: object) -> T:
    """Write something."""
    return store.write_now(lambda db: what(db, *args, **named))


def waiting(store: Store, class_id: int, **fields: object) -> int:
    """Keep a push whose time is now, unless fields say otherwise."""
    plain = Push(0, class_id, "set", 1, state=PushState.WAITING, send_at=NOW)
    return do(store, pushes.create, replace(plain, **fields))  # type: ignore[arg-type] # by name


def test_a_push_comes_back_as_it_was(store: Store, class_id: int, learner: int) -> None:
    """Everything that is set about a push survives being kept."""
    push = Push(
        id=1,
        class_id=class_id,
        slug="set",
        version=3,
        options=Options(feedback=Feedback.DEFERRED, seconds=30),
        made_by=learner,
        state=PushState.WAITING,
        send_at=NOW,
        deadline=NOW + 2 * HOUR,
        remind_at=NOW + HOUR,
        progress_id=77,
    )
    assert do(store, pushes.create, push) == 1
    assert pushes.load(store.reader, 1) == push
    assert pushes.load(store.reader, 2) is None
    assert pushes.confirmed(store.reader) == [push]
    assert pushes.confirmed(store.reader, [class_id + 1]) == []


def test_one_draft_to_a_maker(store: Store, class_id: int, learner: int) -> None:
    """The same draft again is the one there is; another one takes its place."""
    first = Push(0, class_id, "set", 1, made_by=learner)
    number = do(store, pushes.draft, first)
    assert do(store, pushes.draft, first) == number
    other = do(store, pushes.draft, replace(first, slug="other"))
    rows = store.reader.execute("SELECT id, slug FROM pushes").fetchall()
    assert rows == [(other, "other")]


def test_a_draft_is_confirmed_once(store: Store, class_id: int, learner: int) -> None:
    """After that nothing changes it, and a second confirmation is none."""
    number = do(store, pushes.draft, Push(0, class_id, "set", 1, made_by=learner))
    assert do(store, pushes.confirm, number, NOW, 5)
    assert not do(store, pushes.confirm, number, NOW + HOUR, 6)
    push = pushes.load(store.reader, number)
    assert push is not None
    assert (push.state, push.send_at, push.progress_id) == (PushState.WAITING, NOW, 5)
    assert not do(store, pushes.change, replace(push, deadline=NOW))


def test_what_is_due(store: Store, class_id: int) -> None:
    """A push is due from its time on, while it is being sent, and no more when it is through."""
    number = waiting(store, class_id, send_at=NOW + HOUR)
    assert pushes.to_send(store.reader, NOW) == []
    assert pushes.next_time(store.reader) == NOW + HOUR
    later = NOW + HOUR
    assert [push.id for push in pushes.to_send(store.reader, later)] == [number]
    do(store, pushes.start, number)
    assert [push.state for push in pushes.to_send(store.reader, NOW)] == [PushState.SENDING]
    do(store, pushes.finish, number)
    assert pushes.to_send(store.reader, later) == []
    assert pushes.next_time(store.reader) is None


def test_rows_are_made_once_when_a_push_goes_out(
    store: Store, class_id: int, learner: int, other: int
) -> None:
    """Everybody in the class by then has one; starting again adds none for who joined later."""
    number = waiting(store, class_id)
    do(store, pushes.start, number)
    do(store, classes.join, class_id, learner, NOW)
    do(store, pushes.start, number)
    assert deliveries.waiting(store.reader, number, Errand.SET) == [other]


def test_a_message_is_claimed_once(store: Store, class_id: int, other: int) -> None:
    """Of two who would send a message one may; after it is settled nobody may."""
    number = waiting(store, class_id)
    do(store, pushes.start, number)
    claim = partial(do, store, deliveries.claim, number, other, Errand.SET)
    assert [claim(), claim()] == [True, False]
    do(store, deliveries.settle, number, other, Errand.SET, DeliveryState.BLOCKED, "why")
    assert not claim()
    (row,) = deliveries.of_push(store.reader, number)
    assert (row.state, row.why) == (DeliveryState.BLOCKED, "why")


def test_nothing_more_of_a_cancelled_push(store: Store, class_id: int, other: int) -> None:
    """A push that is stopped in the middle sends nothing more; one that is through stays."""
    number = waiting(store, class_id)
    do(store, pushes.start, number)
    assert do(store, pushes.cancel, number)
    assert not do(store, deliveries.claim, number, other, Errand.SET)
    through = waiting(store, class_id)
    do(store, pushes.start, through)
    do(store, pushes.finish, through)
    assert not do(store, pushes.cancel, through)


@pytest.mark.parametrize("errand", Errand)
def test_what_was_cut_off_is_unknown(
    store: Store, class_id: int, other: int, errand: Errand
) -> None:
    """What is being sent when nothing is being sent is told once, and never claimed again."""
    number = waiting(store, class_id)
    do(store, pushes.start, number)
    push = pushes.load(store.reader, number)
    if errand is Errand.REMINDER:
        do(store, deliveries.settle, number, other, Errand.SET, DeliveryState.SENT)
        do(store, pushes.finish, number)
        do(store, deliveries.start_reminders, push, NOW)
    assert do(store, deliveries.claim, number, other, errand)
    ((cut, whom),) = do(store, deliveries.cut_off)
    assert (cut.id, whom) == (number, [other])
    assert do(store, deliveries.cut_off) == []
    assert not do(store, deliveries.claim, number, other, errand)


REMINDED = [
    (DeliveryState.SENT, True, False, True),
    (DeliveryState.UNKNOWN, True, False, True),
    (DeliveryState.BLOCKED, True, False, False),
    (DeliveryState.FAILED, True, False, False),
    (DeliveryState.SENT, False, False, False),
    (DeliveryState.SENT, True, True, False),
]


@pytest.mark.parametrize(("state", "wants", "finished", "reminded"), REMINDED)
def test_who_is_reminded(
    store: Store,
    class_id: int,
    other: int,
    state: DeliveryState,
    wants: bool,
    finished: bool,
    reminded: bool,
) -> None:
    """Who has it, wants to be reminded and has not finished, and nobody else."""
    number = waiting(store, class_id, deadline=NOW + 2 * HOUR, remind_at=NOW + HOUR)
    do(store, pushes.start, number)
    do(store, deliveries.settle, number, other, Errand.SET, state)
    do(store, pushes.finish, number)
    member = classes.member(store.reader, class_id, other)
    assert member is not None
    do(store, classes.change, class_id, replace(member, reminders=wants))
    asked = item(question(name="a"))
    round_ = replace(round_of(asked, number=9, learner=other), push=number)
    do(store, rounds.begin, round_, NOW)
    if finished:
        answered(store, round_, WRONG)
    assert pushes.next_time(store.reader) == NOW + HOUR
    (push,) = pushes.to_remind(store.reader, NOW + HOUR)
    do(store, deliveries.start_reminders, push, NOW + HOUR)
    assert (deliveries.waiting(store.reader, number, Errand.REMINDER) == [other]) is reminded
    assert rounds.of_push(store.reader, other, number) == [(9, finished)]
    assert pushes.next_time(store.reader) is None


def test_nobody_is_reminded_after_the_deadline(store: Store, class_id: int, other: int) -> None:
    """A reminder that comes too late, because the bot was away, is not sent."""
    number = waiting(store, class_id, deadline=NOW + 2 * HOUR, remind_at=NOW + HOUR)
    do(store, pushes.start, number)
    do(store, deliveries.settle, number, other, Errand.SET, DeliveryState.SENT)
    do(store, pushes.finish, number)
    (push,) = pushes.to_remind(store.reader, NOW + 3 * HOUR)
    do(store, deliveries.start_reminders, push, NOW + 3 * HOUR)
    assert deliveries.waiting(store.reader, number, Errand.REMINDER) == []
    assert pushes.to_remind(store.reader, NOW + 3 * HOUR) == []


def test_who_watches(store: Store, class_id: int, learner: int, other: int) -> None:
    """Its maker watches a push; one from the shell is watched by who leads the class."""
    push = Push(0, class_id, "set", 1)
    assert pushes.watcher(store.reader, push) == learner
    assert pushes.watcher(store.reader, replace(push, made_by=other)) == other


def test_a_round_keeps_its_push_and_options(store: Store, class_id: int, other: int) -> None:
    """A round comes back with its push, its options and the deadline of the push."""
    number = waiting(store, class_id, deadline=NOW + HOUR)
    asked = item(question(name="a"))
    round_ = replace(
        round_of(asked, number=9, learner=other), push=number, options=Options(retry=False)
    )
    do(store, rounds.begin, round_, NOW)
    found = rounds.load(store.reader, other, 9, lambda *_: asked)
    assert found == replace(round_, deadline=NOW + HOUR)


def test_a_round_is_opened_again(store: Store, class_id: int, other: int) -> None:
    """A round that another one closed takes its place again."""
    asked = item(question(name="a"))
    for number in (1, 2):
        do(store, rounds.begin, round_of(asked, number=number, learner=other), NOW)
    do(store, rounds.reopen, round_of(asked, number=1, learner=other))
    assert rounds.open_of(store.reader, other) == 1


def test_forgetting_a_learner_forgets_their_deliveries(
    store: Store, class_id: int, learner: int, other: int
) -> None:
    """No row speaks of somebody who was forgotten; the push of a forgotten maker stays."""
    number = waiting(store, class_id, made_by=learner)
    do(store, pushes.start, number)
    for who in (other, learner):
        do(store, learners.forget, who)
    push = pushes.load(store.reader, number)
    assert push is not None
    assert push.made_by is None
    assert deliveries.of_push(store.reader, number) == []

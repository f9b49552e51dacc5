"""Roles, invitations and classes in the store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import awaited, classes, learners, roles
from bot.store.awaited import Awaited
from bot.store.database import Store
from bot.store.roles import Invitation, Role
from tests.quiz.builders import NOW

RANKS = [
    (have, need, tuple(Role).index(have) >= tuple(Role).index(need))
    for have in Role
    for need in Role
]


@pytest.mark.parametrize(("have", "need", "may"), RANKS)
def test_a_role_may_what_lower_ones_may(have: Role, need: Role, may: bool) -> None:
    """Each role may do all that the ones before it may."""
    assert have.may(need) is may


def test_a_role_is_given_and_taken_with_a_line_in_the_log(
    store: Store, learner: int, other: int
) -> None:
    """Granting and withdrawing leave who, what and by whom."""
    store.write_now(lambda db: roles.grant(db, learner, Role.INSTRUCTOR, other, NOW))
    assert roles.of(store.reader, learner) is Role.INSTRUCTOR
    assert roles.holders(store.reader, Role.INSTRUCTOR) == [learner]
    assert store.write_now(lambda db: roles.withdraw(db, learner, other, NOW))
    assert not store.write_now(lambda db: roles.withdraw(db, learner, other, NOW))
    assert roles.of(store.reader, learner) is Role.LEARNER
    log = store.reader.execute("SELECT learner, role, granted, by FROM role_changes ORDER BY id")
    assert log.fetchall() == [(learner, "instructor", 1, other), (learner, "instructor", 0, other)]


def test_an_invitation_is_used_once_and_in_time(store: Store, learner: int) -> None:
    """Of two who use a key the first gets it; after its time nobody does."""
    offer = Invitation(Role.INSTRUCTOR, None, learner, NOW + timedelta(days=1))
    for key in ("one", "two"):
        store.write_now(lambda db, key=key: roles.invite(db, key, offer))  # type: ignore[misc]
    assert roles.invited(store.reader, "one", NOW) == offer
    assert store.write_now(lambda db: roles.use(db, "one", NOW))
    assert not store.write_now(lambda db: roles.use(db, "one", NOW))
    assert roles.invited(store.reader, "one", NOW) is None
    assert not store.write_now(lambda db: roles.use(db, "two", NOW + timedelta(days=1)))
    assert "'one'" not in "\n".join(store.reader.iterdump())


def test_leaving_nothing_behind(store: Store, learner: int, other: int) -> None:
    """Who is forgotten is in no class, teaches none, has no role; nothing is awaited of them."""

    def live() -> int:
        class_id = store.write_now(lambda db: classes.create(db, "A", "AAAAAAA", "UTC", NOW))
        store.write_now(lambda db: classes.add_instructor(db, class_id, learner, leads=True))
        store.write_now(lambda db: classes.join(db, class_id, learner, NOW))
        store.write_now(lambda db: classes.join(db, class_id, other, NOW))
        store.write_now(lambda db: roles.grant(db, learner, Role.OPERATOR, None, NOW))
        store.write_now(lambda db: awaited.ask(db, learner, "something", "1"))
        return class_id

    class_id = live()
    kept = learners.everything(store.reader, learner)
    for table in ("class_instructors", "members", "roles", "awaited"):
        assert len(kept[table]) == 1  # type: ignore[arg-type]  # a list of rows
    assert awaited.of(store.reader, learner) == Awaited("something", "1")
    store.write_now(lambda db: learners.forget(db, learner))
    assert [one.learner for one in classes.members(store.reader, class_id)] == [other]
    assert not classes.teaches(store.reader, class_id, learner)
    assert roles.of(store.reader, learner) is Role.LEARNER
    assert awaited.of(store.reader, learner) is None

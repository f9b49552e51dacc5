"""Decisions as writes: what follows from each, in one transaction, and what stays as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.quiz.answers import Chosen, Said
from bot.quiz.labels import Ask, Kind, Verdict
from bot.quiz.review import reviewed
from bot.quiz.rounds import LogEntry
from bot.sets import fingerprint, to_record
from bot.store import cards, disputes, learners, log, results, rounds, sets
from bot.store.database import Store
from bot.store.disputes import Decision
from bot.store.results import Result
from bot.teaching.classbook import plan_of
from bot.teaching.library import Library
from bot.teaching.regrades import accepted, with_kind
from bot.teaching.settling import Ruling, apply, rekey, settle, undo
from tests.quiz.builders import NOW, TEXT, item, playing, question, quiz_set, round_of

FACT, OPINION = Kind.SOURCED_FACT, Kind.OPINION
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a store with one set of two opinions, read from a file, and a learner 1."""
    with Store(tmp_path / "store.db") as opened:
        made = quiz_set(question(name="a"), question(name="b"), version=0)
        record, print_ = to_record(made), fingerprint(made)
        opened.write_now(lambda db: sets.publish(db, record, print_, NOW, "bytes", listed=False))
        opened.write_now(lambda db: learners.enrol(db, 70, NOW))
        yield opened


def said(store: Store, number: int, *words: Said) -> list[LogEntry]:
    """Let the learner answer about a and b in a round, as the bot keeps it."""
    round_ = round_of(*(item(question(name=name)) for name in "ab"), number=number)
    played, entries = playing(round_, *words)
    store.write_now(lambda db: rounds.begin(db, played, NOW))
    for entry in entries:
        card = reviewed(cards.load(store.reader, 1, entry.item), entry.grade, entry.at)
        store.write_now(partial(_keep, entry))
        if card is not None:
            store.write_now(partial(cards.save, learner=1, item=entry.item, card=card))
    return entries


def _keep(entry: LogEntry, db: sqlite3.Connection) -> None:
    assert log.add(db, entry)


def one(store: Store, answer: int = 1) -> Result:
    """Return an answer as it stands."""
    found = results.load(store.reader, answer)
    assert found is not None
    return found


def due(store: Store) -> set[str]:
    """Return the questions that the learner has cards of."""
    return {name for _, name, _ in cards.schedule(store.reader, 1)}


def test_a_ruling_is_kept_with_all_that_follows(store: Store) -> None:
    """An accepted answer is settled and graded again, and comes up for review no more."""
    said(store, 1, Chosen(FACT), Chosen(FACT))
    assert due(store) == {"a", "b"}
    ruling = Ruling(Decision.ACCEPTED, accepted(one(store), TEXT))
    first = one(store)
    assert store.write_now(lambda db: settle(db, first, ruling, None, NOW))
    assert one(store).grade.verdict is Verdict.RIGHT
    assert due(store) == {"b"}


def test_a_second_ruling_changes_nothing(store: Store) -> None:
    """Neither its grade nor its key comes into the store."""
    said(store, 1, Chosen(FACT))
    first = one(store)
    store.write_now(lambda db: settle(db, first, Ruling(Decision.UPHELD), None, NOW))
    late = Ruling(Decision.REKEYED, accepted(first, TEXT), partial(with_kind, kind=FACT))
    assert not store.write_now(lambda db: settle(db, first, late, None, NOW))
    assert one(store) == first
    assert sets.newest(store.reader) == [("set", 1)]


def test_a_key_is_changed_in_a_new_version(store: Store) -> None:
    """One question has another key; file, listing and every other question stay."""
    change = partial(with_kind, kind=FACT)
    assert store.write_now(lambda db: rekey(db, "set", "a", change, 1, LATER)) == 2
    assert sets.newest_of(store.reader, "set") == sets.Newest(2, "bytes", listed=False)
    before, after = (Library(store).version("set", version) for version in (1, 2))
    assert after.questions[1] == before.questions[1]
    assert after.questions[0].key is not None
    assert after.questions[0].key.kind is FACT


def test_two_changes_of_one_set_add_up(store: Store) -> None:
    """The second is made to what the first left, whenever it was thought of."""
    change = partial(with_kind, kind=FACT)
    for name in "ab":
        store.write_now(partial(rekey, slug="set", question_id=name, rekeyed=change, by=1, now=NOW))
    newest = Library(store).version("set", 3)
    assert {question.key.kind for question in newest.questions if question.key} == {FACT}


@pytest.mark.parametrize(("slug", "name"), [("set", "z"), ("other", "a")])
def test_a_key_that_is_gone_is_not_changed(store: Store, slug: str, name: str) -> None:
    """Where set or question are not there, nothing is published."""
    change = partial(with_kind, kind=FACT)
    assert store.write_now(lambda db: rekey(db, slug, name, change, 1, NOW)) is None
    assert sets.newest(store.reader) == [("set", 1)]


def regraded(store: Store, *, lower: bool = False) -> None:
    """Change the key of a to a fact, and grade again."""
    change = partial(with_kind, kind=FACT)
    store.write_now(lambda db: rekey(db, "set", "a", change, None, NOW))
    library = Library(store)
    found = library.find("set")
    assert found is not None
    plan = plan_of(store.reader, library, found, lower=lower)
    store.write_now(lambda db: apply(db, plan, found.version, None, LATER))


def test_a_regrade_and_what_is_due(store: Store) -> None:
    """What is right now comes back no more; undone, it is due again just as it was."""
    said(store, 1, Chosen(FACT), Chosen(FACT))
    before = cards.schedule(store.reader, 1)
    own = store.reader.execute("SELECT * FROM answers").fetchall()
    regraded(store)
    assert (one(store).grade.score, due(store)) == (1, {"b"})
    assert store.write_now(lambda db: undo(db, "set", None, LATER)) == 1
    assert one(store).grade.score == 0
    assert cards.schedule(store.reader, 1) == before
    assert store.write_now(lambda db: undo(db, "set", None, LATER)) == 0
    assert store.reader.execute("SELECT * FROM answers").fetchall() == own
    assert store.reader.execute("SELECT why FROM regrades ORDER BY id").fetchall() == [
        ("key changed",),
        ("undone",),
    ]


def test_a_score_that_falls_brings_a_question_back(store: Store) -> None:
    """What was right by the old key and is wrong by the new one is due."""
    said(store, 1, Chosen(OPINION))
    regraded(store)
    assert (one(store).grade.score, due(store)) == (1, set())
    regraded(store, lower=True)
    assert (one(store).grade.score, due(store)) == (0, {"a"})


def test_a_regrade_settles_the_disputes_that_it_grants(store: Store) -> None:
    """Who is right by the new key waits no more; who is not still waits."""
    for number, kind in ((1, FACT), (2, Kind.UNSOURCED_CLAIM)):
        said(store, number, Chosen(kind))
        store.write_now(partial(log.dispute, learner=1, round_id=number, position=0, at=NOW))
    regraded(store)
    assert [case.answer for case in disputes.waiting(store.reader, None).cases] == [2]
    assert one(store, 2).ask is Ask.KIND
    assert one(store, 2).grade.expected == FACT, "it is wrong by the new key as by the old"


def test_a_plan_that_came_too_late_changes_nothing(store: Store) -> None:
    """What a person decided between looking and doing stays."""
    said(store, 1, Chosen(FACT))
    change = partial(with_kind, kind=FACT)
    store.write_now(lambda db: rekey(db, "set", "a", change, None, NOW))
    library = Library(store)
    plan = plan_of(store.reader, library, library.version("set", 2), lower=False)
    assert len(plan.changes) == 1
    ruling = Ruling(Decision.ACCEPTED, accepted(one(store), TEXT))
    first = one(store)
    store.write_now(lambda db: settle(db, first, ruling, None, NOW))
    decided = one(store)
    assert store.write_now(lambda db: apply(db, plan, 2, None, LATER)) == []
    assert one(store) == decided

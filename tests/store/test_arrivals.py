"""What arrives: all of it is kept, once, and what cannot be used takes nothing else along."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from math import nan
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from bot.store import arrivals, inbox
from bot.store.arrivals import DEEPEST, REUSED_AFTER, Kept
from bot.store.calls import Call
from bot.store.database import Store
from bot.store.migrations import migrations
from bot.store.moments import to_text
from tests.quiz.builders import NOW

Update = dict[str, Any]

ANN, BOB = 700001, 700002
SECOND = timedelta(seconds=1)

# a raw update → the chat that it comes from
CHATS: list[tuple[Update, int | None]] = [
    ({"message": {"chat": {"id": ANN}, "from": {"id": BOB}}}, ANN),
    ({"message": {"chat": {"id": -100123}}}, -100123),
    ({"callback_query": {"message": {"chat": {"id": ANN}}, "from": {"id": BOB}}}, ANN),
    ({"message": {"from": {"id": ANN}}}, None),
    ({"message": {"chat": {"id": "ann"}}}, None),
    ({"message": {"chat": {"id": True}}}, None),
    ({"message": {"chat": {"id": 10**30}}}, None),
    ({"message": {"chat": ANN}}, None),
    ({"message": "text"}, None),
    ({"callback_query": {"from": {"id": ANN}}}, None),
    ({"callback_query": {"message": None}}, None),
    ({"callback_query": 5}, None),
    ({"poll": {"id": "1"}}, None),
    ({}, None),
]


def deep(levels: int) -> object:
    """Return lists in lists."""
    found: object = []
    for _ in range(levels):
        found = [found]
    return found


# What nobody can handle, and why. The last cannot even be written down.
UNUSABLE: list[tuple[object, str]] = [
    ({"message": {"text": "hi"}}, "no usable update_id"),
    ({"update_id": None}, "no usable update_id"),
    ({"update_id": "5"}, "no usable update_id"),
    ({"update_id": -5}, "no usable update_id"),
    ({"update_id": 10**30}, "no usable update_id"),
    ({"update_id": 2**63}, "no usable update_id"),
    ({"update_id": 5.0}, "no usable update_id"),
    ({"update_id": True}, "no usable update_id"),
    ({"update_id": nan}, "no usable update_id"),
    ({}, "no usable update_id"),
    (None, "not an object"),
    ("a text", "not an object"),
    ("\ud800", "not an object"),
    (7, "not an object"),
    ([{"update_id": 5}], "not an object"),
    ({"update_id": 7, "message": deep(DEEPEST)}, "nested too deeply"),
    ({"update_id": 7, "message": deep(100_000)}, "cannot be written: RecursionError"),
]

# What can be handled, however odd: kept and given back as it is.
ODD: list[Update] = [
    {"update_id": 0, "message": {"text": "half a \ud83d surrogate"}},
    {"update_id": 1, "message": {"date": nan, "chat": {"id": 10**30}}},
    {"update_id": 2, "message": {"text": "\x00", "chat": {"id": ANN}}},
    {"update_id": 3, "message": {"text": "[" * 4096}},
    {"update_id": 4, "message": deep(DEEPEST - 3)},
    {"update_id": 2**63 - 1},
]


def written(update_id: int, text: str = "words") -> Update:
    """Return an update with words."""
    return {"update_id": update_id, "message": {"text": text, "chat": {"id": ANN}}}


def keep(store: Store, *batch: object, at: datetime = NOW) -> Kept:
    """Keep a batch."""
    return store.write_now(lambda db: arrivals.keep(db, batch, at))


def texts(kept: Kept) -> list[str]:
    """Return what was said in what is new."""
    return [update["message"]["text"] for update in kept.updates]


def test_an_update_that_comes_twice_is_dropped(store: Store) -> None:
    """A second delivery is no new update: in its batch, in a later one, and after it was done."""
    assert texts(keep(store, written(11, "a"), written(12, "b"), written(11, "a"))) == ["a", "b"]
    assert texts(keep(store, written(12, "b"), written(13, "c"))) == ["c"]
    store.write_now(lambda db: inbox.done(db, 1, [Call("sendMessage", {})], NOW))
    assert keep(store, written(11, "a")).updates == []
    store.write_now(lambda db: inbox.sent(db, 1))
    assert keep(store, written(11, "a"), at=NOW + timedelta(days=1)).updates == []
    assert [update["update_id"] for update in inbox.unhandled(store.reader)] == [2, 3]


def test_an_id_that_comes_again_for_something_else(store: Store) -> None:
    """After a week of silence ids begin anew at random: another content is another update."""
    keep(store, written(11, "a"))
    assert texts(keep(store, written(11, "b"))) == ["b"]
    assert texts(keep(store, written(11, "a"), written(11, "b"))) == []
    assert texts(keep(store, written(3, "lower"))) == ["lower"]
    assert len(inbox.unhandled(store.reader)) == 3


@pytest.mark.parametrize("is_done", [False, True])
def test_an_id_that_comes_again_long_after(store: Store, *, is_done: bool) -> None:
    """What has the same id and the same content days later was said again."""
    keep(store, written(11, "/quiz"))
    if is_done:
        store.write_now(lambda db: inbox.done(db, 1, [], NOW))
    assert not keep(store, written(11, "/quiz"), at=NOW + REUSED_AFTER).updates
    (again,) = keep(store, written(11, "/quiz"), at=NOW + REUSED_AFTER + SECOND).updates
    assert again == written(2, "/quiz")


def test_a_batch_is_kept_in_the_order_of_its_ids(store: Store) -> None:
    """A batch that comes in disorder is put in order; a later one comes later whatever its ids."""
    keep(store, written(13, "c"), {"no": "id"}, written(11, "a"), written(12, "b"))
    keep(store, written(9, "late"))
    left = inbox.unhandled(store.reader)
    assert [update["message"]["text"] for update in left] == ["a", "b", "c", "late"]  # type: ignore[index]


def test_what_there_is_no_room_for(store: Store) -> None:
    """Of an update that may not wait one row is kept, done and empty, by which it is recognised."""
    room = iter([True, False])

    def unit(db: sqlite3.Connection) -> tuple[Kept, int]:
        before = db.total_changes
        kept = arrivals.keep(db, [written(1), written(2), 5], NOW, lambda _: next(room))
        return kept, db.total_changes - before

    kept, changes = store.write_now(unit)
    assert changes == 3, "each is written once"
    assert texts(kept) == ["words"]
    assert [update["update_id"] for update in kept.over] == [2]
    assert len(kept.unusable) == 1, "what cannot be handled takes no room"
    assert inbox.handled(store.reader, 2)
    assert [each["update_id"] for each in inbox.unhandled(store.reader)] == [1]
    found = store.reader.execute(
        "SELECT body, chat_id, replies, failure FROM inbox WHERE number = 2"
    ).fetchall()
    assert found == [(None, None, None, inbox.TOO_MANY)]
    again = keep(store, written(2))
    assert (again.updates, again.over) == ([], [])


@pytest.mark.parametrize(("odd", "why"), UNUSABLE)
def test_what_nobody_can_handle_is_kept(store: Store, odd: object, why: str) -> None:
    """It is marked and told of once, never handled, and the rest of its batch goes on."""
    kept = keep(store, written(4, "a"), odd, written(6, "b"))
    assert texts(kept) == ["a", "b"]
    assert kept.unusable == [why]
    assert not keep(store, odd).unusable
    assert keep(store, odd, at=NOW + REUSED_AFTER + SECOND).unusable == [why]
    assert [update["update_id"] for update in inbox.unhandled(store.reader)] == [1, 2]
    noted = "SELECT body, failure FROM inbox WHERE failure IS NOT NULL"
    body, failure = store.reader.execute(noted).fetchone()
    assert failure == why
    assert body == ("null" if "written" in why else json.dumps(odd, sort_keys=True))
    assert inbox.done_since(store.reader, NOW) == [(0, 2)]


@pytest.mark.parametrize("odd", ODD)
def test_odd_updates_come_back_as_they_are(store: Store, path: Path, odd: Update) -> None:
    """Whatever characters and numbers are in it, an update is handled, now or after reopening."""
    (now,) = keep(store, odd).updates
    assert not keep(store, odd).updates
    store.close()
    with Store(path) as again:
        (later,) = inbox.unhandled(again.reader)
    assert json.dumps(later, sort_keys=True) == json.dumps(odd | {"update_id": 1}, sort_keys=True)
    assert json.dumps(now, sort_keys=True) == json.dumps(later, sort_keys=True)


@pytest.mark.parametrize(("update", "chat_id"), CHATS)
def test_an_update_is_kept_under_its_chat(
    store: Store, update: Update, chat_id: int | None
) -> None:
    """The chat is that of the message, written or pressed under; any other shape is kept too."""
    keep(store, {"update_id": 11, **update})
    assert inbox.unhandled(store.reader) == [{"update_id": 1, **update}]
    assert store.reader.execute("SELECT chat_id FROM inbox").fetchall() == [(chat_id,)]


def test_a_batch_is_kept_whole_or_not_at_all(store: Store) -> None:
    """Where a batch cannot be kept nothing of it is, so it can be fetched again."""

    def fails(db: sqlite3.Connection) -> None:
        arrivals.keep(db, [written(11), written(12)], NOW)
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(Exception, match="full"):
        store.write_now(fails)
    assert inbox.unhandled(store.reader) == []
    assert len(keep(store, written(11), written(12)).updates) == 2


def test_an_inbox_of_an_earlier_version(path: Path) -> None:
    """What waited before the upgrade waits after it, and what was done is recognised by its id."""
    before = "m005_arrivals"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db), stop_before=before)
        insert = (
            "INSERT INTO inbox (update_id, received_at, chat_id, body, done_at, failure)"
            " VALUES (?, ?, ?, ?, ?, ?)"
        )
        moment, later = to_text(NOW), to_text(NOW + SECOND)
        db.execute(insert, (900, moment, ANN, json.dumps(written(900, "old")), None, None))
        db.execute(insert, (12, later, ANN, json.dumps(written(12, "new")), None, None))
        db.execute(insert, (11, later, None, None, later, None))
        db.execute(insert, (13, later, ANN, "[]", None, "TypeError"))
    with Store(path) as store:
        left = inbox.unhandled(store.reader)
        assert left == [written(1, "old"), written(3, "new")]
        assert inbox.handled(store.reader, 2)
        assert not keep(store, written(11), written(12, "new"), written(13)).updates
        assert len(keep(store, written(11), at=NOW + 2 * REUSED_AFTER).updates) == 1


@pytest.mark.parametrize("condition", ["update_id = 5 AND received_at >= ''", "update_id IS NULL"])
def test_recognising_looks_at_nothing_else(store: Store, condition: str) -> None:
    """Whether an update came before is found by an index, however many there were."""
    plan = store.reader.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM inbox WHERE {condition}")  # noqa: S608
    assert "inbox_by_update" in str(plan.fetchall())

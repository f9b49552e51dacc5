"""The inbox: kept before it is told, dropped when it comes twice, done with its answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.store import inbox, learners
from bot.store.calls import Call, File
from bot.store.database import Store
from bot.store.inbox import Unsent
from tests.quiz.builders import NOW

Update = dict[str, object]

ONE: Update = {"update_id": 11, "message": {"text": "привет „ü“ 🙂", "from": {"id": 700001}}}
TWO: Update = {"update_id": 12, "message": {"text": "/start"}}
THREE: Update = {"update_id": 13, "callback_query": {"data": "k|1|0|o"}}
REPLIES = (
    Call("sendMessage", {"chat_id": 1, "text": "Gut! ü"}, remember=(7, 0)),
    Call("sendPhoto", {"chat_id": 1}, {"photo": File("d.png", b"\x89PNG\x00\xff")}),
)


def keep(store: Store, *updates: Update) -> list[object]:
    """Keep a batch and return the ids of what was new in it."""
    new = store.write_now(lambda db: inbox.keep(db, updates, NOW))
    return [update["update_id"] for update in new]


def done(store: Store, update_id: int, replies: Sequence[Call] = ()) -> None:
    """Mark an update as handled."""
    store.write_now(lambda db: inbox.done(db, update_id, replies, NOW))


def test_an_update_that_comes_twice_is_dropped(store: Store) -> None:
    """A second delivery is no new update: in its batch, in a later one, and after it was done."""
    assert keep(store, ONE, TWO, ONE) == [11, 12]
    assert keep(store, TWO, THREE) == [13]
    done(store, 11, REPLIES)
    store.write_now(lambda db: inbox.sent(db, 11))
    assert keep(store, ONE) == []
    assert inbox.unhandled(store.reader) == [TWO, THREE]


def test_a_second_delivery_changes_nothing(store: Store) -> None:
    """Of two bodies with one number the first is the one that is handled."""
    keep(store, ONE)
    keep(store, {"update_id": 11, "message": {"text": "other"}})
    assert inbox.unhandled(store.reader) == [ONE]


def test_a_batch_is_kept_whole_or_not_at_all(store: Store) -> None:
    """A batch with something broken in it leaves nothing behind, so it can be fetched again."""
    with pytest.raises(KeyError):
        keep(store, ONE, {"no": "number"})
    assert inbox.unhandled(store.reader) == []


def test_unhandled_updates_come_back_in_their_order(store: Store, path: Path) -> None:
    """What was not done before the bot went down is there after it comes up, oldest first."""
    keep(store, THREE, ONE)
    keep(store, TWO)
    done(store, 12)
    store.close()
    with Store(path) as again:
        assert inbox.unhandled(again.reader) == [ONE, THREE]
        assert inbox.handled(again.reader, 12)
        assert not inbox.handled(again.reader, 11)
        assert not inbox.handled(again.reader, 99)


def test_unsent_answers_come_back_with_their_files(store: Store, path: Path) -> None:
    """Answers that were kept and not sent are there after reopening; sent ones are gone."""
    keep(store, ONE, TWO, THREE)
    done(store, 13, REPLIES[:1])
    done(store, 12)
    done(store, 11, REPLIES)
    store.close()
    with Store(path) as again:
        assert inbox.unsent(again.reader) == [Unsent(11, REPLIES), Unsent(13, REPLIES[:1])]
        again.write_now(lambda db: inbox.sent(db, 11))
        assert inbox.unsent(again.reader) == [Unsent(13, REPLIES[:1])]


def test_effects_done_mark_and_answers_are_one_transaction(store: Store) -> None:
    """When handling fails at its end neither its effects nor its answers nor its mark remain."""
    keep(store, ONE)

    def handle(db: sqlite3.Connection) -> None:
        learners.enrol(db, 700001, NOW)
        inbox.done(db, 11, REPLIES, NOW)
        raise RuntimeError("at the very end")

    with pytest.raises(RuntimeError):
        store.write_now(handle)
    assert inbox.unhandled(store.reader) == [ONE]
    assert inbox.unsent(store.reader) == []
    assert not inbox.handled(store.reader, 11)
    assert learners.find(store.reader, 700001) is None


def test_a_failed_update_is_tried_again(store: Store) -> None:
    """A failure is noted for the operator and leaves the update to be handled."""
    keep(store, ONE)
    store.write_now(lambda db: inbox.failed(db, 11, "TextError: missing"))
    assert inbox.unhandled(store.reader) == [ONE]
    noted = store.reader.execute("SELECT failure FROM inbox").fetchone()
    assert noted == ("TextError: missing",)


def test_a_finished_update_leaves_its_number_alone(store: Store) -> None:
    """Once handled and answered, nothing that anybody wrote stays in the inbox."""
    keep(store, ONE)
    done(store, 11, REPLIES)
    store.write_now(lambda db: inbox.sent(db, 11))
    row = store.reader.execute("SELECT update_id, body, replies FROM inbox").fetchone()
    assert row == (11, None, None)

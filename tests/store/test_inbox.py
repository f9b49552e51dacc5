"""The inbox: done with its answers; what is failed, sent or forgotten is never handled again.

What is kept of what arrives is in `test_arrivals`. Updates have numbers in the order of arrival,
from 1 on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import arrivals, inbox, learners
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

ANN, BOB = 700001, 700002


def written(update_id: int, chat_id: int = ANN) -> Update:
    """Return an update with words from a chat."""
    return {"update_id": update_id, "message": {"text": "words", "chat": {"id": chat_id}}}


def rows(store: Store) -> dict[int, tuple[object, ...]]:
    """Return the chat, the body, the answers and the failure of each update that was kept."""
    found = store.reader.execute("SELECT number, chat_id, body, replies, failure FROM inbox")
    return {number: tuple(values) for number, *values in found}


def keep(store: Store, *updates: Update) -> list[object]:
    """Keep updates, each in its turn, and return the numbers of what was new."""
    new = []
    for update in updates:
        new += store.write_now(partial(arrivals.keep, batch=[update], now=NOW)).updates
    return [update["update_id"] for update in new]


def open_(store: Store) -> list[object]:
    """Return the numbers of what is to be handled, in that order."""
    return [update["update_id"] for update in inbox.unhandled(store.reader)]


def done(store: Store, number: int, replies: Sequence[Call] = ()) -> None:
    """Mark an update as handled."""
    store.write_now(lambda db: inbox.done(db, number, replies, NOW))


def forget(store: Store, telegram_id: int, number: int) -> None:
    """Forget a person as they asked for it in an update."""
    store.write_now(lambda db: inbox.forget(db, telegram_id, number))


def test_unhandled_updates_come_back_in_their_order(store: Store, path: Path) -> None:
    """What was not done comes again after reopening, in the order of arrival and not of ids."""
    keep(store, THREE, ONE, TWO)
    done(store, 3)
    store.close()
    with Store(path) as again:
        assert inbox.unhandled(again.reader) == [THREE | {"update_id": 1}, ONE | {"update_id": 2}]
        assert inbox.handled(again.reader, 3)
        assert not inbox.handled(again.reader, 1)
        assert not inbox.handled(again.reader, 99)


def test_unsent_answers_come_back_with_their_files(store: Store, path: Path) -> None:
    """Answers that were kept and not sent are there after reopening; sent ones are gone."""
    keep(store, ONE, TWO, THREE)
    done(store, 3, REPLIES[:1])
    done(store, 2)
    done(store, 1, REPLIES)
    store.close()
    with Store(path) as again:
        assert inbox.unsent(again.reader) == [Unsent(1, REPLIES), Unsent(3, REPLIES[:1])]
        again.write_now(lambda db: inbox.sent(db, 1))
        assert inbox.unsent(again.reader) == [Unsent(3, REPLIES[:1])]


def fails_at_its_end(db: sqlite3.Connection) -> None:
    """Fail as a journey may."""
    raise RuntimeError("at the very end")


def fails_at_the_commit(db: sqlite3.Connection) -> None:
    """Leave something that only the commit finds: a learner who is not there."""
    db.execute("PRAGMA defer_foreign_keys=ON")
    db.execute("INSERT INTO identities (telegram_id, learner) VALUES (700002, 99)")


@pytest.mark.parametrize("fail", [fails_at_its_end, fails_at_the_commit])
def test_effects_done_mark_and_answers_are_one_transaction(
    store: Store, fail: Callable[[sqlite3.Connection], None]
) -> None:
    """When handling or its commit fails, neither its effects nor its answers nor its mark stay."""
    keep(store, ONE)

    def handle(db: sqlite3.Connection) -> None:
        learners.enrol(db, 700001, NOW)
        inbox.done(db, 1, REPLIES, NOW)
        fail(db)

    with pytest.raises((RuntimeError, StoreError)):
        store.write_now(handle)
    assert open_(store) == [1]
    assert inbox.unsent(store.reader) == []
    assert not inbox.handled(store.reader, 1)
    assert learners.find(store.reader, 700001) is None


def test_a_failed_update_is_kept_and_not_tried_again(store: Store, path: Path) -> None:
    """What cannot be parsed keeps its words and its failure for the operator, also reopened."""
    keep(store, written(11), TWO)
    store.write_now(lambda db: inbox.failed(db, 1, "TextError: missing"))
    store.close()
    with Store(path) as again:
        assert open_(again) == [2]
        assert inbox.unsent(again.reader) == []
        assert not inbox.handled(again.reader, 1)
        body = json.dumps(written(11), sort_keys=True)
        assert rows(again)[1] == (ANN, body, None, "TextError: missing")
        assert keep(again, written(11)) == []


@pytest.mark.parametrize("replies", [(), REPLIES])
def test_a_failure_in_handling_ends_the_update(store: Store, replies: Sequence[Call]) -> None:
    """What went wrong is noted; the words are gone, and only the apology is still to be sent."""
    keep(store, written(11))
    store.write_now(lambda db: inbox.done(db, 1, replies, NOW, failure="ValueError"))
    assert inbox.handled(store.reader, 1)
    assert inbox.unhandled(store.reader) == []
    assert inbox.unsent(store.reader) == ([Unsent(1, REPLIES)] if replies else [])
    chat_id, body, _, failure = rows(store)[1]
    assert (chat_id, body, failure) == (ANN if replies else None, None, "ValueError")


def test_a_finished_update_leaves_its_number_alone(store: Store) -> None:
    """Once handled and answered, nothing of anybody stays in the inbox, nor whose it was."""
    keep(store, written(11), written(12))
    done(store, 1, REPLIES)
    done(store, 2)
    assert rows(store)[1][0] == ANN
    assert rows(store)[2] == (None, None, None, None)
    store.write_now(lambda db: inbox.sent(db, 1))
    assert rows(store)[1] == (None, None, None, None)


def test_answers_that_are_left_still_belong_to_their_chat(store: Store) -> None:
    """When some answers were sent the others wait, and can be forgotten with their person."""
    keep(store, written(11))
    done(store, 1, REPLIES)
    store.write_now(lambda db: inbox.left(db, 1, REPLIES[1:]))
    assert inbox.unsent(store.reader) == [Unsent(1, REPLIES[1:])]
    assert rows(store)[1][0] == ANN
    forget(store, ANN, 1)
    assert inbox.unsent(store.reader) == []


def test_forgetting_empties_all_that_waits_from_or_for_a_person(store: Store) -> None:
    """Words, answers and failures of a chat go, up to the update that asked for it."""
    keep(store, *(written(number) for number in (11, 12, 13, 14, 15)))
    done(store, 2, REPLIES)
    store.write_now(lambda db: inbox.failed(db, 3, "TextError"))
    store.write_now(lambda db: inbox.done(db, 4, REPLIES, NOW, failure="ValueError"))
    forget(store, ANN, 5)
    assert set(rows(store).values()) == {(None, None, None, None)}
    assert inbox.unhandled(store.reader) == []
    assert inbox.unsent(store.reader) == []
    assert all(inbox.handled(store.reader, number) for number in range(1, 6))
    left = store.reader.execute("SELECT DISTINCT checksum FROM inbox").fetchall()
    assert left == [(None,)], "nothing is left to compare a guess with"
    assert keep(store, written(11), written(13)) == []


def test_forgetting_leaves_others_and_what_comes_later(store: Store) -> None:
    """Another chat, one that is not known and a new beginning are left as they were."""
    other = {"update_id": 11, "message": {"text": "about 700001", "from": {"id": 7000011}}}
    keep(store, other, written(12, BOB), written(13, BOB), written(14), written(15), written(16))
    done(store, 3, REPLIES)
    done(store, 6, REPLIES)
    before = rows(store)
    forget(store, ANN, 4)
    after = rows(store)
    assert {number for number in after if after[number] != before[number]} == {4}
    assert open_(store) == [1, 2, 5]
    assert inbox.unsent(store.reader) == [Unsent(3, REPLIES), Unsent(6, REPLIES)]


@pytest.mark.parametrize(
    "odd",
    [
        ONE,
        {"update_id": 11, "message": {"from": {"id": ANN, "is_bot": False}, "chat": {"id": -1}}},
        {"update_id": 11, "inline_query": {"query": "words", "from": {"id": ANN}}},
        {"message": {"chat": {"id": ANN}}},
        [{"from": {"id": ANN}}],
    ],
)
def test_forgetting_reaches_what_names_a_person_elsewhere(store: Store, odd: object) -> None:
    """An update of a group, or of no known chat, that stays as it came goes with its sender too."""
    store.write_now(lambda db: arrivals.keep(db, [odd], NOW))
    assert str(ANN) in str(rows(store)[1])
    forget(store, ANN, 1)
    assert rows(store)[1] == (None, None, None, None)
    store.write_now(lambda db: arrivals.keep(db, [odd], NOW + timedelta(days=30)))
    store.write_now(lambda db: inbox.forget_all(db, ANN))
    assert set(rows(store).values()) == {(None, None, None, None)}


def test_forgetting_reaches_what_came_before_under_a_higher_id(store: Store) -> None:
    """Telegram's ids may begin anew: what came earlier is forgotten whatever its id."""
    keep(store, written(900), written(11), written(12))
    forget(store, ANN, 2)
    assert open_(store) == [3]


def test_an_update_that_asks_to_be_forgotten_is_still_answered(store: Store) -> None:
    """Forgetting and the done mark go together, and its answer waits under no chat."""
    keep(store, written(11), written(12))

    def handle(db: sqlite3.Connection) -> None:
        inbox.forget(db, ANN, 2)
        inbox.done(db, 2, REPLIES, NOW)

    store.write_now(handle)
    assert inbox.unsent(store.reader) == [Unsent(2, REPLIES)]
    assert rows(store)[2][:2] == (None, None)

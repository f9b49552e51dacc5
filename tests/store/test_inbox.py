"""The inbox: kept before it is told, dropped when it comes twice, done with its answers.

What is failed, sent or forgotten is never handled again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
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

ANN, BOB = 700001, 700002

# a raw update → the chat that it comes from
CHATS: list[tuple[Update, int | None]] = [
    ({"message": {"chat": {"id": ANN}, "from": {"id": BOB}}}, ANN),
    ({"message": {"chat": {"id": -100123}}}, -100123),
    ({"callback_query": {"message": {"chat": {"id": ANN}}, "from": {"id": BOB}}}, ANN),
    ({"message": {"from": {"id": ANN}}}, None),
    ({"message": {"chat": {"id": "ann"}}}, None),
    ({"message": {"chat": ANN}}, None),
    ({"message": "text"}, None),
    ({"callback_query": {"from": {"id": ANN}}}, None),
    ({"callback_query": {"message": None}}, None),
    ({"callback_query": 5}, None),
    ({"poll": {"id": "1"}}, None),
    ({}, None),
]


def written(update_id: int, chat_id: int = ANN) -> Update:
    """Return an update with words from a chat."""
    return {"update_id": update_id, "message": {"text": "words", "chat": {"id": chat_id}}}


def rows(store: Store) -> dict[int, tuple[object, ...]]:
    """Return the chat, the body, the answers and the failure of each update that was kept."""
    found = store.reader.execute("SELECT update_id, chat_id, body, replies, failure FROM inbox")
    return {update_id: tuple(values) for update_id, *values in found}


def keep(store: Store, *updates: Update) -> list[object]:
    """Keep a batch and return the ids of what was new in it."""
    new = store.write_now(lambda db: inbox.keep(db, updates, NOW))
    return [update["update_id"] for update in new]


def done(store: Store, update_id: int, replies: Sequence[Call] = ()) -> None:
    """Mark an update as handled."""
    store.write_now(lambda db: inbox.done(db, update_id, replies, NOW))


def forget(store: Store, telegram_id: int, update_id: int) -> None:
    """Forget a person as they asked for it in an update."""
    store.write_now(lambda db: inbox.forget(db, telegram_id, update_id))


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


@pytest.mark.parametrize(("update", "chat_id"), CHATS)
def test_an_update_is_kept_under_its_chat(
    store: Store, update: Update, chat_id: int | None
) -> None:
    """The chat is that of the message, written or pressed under; any other shape is kept too."""
    raw = {"update_id": 11, **update}
    assert keep(store, raw) == [11]
    assert inbox.unhandled(store.reader) == [raw]
    assert rows(store)[11][0] == chat_id


def test_a_failed_update_is_kept_and_not_tried_again(store: Store, path: Path) -> None:
    """What cannot be parsed keeps its words and its failure for the operator, also reopened."""
    keep(store, written(11), TWO)
    store.write_now(lambda db: inbox.failed(db, 11, "TextError: missing"))
    store.close()
    with Store(path) as again:
        assert inbox.unhandled(again.reader) == [TWO]
        assert inbox.unsent(again.reader) == []
        assert not inbox.handled(again.reader, 11)
        assert rows(again)[11] == (ANN, json.dumps(written(11)), None, "TextError: missing")
        assert keep(again, written(11)) == []


@pytest.mark.parametrize("replies", [(), REPLIES])
def test_a_failure_in_handling_ends_the_update(store: Store, replies: Sequence[Call]) -> None:
    """What went wrong is noted; the words are gone, and only the apology is still to be sent."""
    keep(store, written(11))
    store.write_now(lambda db: inbox.done(db, 11, replies, NOW, failure="ValueError"))
    assert inbox.handled(store.reader, 11)
    assert inbox.unhandled(store.reader) == []
    assert inbox.unsent(store.reader) == ([Unsent(11, REPLIES)] if replies else [])
    chat_id, body, _, failure = rows(store)[11]
    assert (chat_id, body, failure) == (ANN if replies else None, None, "ValueError")


def test_a_finished_update_leaves_its_number_alone(store: Store) -> None:
    """Once handled and answered, nothing of anybody stays in the inbox, nor whose it was."""
    keep(store, written(11), written(12))
    done(store, 11, REPLIES)
    done(store, 12)
    assert rows(store)[11][0] == ANN
    assert rows(store)[12] == (None, None, None, None)
    store.write_now(lambda db: inbox.sent(db, 11))
    assert rows(store)[11] == (None, None, None, None)


def test_answers_that_are_left_still_belong_to_their_chat(store: Store) -> None:
    """When some answers were sent the others wait, and can be forgotten with their person."""
    keep(store, written(11))
    done(store, 11, REPLIES)
    store.write_now(lambda db: inbox.left(db, 11, REPLIES[1:]))
    assert inbox.unsent(store.reader) == [Unsent(11, REPLIES[1:])]
    assert rows(store)[11][0] == ANN
    forget(store, ANN, 11)
    assert inbox.unsent(store.reader) == []


def test_forgetting_empties_all_that_waits_from_or_for_a_person(store: Store) -> None:
    """Words, answers and failures of a chat go, up to the update that asked for it."""
    keep(store, *(written(number) for number in (11, 12, 13, 14, 15)))
    done(store, 12, REPLIES)
    store.write_now(lambda db: inbox.failed(db, 13, "TextError"))
    store.write_now(lambda db: inbox.done(db, 14, REPLIES, NOW, failure="ValueError"))
    forget(store, ANN, 15)
    assert set(rows(store).values()) == {(None, None, None, None)}
    assert inbox.unhandled(store.reader) == []
    assert inbox.unsent(store.reader) == []
    assert all(inbox.handled(store.reader, number) for number in (11, 12, 13, 14, 15))
    assert keep(store, written(11), written(13)) == []


def test_forgetting_leaves_others_and_what_comes_later(store: Store) -> None:
    """Another chat, one that is not known and a new beginning are left as they were."""
    keep(store, ONE, written(12, BOB), written(13, BOB), written(14), written(15), written(16))
    done(store, 13, REPLIES)
    done(store, 16, REPLIES)
    before = rows(store)
    forget(store, ANN, 14)
    after = rows(store)
    assert {number for number in after if after[number] != before[number]} == {14}
    assert inbox.unhandled(store.reader) == [ONE, written(12, BOB), written(15)]
    assert inbox.unsent(store.reader) == [Unsent(13, REPLIES), Unsent(16, REPLIES)]


def test_forgetting_reaches_what_came_before_under_a_higher_number(store: Store) -> None:
    """Numbers may begin anew: what was received earlier is forgotten whatever its number."""
    keep(store, written(900))
    later = NOW + timedelta(days=8)
    store.write_now(lambda db: inbox.keep(db, [written(11), written(12)], later))
    forget(store, ANN, 11)
    assert inbox.unhandled(store.reader) == [written(12)]


def test_an_update_that_asks_to_be_forgotten_is_still_answered(store: Store) -> None:
    """Forgetting and the done mark go together, and its answer waits under no chat."""
    keep(store, written(11), written(12))

    def handle(db: sqlite3.Connection) -> None:
        inbox.forget(db, ANN, 12)
        inbox.done(db, 12, REPLIES, NOW)

    store.write_now(handle)
    assert inbox.unsent(store.reader) == [Unsent(12, REPLIES)]
    assert rows(store)[12][:2] == (None, None)

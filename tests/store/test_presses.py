"""Which press is the one before it once more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import pytest

from bot.store import arrivals, inbox, presses
from bot.store.calls import Call
from bot.store.database import Store
from bot.store.presses import GRACE
from tests.quiz.builders import NOW

ANSWER = (Call("sendMessage", {"chat_id": 1, "text": "There."}),)


@dataclass(frozen=True)
class Second:
    """A press after one of "h" under message 7 that was answered at once.

    `after` is seconds between them, `sent` whether the answer has been sent meanwhile.
    """

    after: float = 0
    message_id: int | None = 7
    data: str = "h"
    sent: bool = True
    mine: bool = True


SAME = Second()
CASES = [
    (SAME, True),
    (replace(SAME, after=GRACE), True),
    (replace(SAME, after=GRACE + 0.001), False),
    (replace(SAME, after=600, sent=False), True),
    (replace(SAME, message_id=8), False),
    (replace(SAME, message_id=None), False),
    (replace(SAME, data="s"), False),
    (replace(SAME, mine=False), False),
]


@pytest.mark.parametrize(("second", "repeats"), CASES)
def test_what_repeats_a_press(
    store: Store, learner: int, other: int, second: Second, *, repeats: bool
) -> None:
    """It has the same data under the same message, and came before its answer could be seen."""
    for number, after in ((1, 0.0), (2, second.after)):
        arrived = NOW + timedelta(seconds=after)
        store.write_now(partial(arrivals.keep, batch=[{"update_id": number}], now=arrived))
    store.write_now(lambda db: presses.note(db, learner, 1, 7, "h"))
    store.write_now(lambda db: inbox.done(db, 1, ANSWER, NOW))
    if second.sent:
        store.write_now(lambda db: inbox.sent(db, 1))
    who = learner if second.mine else other
    found = presses.repeats(store.reader, who, 2, second.message_id, second.data)
    assert found is repeats


def test_the_newest_press_counts(store: Store, learner: int) -> None:
    """What was pressed before something else is no repetition of it."""
    for number, data in enumerate("hs", 1):
        store.write_now(partial(arrivals.keep, batch=[{"update_id": number}], now=NOW))
        store.write_now(partial(inbox.done, number=number, replies=(), now=NOW))
        store.write_now(lambda db, n=number, d=data: presses.note(db, learner, n, 7, d))  # type: ignore[misc] # this turn's
    store.write_now(partial(arrivals.keep, batch=[{"update_id": 3}], now=NOW))
    assert not presses.repeats(store.reader, learner, 3, 7, "h")
    assert presses.repeats(store.reader, learner, 3, 7, "s")

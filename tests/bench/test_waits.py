"""How long chats wait, by given moments."""

from __future__ import annotations

from tests.bench.waits import Waits, spread


def test_a_wait_is_told_with_the_bot_apis_own_time_and_without() -> None:
    """Handling begins when the update is handed out and leaves out what other calls took."""
    waits = Waits()
    waits.acted(7, 10.0)
    waits.handed(7, 10.2)
    waits.handed(7, 10.3)
    waits.served(7, 10.3, 10.35)
    waits.answered(7, 10.5)
    assert waits.taken() == {"handling": [250.0] * 4, "learner": [500.0] * 4}
    assert waits.taken() == {"handling": [], "learner": []}


def test_calls_side_by_side_count_once() -> None:
    """What the Bot API does for two calls at the same time takes that time once."""
    waits = Waits()
    waits.acted(7, 10.0)
    waits.handed(7, 10.0)
    waits.served(7, 9.9, 10.05)
    waits.served(7, 10.02, 10.07)
    waits.served(7, 10.03, 10.06)
    waits.answered(7, 10.1)
    assert waits.taken()["handling"] == [30.0] * 4


def test_calls_that_answer_nobody_are_not_counted() -> None:
    """A chat that does not wait, or whose update was not handed out, has no wait."""
    waits = Waits()
    waits.served(7, 0.9, 0.95)
    waits.answered(7, 1.0)
    waits.acted(7, 2.0)
    waits.answered(7, 3.0)
    assert waits.taken() == {"handling": [], "learner": []}


def test_percentiles() -> None:
    """The median, the 95th, the 99th and the longest, in milliseconds."""
    assert spread([n / 1000 for n in range(101)]) == [50.0, 95.0, 99.0, 100.0]

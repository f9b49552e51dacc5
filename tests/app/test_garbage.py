"""What is loaded at the start is not looked through again for cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.app import garbage


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave the collector of the tests as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Knot:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.self = self


def test_what_was_loaded_is_not_looked_through() -> None:
    """What is there at the start is left out; a cycle that is made later is found all the same."""
    loaded = Knot()
    garbage.settle()
    assert not any(each is loaded for each in gc.get_objects())
    later = Knot()
    assert any(each is later for each in gc.get_objects())
    del later
    assert gc.collect() > 0


def test_a_burst_is_not_looked_through_at_once() -> None:
    """What a thousand updates in flight hold at the same time sets no search off."""
    garbage.settle()
    before = [each["collections"] for each in gc.get_stats()]
    held = [[number] for number in range(20_000)]
    assert [each["collections"] for each in gc.get_stats()] == before
    assert len(held) == 20_000

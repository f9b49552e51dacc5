"""After a power cut the store is sound and holds what was acknowledged, and never half a unit.

Here some cuts; `tests/soak/test_power_cut.py` makes every one.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.store import power, wal
from tests.store.power import Recording


@pytest.fixture(scope="module", params=[1, 2])
def recording(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Recording:
    """Record a store at work, on a fresh log and on one whose file was another's before."""
    folder = tmp_path_factory.mktemp("recorded")
    return power.record(folder / "bot.sqlite3", people=2, generation=request.param)


def test_what_is_acknowledged_is_in_the_log(recording: Recording) -> None:
    """Whoever is told that a unit is kept finds its commit whole in the file at that moment."""
    assert recording.sizes[1:] == wal.commits(recording.log)
    assert len(set(recording.states)) == len(recording.states), "each commit changes something"


def test_a_log_that_is_cut(recording: Recording, tmp_path: Path) -> None:
    """Wherever the log ends, the store holds the commits before that, and goes on to the end."""
    places = [*power.cuts(recording, every=99_999_999)]
    for n, size in enumerate(places[::9]):
        # What the disk had at this place before stays where nothing was written over it.
        log = recording.log[:size] + recording.before[size:]
        path = power.left(tmp_path, recording.database, log)
        power.check(path, recording, power.whole(recording, log), go_on=n % 4 == 0)


@pytest.mark.parametrize("tail", ["zeros", "garbage", "an earlier page"])
def test_a_log_with_something_else_after_the_cut(
    recording: Recording, tmp_path: Path, tail: str
) -> None:
    """What a disk makes of pages that it was about to write counts for nothing."""
    random, ends = Random(1), wal.commits(recording.log)
    for size in [*power.cuts(recording, every=99_999_999)][5::60]:
        after = {
            "zeros": bytes(9_000),
            "garbage": random.randbytes(9_000),
            "an earlier page": recording.log[wal.HEADER : wal.HEADER + 9_000],
        }[tail]
        path = power.left(tmp_path, recording.database, recording.log[:size] + after)
        power.check(path, recording, sum(end <= size for end in ends), go_on=False)


def test_a_place_in_the_log_that_is_damaged(recording: Recording, tmp_path: Path) -> None:
    """Where a page in the middle was not written, all before it is there, and nothing behind."""
    ends = wal.commits(recording.log)
    for frame in wal.frames(recording.log)[1::25]:
        place = (frame.start + frame.end) // 2
        log = bytearray(recording.log)
        log[place] ^= 0xFF
        path = power.left(tmp_path, recording.database, bytes(log))
        power.check(path, recording, sum(end <= place for end in ends), go_on=False)


def test_a_checkpoint_that_is_cut(recording: Recording, tmp_path: Path) -> None:
    """While the log is copied into the database any page that it has may be old, new or half."""
    random = Random(1)
    for n in range(8):
        path = power.left(tmp_path, power.half_checkpointed(recording, random), recording.log)
        power.check(path, recording, -1, go_on=n == 0)

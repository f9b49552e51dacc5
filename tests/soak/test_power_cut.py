"""Every place where a power cut may end the log: the store is sound, and goes on."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.soak.figures import report
from tests.store import power, wal

EVERY = 256
"""Bytes from one cut to the next, beside those at the ends of frames, of headers and of commits."""

CHECKPOINTS = 500


@pytest.mark.parametrize("generation", [1, 2])
def test_every_cut(tmp_path: Path, generation: int) -> None:
    """At each commit the work goes on to the same end; in between exactly a prefix is there."""
    recording = power.record(tmp_path / "bot.sqlite3", people=3, generation=generation)
    ends = wal.commits(recording.log)
    assert recording.sizes[1:] == ends
    folder, random, places = tmp_path / "cut", Random(generation), 0
    folder.mkdir()
    for size in power.cuts(recording, every=EVERY):
        tail = recording.before[size:] if places % 3 else random.randbytes(5_000)
        log = recording.log[:size] + tail
        path = power.left(folder, recording.database, log)
        power.check(path, recording, power.whole(recording, log), go_on=size in ends)
        places += 1
    report(
        "power cut",
        generation=generation,
        cuts=places,
        commits=len(ends),
        frames=len(wal.frames(recording.log)),
        half_units=0,
        lost=0,
    )


def test_every_byte_around_a_commit(tmp_path: Path) -> None:
    """A log that ends at any byte of the headers and at any byte near the end of a commit."""
    recording = power.record(tmp_path / "bot.sqlite3", people=1)
    ends = wal.commits(recording.log)
    middle = ends[len(ends) // 2]
    folder = tmp_path / "cut"
    folder.mkdir()
    places = [*range(wal.HEADER + wal.FRAME + 1), *range(middle - 30, middle + wal.FRAME + 2)]
    for size in places:
        path = power.left(folder, recording.database, recording.log[:size])
        power.check(path, recording, sum(end <= size for end in ends), go_on=False)
    report("power cut, byte by byte", cuts=len(places), half_units=0, lost=0)


def test_checkpoints(tmp_path: Path) -> None:
    """However a checkpoint is cut, with any pages old, new or half, nothing is missing."""
    recording = power.record(tmp_path / "bot.sqlite3", people=3)
    folder, random = tmp_path / "cut", Random(3)
    folder.mkdir()
    for n in range(CHECKPOINTS):
        path = power.left(folder, power.half_checkpointed(recording, random), recording.log)
        power.check(path, recording, -1, go_on=n % 50 == 0)
    report("checkpoint cut", cuts=CHECKPOINTS, half_units=0, lost=0)

"""Broken files of every format: each is refused with exactly the lines that are written down.

The files are made in `broken`; the lines stand in `broken_files.txt`, in the order of the files.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sets import FORMATS, BrokenSetError, read_file

from .broken import BROKEN
from .samples import GOOD

LINES = Path(__file__).with_name("broken_files.txt").read_text(encoding="utf-8").splitlines()

ENOUGH = 60
"""Broken files of the formats beside YAML, whose own are tested in the other modules."""


def told(name: str) -> str:
    """Return the lines that are written down for a file, or for one inside it."""
    return "\n".join(line for line in LINES if line.startswith((f"{name}:", f"{name}/")))


@pytest.mark.parametrize(("name", "data"), BROKEN, ids=[name for name, _ in BROKEN])
def test_broken_file(name: str, data: bytes) -> None:
    """A broken file is refused, and every problem in it is told in a line of its own."""
    with pytest.raises(BrokenSetError) as raised:
        read_file(data, name)
    assert str(raised.value) == told(name)


def test_corpus() -> None:
    """The corpus has many files, no name twice, of every format, and no line too many."""
    names = [name for name, _ in BROKEN]
    assert len(set(names)) == len(names) > ENOUGH
    assert {name.rpartition(".")[2] for name in names} >= FORMATS.keys() - {"yml"}
    assert "\n".join(told(name) for name in names).splitlines() == LINES


@pytest.mark.parametrize("ending", GOOD)
def test_good_file(ending: str) -> None:
    """The files that the broken ones are made from are good."""
    quiz_set, _ = read_file(GOOD[ending], f"x.{ending}")
    assert quiz_set.question("one")

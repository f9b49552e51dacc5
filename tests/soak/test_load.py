"""Ten thousand learners for five minutes; LOAD_SECONDS, LOAD_BURST and LOAD_EVERY change that."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from tests.load.__main__ import tell
from tests.load.run import Load, Plan, load

SLOPE = 5.0
"""MB per minute that the resident memory may grow by: what SQLite and Python keep of pages and
arenas until they settle; a leak of one kilobyte an update would be 15."""

MOST_WAIT = 100.0
"""Milliseconds beyond the Bot API's own time that 99 of 100 answers may take."""

USUAL = Plan()


def plan() -> Plan:
    """Return the plan, with what the environment changes of it."""
    return replace(
        USUAL,
        seconds=float(os.environ.get("LOAD_SECONDS", USUAL.seconds)),
        burst=int(os.environ.get("LOAD_BURST", USUAL.burst)),
        every=float(os.environ.get("LOAD_EVERY", USUAL.every)),
    )


async def test_ten_thousand_learners(tmp_path: Path) -> None:
    """Nothing is refused, lost or out of order, memory is flat, and answers come in time."""
    chosen = plan()
    found = await load(chosen, tmp_path)
    tell(chosen, found)
    assert found.answers == found.stored
    assert (found.unanswered, found.disorder, list(found.errors)) == (0, 0, [])
    assert found.slope < SLOPE
    assert _longest(found) < MOST_WAIT


def _longest(found: Load) -> float:
    """Return the longest 99th percentile of the parts of a run."""
    return max(phase.handling[2] for phase in found.phases)

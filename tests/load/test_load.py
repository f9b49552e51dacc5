"""The load test itself, with few learners for a few seconds."""

from __future__ import annotations

from pathlib import Path

from tests.load.run import Plan, load, slope

FEW = Plan(learners=200, seconds=14, burst=100, every=2.0, typed=0.1, twice=0.2)


async def test_few_learners_for_a_while(tmp_path: Path) -> None:
    """Answers, order, waits, memory and a push are counted, and nothing is lost or refused."""
    found = await load(FEW, tmp_path)
    assert found.answers == found.stored > 0
    assert (found.unanswered, found.disorder, list(found.errors)) == (0, 0, [])
    assert [phase.name for phase in found.phases] == ["without push", "with push"]
    for phase in found.phases:
        assert phase.updates > 0
        assert len(phase.handling) == len(phase.learner) == 4
        assert phase.handling[0] < phase.learner[0]
    assert found.memory
    assert found.own
    assert found.pushed.get("sent", 0) > 0


def test_memory_that_grows_is_seen() -> None:
    """What is taken at the start does not count, what is taken on and on does."""
    flat = [(float(n), 200.0 if n < 20 else 250.0) for n in range(100)]
    grows = [(float(n), 200.0 + n / 10) for n in range(100)]
    assert slope(flat) == 0.0
    assert abs(slope(grows) - 6.0) < 0.01

"""What the load test makes of what it has seen; the test itself is in `make soak`."""

from __future__ import annotations

from tests.load.run import slope


def test_memory_that_grows_is_seen() -> None:
    """What is taken at the start does not count, what is taken on and on does."""
    flat = [(float(n), 200.0 if n < 20 else 250.0) for n in range(100)]
    grows = [(float(n), 200.0 + n / 10) for n in range(100)]
    assert slope(flat) == 0.0
    assert abs(slope(grows) - 6.0) < 0.01

"""A push to ten thousand people beside answers, and the limits on ten times as many patterns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.soak.figures import report
from tests.transport import test_limits as limits

pytestmark = pytest.mark.filterwarnings(
    # The library warns of its own RetryAfter each time that it builds one.
    "ignore:.*retry_after.*:telegram.warnings.PTBDeprecationWarning"
)

EXAMPLES = 1_000


def test_a_push_to_ten_thousand_delays_no_answer() -> None:
    """While a push goes to ten thousand people, ten answers a second wait for nothing."""
    longest = limits.push_beside_answers(10_000)
    report("push beside answers", pushed=10_000, longest_wait_of_an_answer_s=round(longest, 6))
    assert longest < limits.TINY


@settings(max_examples=EXAMPLES, deadline=None)
@given(limits.ARRIVALS, st.integers(1, 8))
def test_no_window_breaks_a_limit(arrivals: list[limits.Arrival], rate: int) -> None:
    """Whatever arrives when, the limits hold."""
    limits.within_limits_and_in_order(arrivals, rate)


@settings(max_examples=EXAMPLES, deadline=None)
@given(limits.ARRIVALS, st.integers(0, 1 << 30))
def test_troubles_break_neither_limit_nor_order(arrivals: list[limits.Arrival], seed: int) -> None:
    """Nor does any mixture of floods, lost lines and lost replies break one."""
    limits.in_trouble(arrivals, seed)

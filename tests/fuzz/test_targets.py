"""The targets of fuzzing hold for their seeds, cut and joined: quick, and without the fuzzer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_a_target(name: str, data: st.DataObject) -> None:
    """Whatever is done to a seed, the parser does what it promises."""
    target = TARGETS[name]
    seed = data.draw(st.sampled_from(target.seeds))
    start = data.draw(st.integers(0, len(seed)))
    length = data.draw(st.integers(0, 20))
    target.run(seed[:start] + data.draw(st.binary(max_size=20)) + seed[start + length :])


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds(name: str) -> None:
    """Every target has seeds, and each does what is promised."""
    assert TARGETS[name].seeds
    for seed in TARGETS[name].seeds:
        TARGETS[name].run(seed)

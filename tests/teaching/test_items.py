"""Facility, discrimination and the warning, with figures worked out by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from bot.teaching.items import discrimination, suspect

# Scores on a question, the same learners' scores on the rest, and the index by hand.
INDICES: list[tuple[list[float], list[float], float | None]] = [
    ([0, 0.5, 1], [0.2, 0.4, 0.6], 1.0),
    ([0, 0.5, 1], [0.6, 0.4, 0.2], -1.0),
    # Deviations ±.5; .35 .15 -.15 -.35: sum of products .5, spreads 1 and .29.
    ([1, 1, 0, 0], [0.9, 0.7, 0.4, 0.2], 0.5 / sqrt(0.29)),
    # Deviations .4 .4 .4 -.6 -.6; .5 0 -.5 0 0: the products cancel.
    ([1, 1, 1, 0, 0], [1, 0.5, 0, 0.5, 0.5], 0.0),
    # Deviations -.4 -.4 .6 .6 -.4; .4 .1 -.1 -.2 -.2: products sum to -.3, spreads 1.2 and .26.
    ([0, 0, 1, 1, 0], [0.9, 0.6, 0.4, 0.3, 0.3], -0.3 / sqrt(1.2 * 0.26)),
    ([1, 1, 1], [0, 0.5, 1], None),
    ([0, 1, 0], [0.5, 0.5, 0.5], None),
]


@pytest.mark.parametrize(("own", "rest", "index"), INDICES)
def test_the_discrimination_index(own: list[float], rest: list[float], index: float | None) -> None:
    """It is the correlation of a question with the rest, and nothing where one does not vary."""
    assert discrimination(own, rest) == (None if index is None else pytest.approx(index, abs=1e-12))


def test_a_sum_and_a_mean_of_the_rest_give_the_same_index() -> None:
    """Where all answer the same questions, Moodle's rest, a sum, makes no difference."""
    own, rest = [1, 0, 1, 0, 1], [0.8, 0.2, 0.4, 0.6, 1.0]
    total = [5 * mean for mean in rest]
    assert discrimination(own, rest) == pytest.approx(discrimination(own, total))


# Scores of six learners on a question, the best at other questions first, and whether it warns.
BY_SKILL: list[tuple[list[float], bool]] = [
    ([0, 0, 1, 1, 1, 1], True),
    ([0, 0, 0, 0, 0, 0], True),
    ([0, 0, 0, 0, 0, 1], True),
    ([0.5, 0, 1, 0, 0.5, 0.5], True),
    ([1, 0, 1, 1, 1, 1], False),
    ([0.5, 0, 0, 0, 0, 0], False),
    ([1, 1, 0, 0, 0, 0], False),
]


@pytest.mark.parametrize(("own", "warns"), BY_SKILL)
def test_a_question_that_the_best_miss(own: list[float], warns: bool) -> None:
    """The two best of six mostly miss it, and the others do no worse: its key may be wrong."""
    rest = [1.0, 0.9, 0.6, 0.5, 0.4, 0.3]
    assert suspect(own, rest) is warns
    assert suspect(own[::-1], rest[::-1]) is warns

"""How far a number measured on some cases can be trusted: intervals of shares, sums, differences.

Pure functions. A share has Wilson's interval, which promises no certainty where all of a few cases
are right; what is no share has the seeded bootstrap's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]
OfSums = Callable[[Floats], float]
"""A measure as a function of what is summed over all cases."""

ALPHA = 0.05
"""What is left out by a 95 % interval."""
TIMES = 2_000
"""Samples of a bootstrap: the ends of a 99 % interval are then the tenth from either side."""
SEED = 7
_HALVINGS = 50  # of an interval that is closed in on: far beyond the digits that are shown


def wilson(right: int, n: int, alpha: float = ALPHA) -> Interval:
    """Return the interval of a share of `right` in `n` cases; (0, 1) for no cases.

    E. B. Wilson, Probable Inference, JASA 22 (1927).
    """
    if n == 0:
        return 0.0, 1.0
    p, z = right / n, NormalDist().inv_cdf(1 - alpha / 2)
    centre = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    divisor = 1 + z * z / n
    return max(0.0, (centre - spread) / divisor), min(1.0, (centre + spread) / divisor)


def matched(ours: int, theirs: int, n: int, alpha: float = ALPHA) -> Interval:
    """Return the interval of the difference of two shares over the same `n` cases.

    `ours` and `theirs` are the cases that one got right and the other did not. The balance between
    them has Clopper and Pearson's interval (Biometrika 26, 1934), how many there are Wilson's; so
    0 is left out only where McNemar's exact test tells the two apart.
    """
    few, many = wilson(ours + theirs, n, alpha)
    low, high = (2 * share - 1 for share in clopper_pearson(ours, ours + theirs, alpha))
    return low * (many if low < 0 else few), high * (few if high < 0 else many)


def clopper_pearson(right: int, n: int, alpha: float = ALPHA) -> Interval:
    """Return the exact interval of a share; (0, 1) for no cases."""
    low = _closed_in(lambda p: _at_least(right, n, p) < alpha / 2) if right else 0.0
    high = _closed_in(lambda p: _at_least(right + 1, n, p) < 1 - alpha / 2) if right < n else 1.0
    return low, high


def tellable(differing: int, alpha: float = ALPHA) -> bool:
    """Whether so many cases that differ could ever tell two models apart: all on one side."""
    return 2 * 0.5**differing < alpha


def resampled(counts: Floats) -> Floats:
    """Return the sums of (cases, columns) over `TIMES` samples of cases, drawn with replacement.

    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. Seeded: the same
    number of cases is always drawn in the same way.
    """
    n = len(counts)
    chance = np.random.default_rng(SEED)
    weights = (np.bincount(chance.integers(0, n, n), minlength=n) for _ in range(TIMES))
    return np.stack([weight @ counts for weight in weights])


def bootstrap(measure: OfSums, samples: Floats, alpha: float = ALPHA) -> Interval:
    """Return the percentile interval of a measure over samples that `resampled` drew."""
    values: Sequence[float] = [measure(sums) for sums in samples]
    low, high = np.quantile(values, [alpha / 2, 1 - alpha / 2])
    return float(low), float(high)


def _at_least(right: int, n: int, p: float) -> float:
    """Return the probability of `right` or more in `n` when each is right with probability p."""
    if p <= 0 or p >= 1:
        return float(p >= 1 or right <= 0)
    k = np.arange(right, n + 1)
    ways = math.lgamma(n + 1) - _lgamma(k) - _lgamma(n - k)
    return min(1.0, float(np.exp(ways + k * math.log(p) + (n - k) * math.log1p(-p)).sum()))


def _lgamma(whole: npt.NDArray[np.int64]) -> Floats:
    return np.array([math.lgamma(x + 1) for x in whole.tolist()])


def _closed_in(below: Callable[[float], bool]) -> float:
    """Return where `below` stops holding, between 0 and 1."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2

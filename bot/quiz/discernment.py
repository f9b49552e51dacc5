"""Discernment: telling kinds apart, as against calling everything by one name.

Two questions run through the four kinds, and each is a detection task of its own: is it an
opinion (stance), and can you go to somebody who says so (source)? Hits and false alarms of each
are counted apart, so a learner who calls everything an opinion has no sensitivity at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from bot.quiz.labels import Kind, Stance

ENOUGH = 20
"""Answers per class from which sensitivity and lean are worth showing.

With fewer, the 95 % interval of d′ is wider than the whole range that people differ in.
"""

LEVELS = ((2.0, "excellent"), (1.0, "good"), (0.5, "fair"))
"""Least d′ of each word. d′ = 1 is 69 % right at no lean, 2 is 84 % (Macmillan & Creelman 2005)."""

NOTICEABLE_LEAN = 0.2
"""Distance of c from 0 up to which nobody would notice a lean."""

_NORMAL = NormalDist()
_Z95 = _NORMAL.inv_cdf(0.975)


class Axis(StrEnum):
    """What is told apart; the "signal" is the second of the two classes."""

    STANCE = "stance"
    SOURCE = "source"

    def signal(self, kind: Kind) -> bool:
        """Whether a kind is on the signal's side: an opinion, or without a source."""
        return kind.stance is Stance.OPINION if self is Axis.STANCE else not kind.sourced


@dataclass(frozen=True, slots=True)
class Counts:
    """Plain counts of a detection task: out of so many signals and others, so many called one."""

    signals: int = 0
    hits: int = 0
    others: int = 0
    false_alarms: int = 0

    @property
    def enough(self) -> bool:
        """Whether both classes have the answers that `sensitivity` needs to mean something."""
        return min(self.signals, self.others) >= ENOUGH


@dataclass(frozen=True, slots=True)
class Discernment:
    """Sensitivity d′ (0: no discernment; about 1 fair, 2 good, 3 and more excellent) and lean c.

    `low` and `high` bound d′ with 95 % confidence. `lean` below 0 calls too much a signal (an
    opinion, unsourced), above 0 too little.
    """

    sensitivity: float
    low: float
    high: float
    lean: float

    @property
    def level(self) -> str:
        """The word for the sensitivity; "none" while its interval reaches down to guessing."""
        if self.low <= 0:
            return "none"
        return next((word for least, word in LEVELS if self.sensitivity >= least), "fair")

    @property
    def leaning(self) -> str:
        """Which way the lean goes: to the "signal", to the "others", or "even"."""
        if abs(self.lean) < NOTICEABLE_LEAN:
            return "even"
        return "signal" if self.lean < 0 else "others"


def count(axis: Axis, answers: Iterable[tuple[Kind, Kind]]) -> Counts:
    """Count (expected, said) pairs along an axis."""
    return count_table(axis, Counter(answers))


def count_table(axis: Axis, table: Mapping[tuple[Kind, Kind], int]) -> Counts:
    """Count along an axis what stands in a table: how often (expected, said) were a pair."""
    signals = hits = others = false_alarms = 0
    for (expected, said), times in table.items():
        if axis.signal(expected):
            signals += times
            hits += times * axis.signal(said)
        else:
            others += times
            false_alarms += times * axis.signal(said)
    return Counts(signals, hits, others, false_alarms)


def discern(counts: Counts) -> Discernment:
    """Return sensitivity and lean of some counts; ValueError when a class has no answers.

    d′ = z(H) − z(F) and c = −(z(H) + z(F)) / 2 (Macmillan & Creelman, *Detection Theory*, 2nd
    ed., 2005, chapters 1 and 2). The rates carry the log-linear correction (Hautus, *Behavior
    Research Methods* 27, 1995): half an observation is added to each cell when both classes are
    of one size; otherwise the same two observations are shared in proportion to the classes, as
    in the log-linear model itself, so that one answer to everything gives exactly d′ = 0. The
    variance behind the interval is that of Gourevitch & Galanter (*Psychometrika* 32, 1967).
    """
    if not counts.signals or not counts.others:
        raise ValueError("discernment needs answers in both classes")
    total = counts.signals + counts.others
    # (hits + share) / (signals + 2 share), share = signals / total, as one division of whole
    # numbers: equal rates are then equal floats, and d′ of one answer to everything is 0.0.
    hit = (counts.hits * total + counts.signals) / (counts.signals * (total + 2))
    false = (counts.false_alarms * total + counts.others) / (counts.others * (total + 2))
    signals, others = (size * (total + 2) / total for size in (counts.signals, counts.others))
    z_hit, z_false = _NORMAL.inv_cdf(hit), _NORMAL.inv_cdf(false)
    variance = hit * (1 - hit) / (signals * _NORMAL.pdf(z_hit) ** 2) + false * (1 - false) / (
        others * _NORMAL.pdf(z_false) ** 2
    )
    sensitivity = z_hit - z_false
    margin = _Z95 * sqrt(variance)
    return Discernment(
        sensitivity, sensitivity - margin, sensitivity + margin, -(z_hit + z_false) / 2
    )

"""The figures of the score log, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.quiz.discernment import Axis, Discernment


@dataclass(frozen=True, slots=True)
class Active:
    """Learners who answered today, in the last seven days, and ever."""

    today: int
    week: int
    ever: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the machine reads what the key says, where a key says it."""

    answers: int
    agreed: int


@dataclass(frozen=True, slots=True)
class Over:
    """Words marked beyond the loaded ones: in how many of the answers, and how many words."""

    answers: int
    with_over: int
    words: int


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from shown to said, to a tenth: the median and the 90th percentile."""

    answers: int
    median: float
    ninetieth: float


@dataclass(frozen=True, slots=True)
class Hard:
    """A question with the mean score (0…1) of the first answers that say something of a learner."""

    slug: str
    question: str
    ask: str
    answers: int
    facility: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """All of it.

    `verdicts` are by what was asked; `unsure` is how many answers the machine graded without being
    sure. `disputes` is by decision, "" for none yet. `confusion` is by (key, machine), and
    `agreement` by the key's kind; `named` is of reasons that name a point of the key, which the
    machine should judge good. `discernment` has an axis only where both of its classes have first
    answers; it takes answers as independent of each other, so that its intervals are narrower than
    they would be over learners. `hardest` are those that not all get right, the hardest first.
    `models` are the versions that read or judged, `days` are in UTC.
    """

    answers: int
    active: Active
    verdicts: Mapping[str, Mapping[str, int]]
    unsure: int
    disputes: Mapping[str, int]
    confusion: Mapping[tuple[str, str], int]
    agreement: Mapping[str, Agreement]
    named: Agreement
    over: Over
    times: Mapping[str, Times]
    discernment: Mapping[Axis, Discernment]
    hardest: tuple[Hard, ...]
    models: Mapping[str, int]
    days: Mapping[str, int]

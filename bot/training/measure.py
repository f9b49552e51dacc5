"""Measures over labels and spans. Pure functions; what they are applied to is elsewhere.

Every measure takes what is right and what was found, in the same order, and gives a number.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bot.quiz.labels import ReasonLabel
from bot.quiz.values import Span

Label = TypeVar("Label")
Spans = Sequence[Span]
"""What is marked in one sentence."""
Measure = Callable[[Sequence[Any], Sequence[Any]], float]

WORST_FIRST = (ReasonLabel.OFF, ReasonLabel.PARTLY, ReasonLabel.GOOD)


def accuracy(expected: Sequence[object], found: Sequence[object]) -> float:
    """Return the share of equal labels; 0 for no cases."""
    if not expected:
        return 0.0
    return sum(a == b for a, b in zip(expected, found, strict=True)) / len(expected)


def macro_f1(expected: Sequence[Label], found: Sequence[Label]) -> float:
    """Return the mean F1 over the labels that occur on either side; 0 for no cases."""
    labels = set(expected) | set(found)
    return sum(_label_f1(expected, found, label) for label in labels) / max(1, len(labels))


def kappa(
    expected: Sequence[Label],
    found: Sequence[Label],
    labels: Sequence[Label],
    *,
    quadratic: bool = False,
) -> float:
    """Return Cohen's kappa; quadratic weighs a miss by the square of its distance in `labels`.

    1 where neither side ever uses a second label, for nothing then could have been missed.
    """
    place = {label: i for i, label in enumerate(labels)}

    def cost(a: Label, b: Label) -> float:
        return float((place[a] - place[b]) ** 2 if quadratic else a != b)

    missed = sum(cost(a, b) for a, b in zip(expected, found, strict=True)) * len(expected)
    ours, theirs = Counter(expected), Counter(found)
    by_chance = sum(cost(a, b) * ours[a] * theirs[b] for a in ours for b in theirs)
    return 1 - missed / by_chance if by_chance else 1.0


def weighted_kappa(expected: Sequence[ReasonLabel], found: Sequence[ReasonLabel]) -> float:
    """Return the quadratic weighted kappa, with off < partly < good."""
    return kappa(expected, found, WORST_FIRST, quadratic=True)


def off_called_good(expected: Sequence[ReasonLabel], found: Sequence[ReasonLabel]) -> float:
    """Return the share of the answers that are off which were called good."""
    off = [b for a, b in zip(expected, found, strict=True) if a is ReasonLabel.OFF]
    return off.count(ReasonLabel.GOOD) / max(1, len(off))


def character_f1(expected: Sequence[Spans], found: Sequence[Spans]) -> float:
    """Return the F1 of marked characters, pooled over all sentences."""
    hit = marked = wanted = 0
    for right, ours in zip(expected, found, strict=True):
        marks, keys = _characters(ours), _characters(right)
        hit += len(marks & keys)
        marked += len(marks)
        wanted += len(keys)
    return _f1(hit, marked, hit, wanted)


def overlap_f1(expected: Sequence[Spans], found: Sequence[Spans]) -> float:
    """Return the F1 of spans, where one counts as met that any span of the other side overlaps."""
    good = marked = met = wanted = 0
    for right, ours in zip(expected, found, strict=True):
        good += sum(any(_overlap(span, one) for one in right) for span in ours)
        met += sum(any(_overlap(span, one) for span in ours) for one in right)
        marked += len(ours)
        wanted += len(right)
    return _f1(good, marked, met, wanted)


def any_f1(expected: Sequence[Spans], found: Sequence[Spans]) -> float:
    """Return the macro-F1 of whether anything at all is marked in a sentence."""
    return macro_f1([bool(one) for one in expected], [bool(one) for one in found])


def spans_agree(right: Spans, found: Spans) -> bool:
    """Whether every span of either side overlaps one of the other; true when both are empty."""
    return all(any(_overlap(span, one) for one in right) for span in found) and all(
        any(_overlap(span, one) for span in found) for one in right
    )


def interval(
    measure: Measure,
    expected: Sequence[Any],
    found: Sequence[Any],
    *,
    times: int = 400,
    seed: int = 7,
) -> tuple[float, float]:
    """Return the ends of a measure's 95 % interval by the percentile bootstrap over cases.

    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. Seeded, so that the
    same cases give the same interval; (0, 0) for no cases.
    """
    chance = random.Random(seed)
    cases = list(zip(expected, found, strict=True))
    if not cases:
        return 0.0, 0.0
    values = []
    for _ in range(times):
        drawn = chance.choices(cases, k=len(cases))
        values.append(measure([a for a, _ in drawn], [b for _, b in drawn]))
    values.sort()
    tail = round(0.025 * times)
    return values[tail], values[-tail - 1]


def _characters(spans: Spans) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _label_f1(expected: Sequence[Label], found: Sequence[Label], label: Label) -> float:
    hit = sum(a == b == label for a, b in zip(expected, found, strict=True))
    return _f1(hit, list(found).count(label), hit, list(expected).count(label))


def _f1(good: int, marked: int, met: int, wanted: int) -> float:
    precision = good / marked if marked else 0.0
    recall = met / wanted if wanted else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

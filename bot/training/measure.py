"""Measures over labels and spans. Pure functions; what they are applied to is elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from bot.quiz.values import LoadedSpan, Span

Label = TypeVar("Label")
Marked = tuple[Sequence[LoadedSpan], Sequence[Span]]
"""The spans that were found in a sentence and those that are right."""


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


def character_f1(cases: Sequence[Marked]) -> float:
    """Return the F1 of marked characters, pooled over all sentences."""
    hit = marked = wanted = 0
    for found, right in cases:
        ours = {i for span in found for i in range(span.start, span.end)}
        theirs = {i for start, end in right for i in range(start, end)}
        hit += len(ours & theirs)
        marked += len(ours)
        wanted += len(theirs)
    return _f1(hit, marked, hit, wanted)


def overlap_f1(cases: Sequence[Marked]) -> float:
    """Return the F1 of spans, where one counts as met that any span of the other side overlaps."""
    good = marked = met = wanted = 0
    for found, right in cases:
        good += sum(any(_overlap(span, one) for one in right) for span in found)
        met += sum(any(_overlap(span, one) for span in found) for one in right)
        marked += len(found)
        wanted += len(right)
    return _f1(good, marked, met, wanted)


def spans_agree(found: Sequence[LoadedSpan], right: Sequence[Span]) -> bool:
    """Whether every span of either side overlaps one of the other; true when both are empty."""
    return all(any(_overlap(span, one) for one in right) for span in found) and all(
        any(_overlap(span, one) for span in found) for one in right
    )


def _overlap(span: LoadedSpan, right: Span) -> bool:
    return span.start < right[1] and right[0] < span.end


def _label_f1(expected: Sequence[Label], found: Sequence[Label], label: Label) -> float:
    hit = sum(a == b == label for a, b in zip(expected, found, strict=True))
    return _f1(hit, list(found).count(label), hit, list(expected).count(label))


def _f1(good: int, marked: int, met: int, wanted: int) -> float:
    precision = good / marked if marked else 0.0
    recall = met / wanted if wanted else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

"""What a model said beside what is right, head by head, and the figures that come of it.

Heads that choose a label: kind, stance, source, reason. Every measure is a function of counts that
are summed over cases, so that a sample of cases is weighed by one product. Pure functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.quiz.labels import Attribution, Kind, ReasonLabel, Stance
from bot.training.measure import WORST_FIRST
from bot.training.trial.intervals import Floats, Interval, OfSums, bootstrap, resampled, wilson
from bot.training.trial.lines import Labelled
from bot.training.trial.run import Outcome

BINS = 10
"""Tenths of confidence in which claimed and reached shares are compared (Guo et al. 2017)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line: its label, what the model said with what probability, and whether it was sure."""

    line: int
    expected: StrEnum
    found: StrEnum
    p: float
    sure: bool

    @property
    def right(self) -> bool:
        """Whether the label was found."""
        return self.expected is self.found


@dataclass(frozen=True, slots=True)
class Head:
    """The cases of one head that chooses among labels."""

    name: str
    labels: tuple[StrEnum, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """One number over `n` cases, with the ends of its 95 % interval."""

    head: str
    name: str
    n: int
    value: float
    between: Interval | None = None


def heads(labelled: Labelled, outcome: Outcome) -> tuple[Head, ...]:
    """Gather the cases of each head that any line has a label for."""
    kinds, stances, sources = [], [], []
    for row, one in zip(labelled.sentences, outcome.readings, strict=True):
        if row.kind is not None:
            kinds.append(Case(row.line, row.kind, one.kind, one.p_kind, one.sure))
        if row.stance is not None:
            p = max(one.p_opinion, 1 - one.p_opinion)
            stances.append(Case(row.line, row.stance, one.stance, p, one.sure))
        if row.source is not None:
            p = one.p_source[one.attribution]
            sources.append(Case(row.line, row.source, one.attribution, p, one.sure))
    judged = zip(labelled.reasons, outcome.judgements or (), strict=False)
    reasons = [
        Case(row.line, row.label, one.label, one.p[one.label], one.sure) for row, one in judged
    ]
    made = (
        Head("kind", tuple(Kind), tuple(kinds)),
        Head("stance", tuple(Stance), tuple(stances)),
        Head("source", tuple(Attribution), tuple(sources)),
        Head("reason", WORST_FIRST, tuple(reasons)),
    )
    return tuple(head for head in made if head.cases)


def figures(head: Head) -> list[Measured]:
    """Measure a head: shares with Wilson's interval, all else with the bootstrap's."""
    cases = head.cases
    table = counts(head)
    samples = resampled(table)
    sure = [case for case in cases if case.sure]
    found = [
        share(head.name, "accuracy", [case.right for case in cases]),
        of_sums(
            head.name, "macro F1", lambda sums: macro_f1(confusion(sums, head)), table, samples
        ),
    ]
    if head.name == "reason":
        off = [case for case in cases if case.expected is ReasonLabel.OFF]
        found += [
            of_sums(
                head.name,
                "weighted kappa",
                lambda sums: kappa(confusion(sums, head)),
                table,
                samples,
            ),
            share(head.name, "off called good", [case.found is ReasonLabel.GOOD for case in off]),
        ]
    found += [
        share(head.name, "sure", [case.sure for case in cases]),
        share(head.name, "accuracy when sure", [case.right for case in sure]),
        of_sums(head.name, "calibration error", calibration_error, table, samples),
    ]
    return [one for one in found if one.n]


def by_class(head: Head) -> list[tuple[StrEnum, Measured, Measured]]:
    """Return precision and recall of each label that occurs on either side."""
    found = []
    for label in head.labels:
        said = [case.right for case in head.cases if case.found is label]
        there = [case.right for case in head.cases if case.expected is label]
        if said or there:
            precision = share(head.name, f"precision of {label}", said)
            found.append((label, precision, share(head.name, f"recall of {label}", there)))
    return found


def counts(head: Head) -> Floats:
    """Return what a case adds to the sums, (cases, BINS + labels²): its bin, and its cell.

    The bin's column holds by how much the confidence was too high.
    """
    size = len(head.labels)
    place = {label: i for i, label in enumerate(head.labels)}
    table = np.zeros((len(head.cases), BINS + size * size))
    for row, case in zip(table, head.cases, strict=True):
        row[min(BINS - 1, int(case.p * BINS))] = case.p - case.right
        row[BINS + size * place[case.expected] + place[case.found]] = 1
    return table


def confusion(sums: Floats, head: Head) -> Floats:
    """Return the sums' table of labels, (expected, found)."""
    size = len(head.labels)
    return sums[BINS:].reshape(size, size)


def macro_f1(table: Floats) -> float:
    """Return the mean F1 over the labels that occur on either side."""
    both = table.sum(0) + table.sum(1)
    used = both > 0
    return float((2 * np.diag(table)[used] / both[used]).mean()) if used.any() else 0.0


def kappa(table: Floats) -> float:
    """Return the quadratic weighted kappa of labels in their order; 1 where none could differ."""
    place = np.arange(len(table))
    costs = (place[:, None] - place[None]) ** 2
    chance = float((costs * np.outer(table.sum(1), table.sum(0))).sum())
    return 1 - float((costs * table).sum()) * float(table.sum()) / chance if chance else 1.0


def calibration_error(sums: Floats) -> float:
    """Return the mean distance of confidence from the share that is right, over tenths (ECE)."""
    return float(np.abs(sums[:BINS]).sum() / max(1.0, sums[BINS:].sum()))


def share(head: str, name: str, cases: Sequence[bool]) -> Measured:
    """Measure the share of cases that hold."""
    right, n = sum(cases), len(cases)
    return Measured(head, name, n, right / max(1, n), wilson(right, n))


def of_sums(head: str, name: str, measure: OfSums, table: Floats, samples: Floats) -> Measured:
    """Measure what is a function of the sums of a table, with samples of its cases."""
    value = measure(table.sum(0))
    low, high = bootstrap(measure, samples)
    # Samples repeat cases, which makes some measures err to one side of the value.
    return Measured(head, name, len(table), value, (min(low, value), max(high, value)))

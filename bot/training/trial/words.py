"""The loaded words that a model marked beside those that are right, and the figures of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bot.quiz.values import Span
from bot.training.measure import spans_agree
from bot.training.predictions import marked
from bot.training.trial.heads import Measured, of_sums, share
from bot.training.trial.intervals import Floats, resampled
from bot.training.trial.lines import Labelled
from bot.training.trial.run import Outcome

NAME = "loaded words"


@dataclass(frozen=True, slots=True)
class Marked:
    """One line: the spans that are right, those that the model marked, and whether it was sure."""

    line: int
    expected: tuple[Span, ...]
    found: tuple[Span, ...]
    sure: bool

    @property
    def right(self) -> bool:
        """Whether every span of either side meets one of the other."""
        return spans_agree(self.expected, self.found)


def words(labelled: Labelled, outcome: Outcome) -> tuple[Marked, ...]:
    """Gather the lines whose loaded words are labelled."""
    return tuple(
        Marked(row.line, row.loaded, marked(one), one.loaded_sure)
        for row, one in zip(labelled.sentences, outcome.readings, strict=True)
        if row.loaded is not None
    )


def word_figures(cases: tuple[Marked, ...]) -> list[Measured]:
    """Measure loaded words by characters and by sentences; nothing where nobody labelled any."""
    if not cases:
        return []
    found = []
    table = characters(cases)
    if table.sum(0)[2]:
        samples = resampled(table)
        measures = (
            ("character F1", f1),
            ("character precision", precision),
            ("character recall", recall),
        )
        found = [of_sums(NAME, name, measure, table, samples) for name, measure in measures]
    sure = [case.right for case in cases if case.sure]
    clean = [not case.found for case in cases if not case.expected]
    shares = (
        ("sentences right", [case.right for case in cases]),
        ("clean ones left clean", clean),
        ("sure", [case.sure for case in cases]),
        ("right when sure", sure),
    )
    return [*found, *(share(NAME, name, held) for name, held in shares if held)]


def characters(cases: tuple[Marked, ...]) -> Floats:
    """Return the characters of each case that were hit, marked and wanted: (cases, 3)."""
    rows = []
    for case in cases:
        right, ours = _within(case.expected), _within(case.found)
        rows.append((len(right & ours), len(ours), len(right)))
    return np.array(rows, dtype=np.float64)


def f1(sums: Floats) -> float:
    """Return the F1 of marked characters, pooled over all sentences."""
    hit, marked_, wanted = sums
    return float(2 * hit / (marked_ + wanted)) if marked_ + wanted else 0.0


def precision(sums: Floats) -> float:
    """Return the share of marked characters that are loaded."""
    return float(sums[0] / sums[1]) if sums[1] else 0.0


def recall(sums: Floats) -> float:
    """Return the share of loaded characters that were marked."""
    return float(sums[0] / sums[2]) if sums[2] else 0.0


def _within(spans: Iterable[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}

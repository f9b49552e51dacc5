"""How far two passes of labelling agree, made without sight of each other: per head, in figures.

python -m bot.training.agreement
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from bot.quiz.labels import Attribution, Kind, Stance
from bot.quiz.values import LoadedSpan, Span
from bot.reader.card import Figure
from bot.training.measure import accuracy, kappa, overlap_f1, spans_agree
from bot.training.reasons import WORST_FIRST
from bot.training.rows import AnswerRow, Row, load_answers, load_own

PASSES = "first pass and second, all rows"


def agreement(rows: Sequence[Row], answers: Sequence[AnswerRow]) -> list[Figure]:
    """Compare the two passes on every row that has both, borderline ones too."""
    both = [(row, row.second) for row in rows if row.second]
    judged = [(row.label, row.second) for row in answers if row.second]
    heads: list[tuple[str, Sequence[tuple[object, object]], Sequence[object], bool]] = [
        ("stance", [(a.stance, b.stance) for a, b in both], list(Stance), False),
        ("source", [(a.source, b.source) for a, b in both], list(Attribution), False),
        ("kind", [(a.kind, b.kind) for a, b in both], list(Kind), False),
        ("reason", judged, WORST_FIRST, True),
    ]
    figures = [
        figure
        for name, pairs, labels, ordered in heads
        if pairs
        for figure in _label(name, pairs, labels, ordered)
    ]
    if not both:
        return figures
    words = [(_loaded(a.loaded), b.loaded) for a, b in both]
    same = [spans_agree(*case) for case in words]
    return [
        *figures,
        _figure("loaded words: sentences alike", len(same), sum(same) / len(same)),
        _figure("loaded words: overlap F1", len(same), overlap_f1(words)),
    ]


def _label(
    name: str, pairs: Sequence[tuple[object, object]], labels: Sequence[object], ordered: bool
) -> list[Figure]:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    figures = [
        _figure(f"{name}: share alike", len(pairs), accuracy(first, second)),
        _figure(f"{name}: Cohen's kappa", len(pairs), kappa(first, second, labels)),
    ]
    if ordered:
        weighted = kappa(first, second, labels, quadratic=True)
        figures.append(_figure(f"{name}: weighted kappa", len(pairs), weighted))
    return figures


def _loaded(spans: Sequence[Span]) -> list[LoadedSpan]:
    return [LoadedSpan(start, end, 1.0) for start, end in spans]


def _figure(name: str, n: int, value: float) -> Figure:
    return Figure(name=name, split=PASSES, n=n, value=round(value, 4))


def main() -> None:
    """Print the agreement of the committed rows as a table for a README."""
    lines = [
        f"| {one.name} | {one.n} | {one.value:g} |" for one in agreement(load_own(), load_answers())
    ]
    Console().print("\n".join(["| head | rows | value |", "| --- | --- | --- |", *lines]))


if __name__ == "__main__":
    main()

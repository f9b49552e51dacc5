"""How far two passes of labelling agree, made without sight of each other: per head, in figures."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quiz.labels import Attribution, Kind, Stance
from bot.reader.card import Figure
from bot.training.corpus import Corpus
from bot.training.measure import WORST_FIRST, accuracy, kappa, macro_f1, overlap_f1, spans_agree
from bot.training.rows import AnswerRow, Row

PASSES = "first pass and second, all rows"
PUBLIC_PASSES = "first pass and second, public sets"
NEWSSD_LABELS = "NewsSD train, the codebook's labels"


def agreement(corpus: Corpus) -> list[Figure]:
    """Compare the two passes on every row that has both, borderline ones too."""
    return [
        *compared(PASSES, corpus.own, corpus.answers),
        *compared(PUBLIC_PASSES, corpus.public, ()),
        *against_newssd(corpus),
    ]


def against_newssd(corpus: Corpus) -> list[Figure]:
    """Compare the codebook's labels with NewsSD's own: what could be reached by the codebook."""
    labels = {row.text: row.kind is Kind.OPINION for row in corpus.public}
    both = [row for row in corpus.newssd if row.text in labels]
    if not both:
        return []
    expected = [row.authors_opinion for row in both]
    found = [labels[row.text] for row in both]
    return [
        _figure(NEWSSD_LABELS, "author's stance macro-F1", len(both), macro_f1(expected, found))
    ]


def compared(split: str, rows: Sequence[Row], answers: Sequence[AnswerRow]) -> list[Figure]:
    """Compare the two passes of these rows and answers."""
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
        for figure in _label(split, name, pairs, labels, ordered)
    ]
    if not both:
        return figures
    first, second = [a.loaded for a, _ in both], [b.loaded for _, b in both]
    same = [spans_agree(*case) for case in zip(first, second, strict=True)]
    return [
        *figures,
        _figure(split, "loaded words: sentences alike", len(same), sum(same) / len(same)),
        _figure(split, "loaded words: overlap F1", len(same), overlap_f1(first, second)),
    ]


def _label(
    split: str,
    name: str,
    pairs: Sequence[tuple[object, object]],
    labels: Sequence[object],
    ordered: bool,
) -> list[Figure]:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    figures = [
        _figure(split, f"{name}: share alike", len(pairs), accuracy(first, second)),
        _figure(split, f"{name}: Cohen's kappa", len(pairs), kappa(first, second, labels)),
    ]
    if ordered:
        weighted = kappa(first, second, labels, quadratic=True)
        figures.append(_figure(split, f"{name}: weighted kappa", len(pairs), weighted))
    return figures


def _figure(split: str, name: str, n: int, value: float) -> Figure:
    return Figure(name=name, split=split, n=n, value=round(value, 4))

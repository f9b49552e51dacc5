"""The figures on learners' answers that training never saw, through the judge that the bot runs."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.quiz.labels import ReasonLabel
from bot.quiz.values import Judgement
from bot.reader.card import Failure, Figure
from bot.reader.judge import Answer, worth
from bot.training.figures import figure
from bot.training.measure import (
    WORST_FIRST,
    Measure,
    accuracy,
    macro_f1,
    off_called_good,
    weighted_kappa,
)
from bot.training.rows import AnswerRow

Labels = Sequence[ReasonLabel]

MEASURES: tuple[tuple[str, Measure], ...] = (
    ("reason accuracy", accuracy),
    ("reason macro-F1", macro_f1),
    ("reason weighted kappa", weighted_kappa),
    ("off called good", off_called_good),
)
_WORST = 6  # how many failures the card shows


def as_answer(row: AnswerRow) -> Answer:
    """Take from a row what the judge is given."""
    return Answer(row.context, row.target, row.kind, row.text)


def reason_figures(
    split: str,
    rows: Sequence[AnswerRow],
    judged: Sequence[Judgement],
    others: Mapping[str, Labels],
    worths: Mapping[str, Sequence[float]],
) -> list[Figure]:
    """Measure the judge on one split; `worths` are what others make of each answer, for pairs."""
    expected = [row.label for row in rows]
    found = [one.label for one in judged]
    return [
        *(figure(name, split, measure, expected, found, others) for name, measure in MEASURES),
        pair_figure(split, rows, [worth(one.p) for one in judged], worths),
        *certainty(split, rows, judged),
    ]


def pair_figure(
    split: str,
    rows: Sequence[AnswerRow],
    ours: Sequence[float],
    worths: Mapping[str, Sequence[float]],
) -> Figure:
    """Measure the share of minimal pairs whose better answer is worth more."""
    in_order = pairs_in_order(rows, ours)
    others = {who: pairs_in_order(rows, theirs) for who, theirs in worths.items()}
    every = [True] * len(in_order)
    return figure("reason pairs in right order", split, accuracy, every, in_order, others)


def certainty(split: str, rows: Sequence[AnswerRow], judged: Sequence[Judgement]) -> list[Figure]:
    """Measure how often the judge is sure, and how often it is right when it is."""
    sure = [(row.label, one.label) for row, one in zip(rows, judged, strict=True) if one.sure]
    every = [True] * len(rows)
    return [
        figure("reason sure accuracy", split, accuracy, [a for a, _ in sure], [b for _, b in sure]),
        figure("reason sure coverage", split, accuracy, every, [one.sure for one in judged]),
    ]


def pairs_in_order(rows: Sequence[AnswerRow], worths: Sequence[float]) -> list[bool]:
    """Say of every minimal pair whether the better answer is worth more than the other."""
    together: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for row, value in zip(rows, worths, strict=True):
        if row.pair:
            together[row.passage, row.pair].append((WORST_FIRST.index(row.label), value))
    return [
        worse[1] < better[1]
        for found in together.values()
        for worse, better in [(min(found), max(found))]
        if len(found) == 2 and worse[0] < better[0]
    ]


def by_words(train: Sequence[AnswerRow], rows: Sequence[AnswerRow]) -> list[ReasonLabel]:
    """Label rows by the words of the answer alone, never looking at the passage: a baseline.

    Multinomial naive Bayes over single words and neighbouring pairs, smoothed by one.
    """
    counts: dict[ReasonLabel, Counter[str]] = defaultdict(Counter)
    for row in train:
        counts[row.label].update(_grams(row.text))
    known = {gram for found in counts.values() for gram in found}
    labels = Counter(row.label for row in train)
    totals = {label: counts[label].total() + len(known) for label in labels}

    def score(label: ReasonLabel, grams: list[str]) -> float:
        likely = sum(math.log((counts[label][gram] + 1) / totals[label]) for gram in grams)
        return math.log(labels[label]) + likely

    scored = [{label: score(label, _grams(row.text)) for label in labels} for row in rows]
    return [max(scores, key=scores.__getitem__) for scores in scored]


def reason_failures(
    split: str, rows: Sequence[AnswerRow], judged: Sequence[Judgement]
) -> list[Failure]:
    """Show the answers that were judged wrongly with the greatest confidence."""
    missed = [
        (one.p[one.label], row, one)
        for row, one in zip(rows, judged, strict=True)
        if one.label is not row.label
    ]
    missed.sort(key=lambda case: -case[0])
    return [
        Failure(
            split=split,
            text=f"{row.text} (of: {row.target})",
            expected=f"{row.label} for {row.kind.replace('_', ' ')}",
            found=str(one.label),
            sure=one.sure,
        )
        for _, row, one in missed[:_WORST]
    ]


def _grams(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]

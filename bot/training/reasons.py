"""The figures on learners' answers that training never saw, through the judge that the bot runs."""

from __future__ import annotations

import math
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.quiz.labels import ReasonLabel
from bot.quiz.values import Judgement
from bot.reader.card import Figure
from bot.reader.judge import Answer
from bot.reader.reader import Reader
from bot.training.measure import accuracy, kappa, macro_f1
from bot.training.rows import TEST, TRAIN, AnswerRow, usable

WORST_FIRST = (ReasonLabel.OFF, ReasonLabel.PARTLY, ReasonLabel.GOOD)
ALONE = "test, words of the answer alone"
SPOT = 48
"""How many rows of the test split are also measured by themselves."""

Labels = Sequence[ReasonLabel]


def as_answer(row: AnswerRow) -> Answer:
    """Take from a row what the judge is given."""
    return Answer(row.context, row.target, row.kind, row.text)


def reason_figures(reader: Reader, rows: list[AnswerRow]) -> list[Figure]:
    """Measure the judge on the test split; nothing where the model cannot judge."""
    test, train = usable(rows, TEST), usable(rows, TRAIN)
    if not reader.judges or not test:
        return []
    judged = reader.judge_many([as_answer(row) for row in test])
    expected = [row.label for row in test]
    found = [one.label for one in judged]
    common = Counter(row.label for row in train).most_common(1)[0][0]
    bag = by_words(train, test)
    measures: dict[str, Callable[[Labels, Labels], float]] = {
        "reason accuracy": accuracy,
        "reason macro-F1": macro_f1,
        "reason weighted kappa": weighted_kappa,
        "off called good": off_called_good,
    }
    figures = []
    for name, measure in measures.items():
        always = measure(expected, [common] * len(test))
        n = expected.count(ReasonLabel.OFF) if measure is off_called_good else len(test)
        figures += [
            _figure(name, TEST, n, measure(expected, found), always),
            _figure(name, ALONE, n, measure(expected, bag)),
        ]
    right, pairs = pairs_in_order(test, judged)
    return [
        *figures,
        _figure("reason pairs in right order", TEST, pairs, right / max(1, pairs)),
        *certainty(test, judged),
        *spot(test[:SPOT], judged[:SPOT]),
        _cost(reader, test),
    ]


def spot(rows: Sequence[AnswerRow], judged: Sequence[Judgement]) -> list[Figure]:
    """Measure the first rows of the test split by themselves, for an installation to repeat."""
    share = accuracy([row.label for row in rows], [one.label for one in judged])
    return [_figure("reason accuracy", f"{TEST}, first {SPOT}", len(rows), share)]


def certainty(rows: Sequence[AnswerRow], judged: Sequence[Judgement]) -> list[Figure]:
    """Measure how often the judge is sure, and how often it is right when it is."""
    pairs = list(zip(rows, judged, strict=True))
    sure = [one.label is row.label for row, one in pairs if one.sure]
    return [
        _figure("reason sure accuracy", TEST, len(sure), accuracy([True] * len(sure), sure)),
        _figure("reason sure coverage", TEST, len(rows), len(sure) / max(1, len(rows))),
    ]


def weighted_kappa(expected: Labels, found: Labels) -> float:
    """Return the quadratic weighted kappa, with off < partly < good."""
    return kappa(expected, found, WORST_FIRST, quadratic=True)


def off_called_good(expected: Labels, found: Labels) -> float:
    """Return the share of the answers that are off which were called good."""
    off = [b for a, b in zip(expected, found, strict=True) if a is ReasonLabel.OFF]
    return off.count(ReasonLabel.GOOD) / max(1, len(off))


def pairs_in_order(rows: Sequence[AnswerRow], judged: Sequence[Judgement]) -> tuple[int, int]:
    """Count the minimal pairs whose better answer has the higher expected worth, and all pairs."""
    together: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for row, one in zip(rows, judged, strict=True):
        if row.pair:
            worth = sum(one.p[label] * i for i, label in enumerate(WORST_FIRST))
            together[row.passage, row.pair].append((WORST_FIRST.index(row.label), worth))
    right = pairs = 0
    for found in together.values():
        ranked = sorted(found)
        if len(ranked) == 2 and ranked[0][0] < ranked[1][0]:  # it is a pair
            pairs += 1
            right += ranked[0][1] < ranked[1][1]
    return right, pairs


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


def _grams(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]


def _cost(reader: Reader, rows: Sequence[AnswerRow]) -> Figure:
    started = time.perf_counter()
    for row in rows:
        reader.judge_many([as_answer(row)])
    spent = (time.perf_counter() - started) * 1000 / len(rows)
    return Figure(
        name="judgement", split="one thread", n=len(rows), value=round(spent, 1), unit="ms"
    )


def _figure(name: str, split: str, n: int, value: float, baseline: float | None = None) -> Figure:
    return Figure(
        name=name,
        split=split,
        n=n,
        value=round(value, 4),
        baseline=None if baseline is None else round(baseline, 4),
    )

"""The figures on labelled sentences, through the reader that the bot runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.quiz.labels import Kind
from bot.quiz.values import Reading
from bot.reader.card import Failure, Figure
from bot.training.figures import NONE, figure
from bot.training.measure import (
    Measure,
    accuracy,
    any_f1,
    character_f1,
    macro_f1,
    overlap_f1,
    spans_agree,
)
from bot.training.predictions import Predicted, marked, predicted
from bot.training.rows import Row

Others = Mapping[str, Sequence[Predicted]]
View = Callable[[Row | Predicted], Any]

LABELS: tuple[tuple[str, View, Measure], ...] = (
    ("stance macro-F1", lambda one: one.stance, macro_f1),
    ("source macro-F1", lambda one: one.source, macro_f1),
    ("kind accuracy", lambda one: one.kind, accuracy),
    ("kind macro-F1", lambda one: one.kind, macro_f1),
)
WORDS: tuple[tuple[str, Measure], ...] = (
    ("loaded character F1", character_f1),
    ("loaded overlap F1", overlap_f1),
    ("any loaded word macro-F1", any_f1),
)
_WORST = 8  # how many failures the card shows


def sentence_figures(
    split: str, rows: Sequence[Row], readings: Sequence[Reading], others: Others
) -> list[Figure]:
    """Measure stance, source, kind, loaded words and sureness on one split."""
    return [
        *label_figures(split, rows, readings, others),
        *word_figures(split, rows, readings, others),
        *certainty_figures(split, rows, readings),
    ]


def label_figures(
    split: str, rows: Sequence[Row], readings: Sequence[Reading], others: Others
) -> list[Figure]:
    """Measure stance, source and kind."""
    ours = [predicted(one) for one in readings]
    return [
        figure(
            name,
            split,
            measure,
            [view(row) for row in rows],
            [view(one) for one in ours],
            {who: [view(one) for one in found] for who, found in others.items()},
        )
        for name, view, measure in LABELS
    ]


def word_figures(
    split: str, rows: Sequence[Row], readings: Sequence[Reading], others: Others = NONE
) -> list[Figure]:
    """Measure the loaded words, by characters, by overlapping spans and by sentences."""
    marking = {
        who: [one.loaded or () for one in found]
        for who, found in others.items()
        if all(one.loaded is not None for one in found)
    }
    expected, found = [row.loaded for row in rows], [marked(one) for one in readings]
    return [figure(name, split, measure, expected, found, marking) for name, measure in WORDS]


def certainty_figures(split: str, rows: Sequence[Row], readings: Sequence[Reading]) -> list[Figure]:
    """Measure how often the reader is sure, and how often it is right when it is."""
    pairs = list(zip(rows, readings, strict=True))
    kinds = [(row.kind, one.kind) for row, one in pairs if one.sure]
    words = [spans_agree(row.loaded, marked(one)) for row, one in pairs if one.loaded_sure]
    sure, words_sure = [one.sure for one in readings], [one.loaded_sure for one in readings]
    every = [True] * len(rows)
    return [
        figure("sure accuracy", split, accuracy, [a for a, _ in kinds], [b for _, b in kinds]),
        figure("sure coverage", split, accuracy, every, sure),
        figure("loaded sure accuracy", split, accuracy, [True] * len(words), words),
        figure("loaded sure coverage", split, accuracy, every, words_sure),
    ]


def breakdown(split: str, rows: Sequence[Row], readings: Sequence[Reading]) -> list[Figure]:
    """Measure the kind by what kind it is, and by what sort of text the sentence is from."""
    groups: dict[str, list[tuple[Kind, Kind]]] = defaultdict(list)
    for row, one in zip(rows, readings, strict=True):
        groups[f"{split}, {row.kind.replace('_', ' ')}"].append((row.kind, one.kind))
    for row, one in zip(rows, readings, strict=True):
        groups[f"{split}, {row.register}"].append((row.kind, one.kind))
    return [
        figure("kind accuracy", name, accuracy, [a for a, _ in cases], [b for _, b in cases])
        for name, cases in groups.items()
    ]


def failures(split: str, rows: Sequence[Row], readings: Sequence[Reading]) -> list[Failure]:
    """Show the sentences whose kind was missed with the greatest confidence."""
    missed = [
        (one.p_kind, row, one)
        for row, one in zip(rows, readings, strict=True)
        if one.kind is not row.kind
    ]
    missed.sort(key=lambda case: -case[0])
    return [
        Failure(
            split=split,
            text=row.text,
            expected=row.kind.replace("_", " "),
            found=one.kind.replace("_", " "),
            sure=one.sure,
        )
        for _, row, one in missed[:_WORST]
    ]

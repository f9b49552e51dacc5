"""Every figure of the card, measured with the very reader that the bot runs.

    python -m bot.training.evaluate [--model DIRECTORY] [--data FOLDER]

Held-out rows only: the project's test split, the real passages of the quiz sets, and NewsSD's
validation split when it is given.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.quiz.labels import Kind
from bot.quiz.values import Reading
from bot.reader.card import Figure
from bot.reader.network import MODEL_FILE
from bot.reader.reader import MODEL_DIRECTORY, Reader
from bot.training.agreement import agreement
from bot.training.measure import accuracy, character_f1, macro_f1, overlap_f1, spans_agree
from bot.training.passages import keyed_questions, passage_figures
from bot.training.reasons import SPOT, reason_figures
from bot.training.rows import (
    NEWSSD_HELD_OUT,
    TEST,
    TRAIN,
    AnswerRow,
    PartialRow,
    Row,
    load_answers,
    load_newssd,
    load_own,
    usable,
)

Measure = Callable[[Sequence[str], Sequence[str]], float]


def figures(
    reader: Reader, own: list[Row], newssd: list[PartialRow], answers: list[AnswerRow]
) -> list[Figure]:
    """Measure the reader on all that is held out."""
    test, train = usable(own, TEST), usable(own, TRAIN)
    readings = reader.read_many([(row.text, row.context) for row in test])
    return [
        *label_figures(test, readings, train),
        *loaded_figures(test, readings),
        *certainty_figures(test, readings),
        *spot_figures(test[:SPOT], readings[:SPOT]),
        *passage_figures(reader, keyed_questions()),
        *newssd_figures(reader, newssd),
        *reason_figures(reader, answers),
        *agreement(own, answers),
    ]


def spot_figures(rows: Sequence[Row], readings: Sequence[Reading]) -> list[Figure]:
    """Measure the first rows of the test split by themselves, for an installation to repeat."""
    kinds = accuracy([row.kind for row in rows], [one.kind for one in readings])
    cases = [(one.loaded, row.loaded) for row, one in zip(rows, readings, strict=True)]
    split = f"{TEST}, first {SPOT}"
    return [
        _figure("kind accuracy", len(rows), kinds, split=split),
        _figure("loaded character F1", len(rows), character_f1(cases), split=split),
    ]


def label_figures(
    rows: Sequence[Row], readings: Sequence[Reading], train: Sequence[Row]
) -> list[Figure]:
    """Measure stance, source and kind, beside always saying the commonest label of `train`."""
    expected, common = _labels(rows), _labels(train)
    found: dict[str, Sequence[str]] = {
        "stance": [one.stance for one in readings],
        "source": [one.attribution for one in readings],
        "kind": [one.kind for one in readings],
    }
    measures: dict[str, tuple[str, Measure]] = {
        "stance macro-F1": ("stance", macro_f1),
        "source macro-F1": ("source", macro_f1),
        "kind accuracy": ("kind", accuracy),
        "kind macro-F1": ("kind", macro_f1),
    }
    measured = []
    for name, (head, measure) in measures.items():
        always = [Counter(common[head]).most_common(1)[0][0]] * len(rows)
        value, baseline = measure(expected[head], found[head]), measure(expected[head], always)
        measured.append(_figure(name, len(rows), value, baseline))
    return measured


def _labels(rows: Sequence[Row]) -> dict[str, Sequence[str]]:
    return {
        "stance": [row.stance for row in rows],
        "source": [row.source for row in rows],
        "kind": [row.kind for row in rows],
    }


def loaded_figures(rows: Sequence[Row], readings: Sequence[Reading]) -> list[Figure]:
    """Measure the loaded words, by characters and by overlapping spans."""
    cases = [(one.loaded, row.loaded) for row, one in zip(rows, readings, strict=True)]
    return [
        _figure("loaded character F1", len(rows), character_f1(cases)),
        _figure("loaded overlap F1", len(rows), overlap_f1(cases)),
    ]


def certainty_figures(rows: Sequence[Row], readings: Sequence[Reading]) -> list[Figure]:
    """Measure how often the reader is sure, and how often it is right when it is."""
    pairs = list(zip(rows, readings, strict=True))
    kinds = [one.kind is row.kind for row, one in pairs if one.sure]
    words = [spans_agree(one.loaded, row.loaded) for row, one in pairs if one.loaded_sure]
    return [
        _figure("sure accuracy", len(kinds), accuracy([True] * len(kinds), kinds)),
        _figure("sure coverage", len(rows), len(kinds) / max(1, len(rows))),
        _figure("loaded sure accuracy", len(words), accuracy([True] * len(words), words)),
        _figure("loaded sure coverage", len(rows), len(words) / max(1, len(rows))),
    ]


def newssd_figures(reader: Reader, newssd: list[PartialRow]) -> list[Figure]:
    """Measure the author's stance on NewsSD: an opinion with no named source, against the rest."""
    rows = [row for row in newssd if row.split == NEWSSD_HELD_OUT]
    if not rows:
        return []
    readings = reader.read_many([(row.text, None) for row in rows])
    expected = [row.authors_opinion for row in rows]
    found = [one.kind is Kind.OPINION for one in readings]
    common = Counter(row.authors_opinion for row in newssd if row.split == TRAIN)
    baseline = macro_f1(expected, [common.most_common(1)[0][0]] * len(rows))
    value = macro_f1(expected, found)
    return [
        Figure(
            name="author's stance macro-F1",
            split="NewsSD val",
            n=len(rows),
            value=round(value, 4),
            baseline=round(baseline, 4),
        )
    ]


def cost_figures(directory: Path, own: list[Row]) -> list[Figure]:
    """Measure size, loading time and time per sentence on one thread of this machine."""
    test = usable(own, TEST)
    started = time.perf_counter()
    reader = Reader.load(directory)
    loading = time.perf_counter() - started
    reader.read(test[0].text)
    alone, within = (
        _milliseconds(reader, [(row.text, row.context if context else None) for row in test])
        for context in (False, True)
    )
    size = (directory / MODEL_FILE).stat().st_size / 1e6
    return [
        Figure(name="size", split="model.onnx", n=1, value=round(size, 1), unit="MB"),
        Figure(name="loading", split="one thread", n=1, value=round(loading, 2), unit="s"),
        Figure(name="sentence alone", split="one thread", n=len(test), value=alone, unit="ms"),
        Figure(
            name="sentence in its paragraph",
            split="one thread",
            n=len(test),
            value=within,
            unit="ms",
        ),
    ]


def _milliseconds(reader: Reader, pairs: list[tuple[str, str | None]]) -> float:
    started = time.perf_counter()
    for text, context in pairs:
        reader.read(text, context)
    return round((time.perf_counter() - started) * 1000 / len(pairs), 1)


def _figure(
    name: str, n: int, value: float, baseline: float | None = None, split: str = TEST
) -> Figure:
    return Figure(
        name=name,
        split=split,
        n=n,
        value=round(value, 4),
        baseline=None if baseline is None else round(baseline, 4),
    )


def table(measured: Sequence[Figure]) -> Table:
    """Lay figures out for a terminal."""
    shown = Table("figure", "split", "n", "value", "baseline")
    for one in measured:
        baseline = "" if one.baseline is None else f"{one.baseline:g}"
        shown.add_row(one.name, one.split, str(one.n), f"{one.value:g} {one.unit}", baseline)
    return shown


def main() -> None:
    """Print the figures of a model directory."""
    parser = argparse.ArgumentParser(description="Measure a model on all that is held out.")
    parser.add_argument("--model", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--data", type=Path, help="folder with newssd_eng.jsonl")
    arguments = parser.parse_args()
    own = load_own()
    reader = Reader.load(arguments.model)
    measured = figures(reader, own, load_newssd(arguments.data), load_answers())
    Console().print(table([*measured, *cost_figures(arguments.model, own)]))


if __name__ == "__main__":
    main()

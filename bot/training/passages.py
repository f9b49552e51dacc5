"""Figures on the passages of the quiz sets: real prose, keyed by people, and never trained on.

The training sentences are written for the purpose, so these figures tell how far what was learned
carries. Keys that careful readers part ways on are left out, and so are invented passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.quiz.labels import Ask
from bot.quiz.values import Question
from bot.reader.card import Figure
from bot.reader.reader import Reader
from bot.sets import read_yaml
from bot.training.measure import accuracy, macro_f1, overlap_f1

SPLIT = "quiz sets, real passages"
SEEDS = Path(__file__).parents[2] / "seeds"


def keyed_questions(folder: Path = SEEDS) -> list[Question]:
    """Read the questions on real passages whose key leaves no doubt; none without a folder."""
    return [
        question
        for path in sorted(folder.glob("*.yaml"))
        for question in read_yaml(path.read_text(encoding="utf-8"), path.name).questions
        if question.key and not question.invented and not question.borderline
    ]


def passage_figures(reader: Reader, questions: Sequence[Question]) -> list[Figure]:
    """Measure kinds and loaded words on the questions' targets, each read in its passage."""
    if not questions:
        return []
    pairs = [(one.passage.target, one.passage.text) for one in questions]
    readings = reader.read_many(pairs)
    expected = [one.key.kind for one in questions if one.key]
    kinds = [one.kind for one in readings]
    sure = [a is b.kind for a, b in zip(expected, readings, strict=True) if b.sure]
    stances = [one.stance for one in expected], [one.stance for one in readings]
    words = [
        (reading.loaded, one.key.loaded)
        for one, reading in zip(questions, readings, strict=True)
        if one.key and Ask.LOADED in one.ask
    ]
    return [
        _figure("stance macro-F1", len(kinds), macro_f1(*stances)),
        _figure("kind accuracy", len(kinds), accuracy(expected, kinds)),
        _figure("loaded overlap F1", len(words), overlap_f1(words)),
        _figure("sure accuracy", len(sure), accuracy([True] * len(sure), sure)),
        _figure("sure coverage", len(kinds), len(sure) / len(kinds)),
    ]


def _figure(name: str, n: int, value: float) -> Figure:
    return Figure(name=name, split=SPLIT, n=n, value=round(value, 4))

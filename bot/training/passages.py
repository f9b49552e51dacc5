"""Figures on the passages of the quiz sets: real prose, keyed by people, and never trained on.

The training sentences are written for the purpose, so these figures tell how far what was learned
carries. Keys that careful readers part ways on are left out, and so are invented passages.
"""

from __future__ import annotations

from pathlib import Path

from bot.quiz.labels import Ask
from bot.quiz.values import Question
from bot.reader.card import Figure
from bot.reader.reader import Reader
from bot.sets import read_yaml
from bot.training.figures import figure
from bot.training.measure import accuracy, macro_f1, overlap_f1
from bot.training.predictions import marked

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


def passage_figures(reader: Reader, folder: Path = SEEDS) -> list[Figure]:
    """Measure kinds and loaded words on the questions' targets, each read in its passage."""
    questions = keyed_questions(folder)
    if not questions:
        return []
    readings = reader.read_many([(one.passage.target, one.passage.text) for one in questions])
    cases = [
        (one.key, one.ask, reading)
        for one, reading in zip(questions, readings, strict=True)
        if one.key
    ]
    kinds = [(key.kind, reading.kind) for key, _, reading in cases]
    stances = [(key.kind.stance, reading.stance) for key, _, reading in cases]
    words = [(key.loaded, marked(reading)) for key, ask, reading in cases if Ask.LOADED in ask]
    sure = [(key.kind, reading.kind) for key, _, reading in cases if reading.sure]
    covered = [(True, reading.sure) for _, _, reading in cases]
    return [
        figure(name, SPLIT, measure, [a for a, _ in pairs], [b for _, b in pairs])
        for name, measure, pairs in (
            ("stance macro-F1", macro_f1, stances),
            ("kind accuracy", accuracy, kinds),
            ("loaded overlap F1", overlap_f1, words),
            ("sure accuracy", accuracy, sure),
            ("sure coverage", accuracy, covered),
        )
    ]

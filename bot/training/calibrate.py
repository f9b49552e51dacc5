"""Logits on the dev split → temperatures and thresholds. Pure: no files, no torch.

A temperature is the one divisor of a head's logits that makes the labels likeliest (Guo et al.,
On Calibration of Modern Neural Networks, ICML 2017). A threshold is the lowest at which sure
answers are right as often as asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from bot.quiz.labels import Attribution, Stance
from bot.reader.card import Card, Temperatures, Thresholds
from bot.reader.network import Logits
from bot.reader.reader import decide, loaded_margin, sigmoid, softmax, word_probabilities
from bot.training.measure import character_f1, spans_agree
from bot.training.rows import Row

TARGET = 0.95
"""The share of sure answers that are to be right."""
_LEAST = 1e-9


def temperatures(rows: Sequence[Row], logits: Sequence[Logits]) -> Temperatures:
    """Fit a temperature per head on rows and their logits, in the same order."""
    pairs = list(zip(rows, logits, strict=True))
    labels = list(Attribution)
    words = [
        (word.logit, any(word.start < end and start < word.end for start, end in row.loaded))
        for row, found in pairs
        for word in found.words
    ]
    return Temperatures(
        stance=_best(
            lambda t: _binary_loss([(x.stance, r.stance is Stance.OPINION) for r, x in pairs], t)
        ),
        source=_best(
            lambda t: (
                -sum(
                    math.log(
                        max(_LEAST, softmax([y / t for y in x.source])[labels.index(r.source)])
                    )
                    for r, x in pairs
                )
            )
        ),
        loaded=_best(lambda t: _binary_loss(words, t)),
    )


def thresholds(rows: Sequence[Row], logits: Sequence[Logits], card: Card) -> Thresholds:
    """Choose thresholds on the dev rows for a card whose temperatures are already fitted."""
    pairs = list(zip(rows, logits, strict=True))
    loaded = max(
        (float(x) for x in np.linspace(0.1, 0.9, 81)), key=lambda x: _span_f1(pairs, card, x)
    )
    chosen = Thresholds(kind=0, loaded=loaded, loaded_margin=0)
    card = card.model_copy(update={"thresholds": chosen})
    kinds: list[tuple[float, bool]] = []
    margins: list[tuple[float, bool]] = []
    for row, found in pairs:
        reading = decide(row.text, found, card)
        words = word_probabilities(row.text, found, card)
        kinds.append((reading.p_kind, reading.kind is row.kind))
        margins.append((loaded_margin(words, loaded), spans_agree(reading.loaded, row.loaded)))
    return Thresholds(
        kind=surest(kinds, TARGET),
        loaded=loaded,
        loaded_margin=min(1.0, surest(margins, TARGET)),
    )


def surest(cases: Sequence[tuple[float, bool]], target: float) -> float:
    """Return the lowest confidence from which on a share `target` of (confidence, right) is right.

    1.01, above every confidence, when no such share is reached.
    """
    ordered = sorted(cases, reverse=True)
    lowest, right = 1.01, 0
    for n, (confidence, is_right) in enumerate(ordered, 1):
        right += is_right
        if right / n >= target:
            # Midway to the next case: the model's last digits must not decide.
            below = ordered[n][0] if n < len(ordered) else confidence
            lowest = (confidence + below) / 2
    return lowest


def _best(loss: Callable[[float], float]) -> float:
    grid = np.geomspace(0.25, 8, 201)
    return round(float(min(grid, key=lambda t: loss(float(t)))), 4)


def _binary_loss(cases: Sequence[tuple[float, bool]], temperature: float) -> float:
    total = 0.0
    for logit, label in cases:
        p = sigmoid(logit / temperature)
        total -= math.log(max(_LEAST, p if label else 1 - p))
    return total


def _span_f1(pairs: Sequence[tuple[Row, Logits]], card: Card, threshold: float) -> float:
    from_threshold = Thresholds(kind=0, loaded=threshold, loaded_margin=0)
    card = card.model_copy(update={"thresholds": from_threshold})
    return character_f1([(decide(row.text, x, card).loaded, row.loaded) for row, x in pairs])

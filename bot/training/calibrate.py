"""Logits on the dev split → temperatures and thresholds. Pure: no files, no torch.

A temperature is the one divisor of a head's logits that makes the labels likeliest (Guo et al.,
On Calibration of Modern Neural Networks, ICML 2017). A threshold is the lowest at which sure
answers are right as often as asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from bot.quiz.labels import Attribution, ReasonLabel, Stance
from bot.reader.card import Card, Temperatures, Thresholds
from bot.reader.judge import Answer, decide_reason, graded, settled, worth
from bot.reader.network import Logits, Reasoned
from bot.reader.numbers import sigmoid, softmax
from bot.reader.reader import decide, word_probabilities
from bot.training.measure import character_f1, off_called_good, spans_agree, weighted_kappa
from bot.training.predictions import marked
from bot.training.rows import AnswerRow, Row

TARGET = 0.95
"""The share of kinds that are to be right where the reader is sure of them."""
WORDS_TARGET = 0.9
"""The same for a sentence's loaded words, all of them found and none over: a stricter notion of
right, on which careful annotators part more often too."""
CAUTION = 1.28
"""How many standard errors the share right must clear: nine times in ten it is then above."""
OFF_AS_GOOD = 0.05
"""The share of reasons that are off which may be called good."""
ENOUGH = 30
"""From how many cases on a bare share is taken at its word."""
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
    kinds: list[tuple[float, bool]] = []
    real: list[tuple[float, bool]] = []
    words: list[tuple[list[float], bool]] = []
    for row, found in pairs:
        reading = decide(row.text, found, _marking_from(card, loaded))
        kinds.append((reading.p_kind, reading.kind is row.kind))
        if row.real:
            real.append(kinds[-1])
        shares = [p for _, p in word_probabilities(row.text, found, card)]
        words.append((shares, spans_agree(row.loaded, marked(reading))))
    low, high = surest_band(words, loaded)
    # What is written for training is clearer than what is printed, of which there are too few
    # rows to bear the share out by themselves; but they must not speak against it.
    kind = max(surest(kinds), surest(real, at_most) if real else 0)
    return Thresholds(kind=kind, loaded=loaded, loaded_low=low, loaded_high=high)


def reason_temperature(rows: Sequence[AnswerRow], found: Sequence[Reasoned]) -> float:
    """Fit the temperature of the head for reasons."""
    labels = list(ReasonLabel)
    cases = [(one.logits, labels.index(row.label)) for row, one in zip(rows, found, strict=True)]
    return _best(
        lambda t: (
            -sum(
                math.log(max(_LEAST, softmax([x / t for x in logits])[label]))
                for logits, label in cases
            )
        )
    )


def reason_cuts(
    rows: Sequence[AnswerRow], found: Sequence[Reasoned], card: Card
) -> tuple[float, float]:
    """Choose from which expected worth on a reason is partly good, and from which on good.

    Of all pairs of cuts that bear out that fewer than `OFF_AS_GOOD` of the reasons that are off are
    called good, the one with the highest quadratic weighted kappa.
    """
    cases = []
    for row, one in zip(rows, found, strict=True):
        judged = decide_reason(Answer(row.context, row.target, row.kind, row.text), one, card)
        cases.append((row.label, worth(judged.p)))
    expected = [label for label, _ in cases]
    off = max(1, expected.count(ReasonLabel.OFF))
    grid = [round(float(x), 2) for x in np.arange(0.1, 0.96, 0.02)]
    best, highest = (0.5, 0.95), -1.0
    for partly in grid:
        for good in (x for x in grid if x > partly):
            labels = [graded(value, partly, good) for _, value in cases]
            kept = off - round(off_called_good(expected, labels) * off)
            if at_least(kept, off) < 1 - OFF_AS_GOOD:
                continue
            agreed = weighted_kappa(expected, labels)
            if agreed > highest:
                best, highest = (partly, good), agreed
    return best


def reason_threshold(rows: Sequence[AnswerRow], found: Sequence[Reasoned], card: Card) -> float:
    """Choose where a judgement is sure, for a card whose temperatures are already fitted.

    What is settled without the network, or not sure for another cause, has no say in it.
    """
    cases = []
    for row, one in zip(rows, found, strict=True):
        answer = Answer(row.context, row.target, row.kind, row.text)
        judged = decide_reason(answer, one, card)
        if not settled(answer, card.limits) and judged.sure:
            cases.append((judged.p[judged.label], judged.label is row.label))
    return surest(cases, bare_share)


def surest(
    cases: Sequence[tuple[float, bool]], borne_out: Callable[[int, int], float] | None = None
) -> float:
    """Return the lowest confidence from which on cases of (confidence, right) are right enough.

    1.01, above every confidence, when they never are. `borne_out` says what share right so many
    of so many cases stand for: `at_least` unless told otherwise.
    """
    share = borne_out or at_least
    ordered = sorted(cases, reverse=True)
    lowest, right = 1.01, 0
    for n, (confidence, is_right) in enumerate(ordered, 1):
        right += is_right
        if share(right, n) >= TARGET:
            # Midway to the next case: the model's last digits must not decide.
            below = ordered[n][0] if n < len(ordered) else confidence
            lowest = (confidence + below) / 2
    return lowest


def surest_band(
    cases: Sequence[tuple[Sequence[float], bool]], loaded: float
) -> tuple[float, float]:
    """Return the narrowest band around `loaded` outside which (words, right) are right enough.

    A case is outside when none of its words' probabilities lies within; the band that leaves most
    cases outside is taken, and (0, 1) when no band will do.
    """
    lows = [max((p for p in words if p < loaded), default=0.0) for words, _ in cases]
    highs = [min((p for p in words if p >= loaded), default=1.0) for words, _ in cases]
    best, most = (0.0, 1.0), 0
    for low in (float(x) for x in np.linspace(0.01, loaded, 50)):
        for high in (float(x) for x in np.linspace(loaded, 0.99, 50)):
            outside = [
                right
                for a, b, (_, right) in zip(lows, highs, cases, strict=True)
                if a <= low and b >= high
            ]
            if len(outside) > most and sum(outside) >= WORDS_TARGET * len(outside):
                best, most = (round(low, 4), round(high, 4)), len(outside)
    return best


def at_least(right: int, n: int) -> float:
    """Return the share right that `right` of `n` cases bear out: Wilson's lower bound, one-sided.

    A dev split is small, and a bare share of it would promise too much.
    """
    return _wilson(right, n, -CAUTION)


def at_most(right: int, n: int) -> float:
    """Return the highest share right that `right` of `n` cases leave room for, one-sided."""
    return _wilson(right, n, CAUTION)


def bare_share(right: int, n: int) -> float:
    """Return the share right as it stands, once there are `ENOUGH` cases to speak of one.

    For reasons: fewer of them are as clear as kinds are, and by `at_least` none would be sure.
    """
    return right / n if n >= ENOUGH else 0.0


def _wilson(right: int, n: int, z: float) -> float:
    """Return a bound of a share, `z` standard errors off (E. B. Wilson, JASA 22, 1927)."""
    p = right / n
    centre = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (centre + spread) / (1 + z * z / n)


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
    card = _marking_from(card, threshold)
    found = [marked(decide(row.text, x, card)) for row, x in pairs]
    return character_f1([row.loaded for row, _ in pairs], found)


def _marking_from(card: Card, loaded: float) -> Card:
    marking = Thresholds(kind=0, loaded=loaded, loaded_low=0, loaded_high=1)
    return card.model_copy(update={"thresholds": marking})

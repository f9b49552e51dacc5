"""A learner's reason for the kind of a passage → a `Judgement`, by the codebook's "Reasons".

The network weighs the answer and the passage together; two checks of the text come before it, for
what is wrong whatever it says: nothing written, and the passage copied out. Pure: the logits and
the card are arguments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.quiz.labels import Attribution, Kind, ReasonLabel
from bot.quiz.values import Judgement, Reading
from bot.reader.card import Card, Limits
from bot.reader.doubt import LOW_CONFIDENCE, NOT_A_SENTENCE, doubt
from bot.reader.network import Reasoned
from bot.reader.numbers import softmax

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SHOWN_WORDS = 2  # how many loaded runs a hint names: it is to be one short phrase


@dataclass(frozen=True, slots=True)
class Answer:
    """A learner's reason, and what it is a reason for; `context` is the target's paragraph."""

    context: str
    target: str
    kind: Kind
    text: str


def kind_words(kind: Kind) -> str:
    """Say a kind as the network is told it."""
    return kind.replace("_", " ")


def decide_reason(answer: Answer, found: Reasoned, card: Card) -> Judgement:
    """Turn the logits of an answer into its judgement by the numbers of the card."""
    if settled(answer, card.limits):
        p = {label: float(label is ReasonLabel.OFF) for label in ReasonLabel}
        return Judgement(ReasonLabel.OFF, p, sure=True, model=card.version)
    shares = softmax([x / (card.temperatures.reason or 1) for x in found.logits])
    p = dict(zip(ReasonLabel, shares, strict=True))
    thresholds = card.thresholds
    label = graded(worth(p), thresholds.reason_partly or 0, thresholds.reason_good or 0)
    why = doubt(answer.text, found.cut, card.limits)
    if why in ("", NOT_A_SENTENCE):  # a reason need not be a sentence
        why = "" if p[label] >= (thresholds.reason or 0) else LOW_CONFIDENCE
    return Judgement(label, p, sure=not why, model=card.version, why_unsure=why)


def worth(p: Mapping[ReasonLabel, float]) -> float:
    """Return what a reason is expected to be worth, 0 to 1: off 0, partly a half, good 1."""
    return p[ReasonLabel.GOOD] + p[ReasonLabel.PARTLY] / 2


def graded(expected: float, partly: float, good: float) -> ReasonLabel:
    """Grade an expected worth by the least that is partly good and the least that is good.

    The likeliest label would do for a right or wrong; grades lie in an order, and to call good
    what is off is worse than to call it partly.
    """
    if expected >= good:
        return ReasonLabel.GOOD
    return ReasonLabel.PARTLY if expected >= partly else ReasonLabel.OFF


def settled(answer: Answer, limits: Limits) -> bool:
    """Whether an answer is `off` before it is weighed: no word in it, or the target over again."""
    said = _words(answer.text)
    if not said:
        return True
    target = _words(answer.target)
    if len(target) < limits.copied_from_words:
        return False
    return SequenceMatcher(None, target, said, autojunk=False).ratio() >= limits.copied


def missing(answer: Answer, reading: Reading) -> str:
    """Say in a short phrase what a good reason for the kind would name, by what was read."""
    if answer.kind is Kind.SOURCED_FACT:
        return "who is named as saying it, and what could be checked"
    if answer.kind is Kind.REPORTED_OPINION:
        return "whose judgement it is: somebody named"
    if answer.kind is Kind.UNSOURCED_CLAIM:
        vague = reading.attribution is Attribution.VAGUE
        return "that whoever says it has no name" if vague else "that nobody is named as saying it"
    loaded = [answer.target[span.start : span.end] for span in reading.loaded]
    if loaded:
        return "the words that judge: " + ", ".join(f'"{run}"' for run in loaded[:_SHOWN_WORDS])
    return "what makes it a judgement rather than something checkable"


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(text.lower().replace("’", "'"))

"""The reader itself: logits and the card's temperatures and thresholds → a `Reading`.

The same model in memory judges reasons (`judge.py`). `decide` is pure; `Reader` joins it to a
model directory. Files are read in `Reader.load` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.quiz.labels import Attribution, Kind, Stance
from bot.quiz.values import Judgement, LoadedSpan, Reading
from bot.reader.card import CARD_FILE, Card, load_card
from bot.reader.directory import check_digests, network_file
from bot.reader.doubt import LOW_CONFIDENCE, doubt
from bot.reader.encoding import Encoder
from bot.reader.frame import frame, load_names, load_tokenizer
from bot.reader.judge import Answer, decide_reason, kind_words
from bot.reader.network import Logits, Network, Word
from bot.reader.numbers import sigmoid, softmax

Pair = tuple[str, str | None]

MODEL_DIRECTORY = Path(__file__).parent / "model"
"""The model that is installed with the package."""


class Reader:
    """A model in memory that reads sentences and judges reasons; safe to call from any thread."""

    def __init__(self, network: Network, card: Card) -> None:
        self._network = network
        self.card = card

    @classmethod
    def load(cls, directory: Path = MODEL_DIRECTORY, *, threads: int = 1) -> Reader:
        """Open a model directory; ReaderError with one line when something in it is wrong."""
        card = load_card(directory)
        tokenizer = load_tokenizer(directory)
        encoder = Encoder(
            tokenizer,
            card.limits.max_pieces,
            card.limits.context_pieces,
            card.marking,
            frame(tokenizer, card.marking, load_names(directory), directory / CARD_FILE),
        )
        path = network_file(directory, card)
        check_digests(path, card)
        reasons = bool(card.reason_labels)
        network = Network.load(
            path, encoder, threads=threads, outputs=card.outputs, reasons=reasons
        )
        if directory.resolve() != MODEL_DIRECTORY.resolve():
            network.attempt(path)  # what is installed was tried when it was made
        return cls(network, card)

    def read(self, text: str, context: str | None = None) -> Reading:
        """Read one sentence, in its paragraph where there is one; any string gives a reading."""
        return self.read_many([(text, context)])[0]

    def read_many(self, pairs: Sequence[Pair], batch_size: int = 16) -> list[Reading]:
        """Read (sentence, context) pairs; readings come in their order, whatever the batches."""
        logits = self._network.logits(pairs, batch_size)
        return [
            decide(text, found, self.card) for (text, _), found in zip(pairs, logits, strict=True)
        ]

    def judge(self, context: str, target: str, kind: Kind, answer: str, /) -> Judgement | None:
        """Judge a reason for the kind of a target in its paragraph; any strings will do.

        None from a model without that head.
        """
        judged = self.judge_many([Answer(context, target, kind, answer)])
        return judged[0] if judged else None

    def judge_many(self, answers: Sequence[Answer], batch_size: int = 16) -> list[Judgement]:
        """Judge answers, in their order; none are judged by a model without that head."""
        if not self.judges:
            return []
        cases = [(one.text, kind_words(one.kind), one.target, one.context) for one in answers]
        return [
            decide_reason(answer, found, self.card)
            for answer, found in zip(answers, self._network.reasons(cases, batch_size), strict=True)
        ]

    @property
    def judges(self) -> bool:
        """Whether the model has a head for reasons."""
        return bool(self.card.reason_labels)


def decide(text: str, logits: Logits, card: Card) -> Reading:
    """Turn the logits of a sentence into its reading by the numbers of the card."""
    p_opinion = sigmoid(logits.stance / card.temperatures.stance)
    shares = softmax([x / card.temperatures.source for x in logits.source])
    p_source = dict(zip(Attribution, shares, strict=True))
    words = word_probabilities(text, logits, card)
    thresholds = card.thresholds
    unreadable = doubt(text, logits.cut, card.limits)
    undecided = any(thresholds.loaded_low < p < thresholds.loaded_high for _, p in words)
    reading = Reading(
        p_opinion=p_opinion,
        p_source=p_source,
        loaded=_spans(text, words, thresholds.loaded),
        stance=Stance.OPINION if p_opinion >= 0.5 else Stance.CLAIM,
        attribution=max(p_source, key=lambda label: p_source[label]),
        sure=not unreadable,
        loaded_sure=not unreadable and not undecided,
        model=card.version,
        why_unsure=unreadable,
    )
    if unreadable or reading.p_kind >= thresholds.kind:
        return reading
    return replace(reading, sure=False, why_unsure=LOW_CONFIDENCE)


def word_probabilities(text: str, logits: Logits, card: Card) -> list[tuple[Word, float]]:
    """Return each word with its probability of being loaded; punctuation alone is no word."""
    return [
        (word, sigmoid(word.logit / card.temperatures.loaded))
        for word in logits.words
        if any(char.isalnum() for char in text[word.start : word.end])
    ]


def _spans(
    text: str, words: Sequence[tuple[Word, float]], threshold: float
) -> tuple[LoadedSpan, ...]:
    """Join neighbouring loaded words; a span is as probable as its most probable word."""
    spans: list[LoadedSpan] = []
    for word, p in words:
        if p < threshold:
            continue
        if spans and not text[spans[-1].end : word.start].strip():
            spans[-1] = LoadedSpan(spans[-1].start, word.end, max(spans[-1].p, p))
        else:
            spans.append(LoadedSpan(word.start, word.end, p))
    return tuple(spans)

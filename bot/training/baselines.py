"""What the model is measured against, fitted to the same rows: needs the extra [train].

Majority, cue words, TF-IDF with logistic regression, the encoder as it came with logistic
regression, and for reasons the words of the answer alone and the likeness of answer and passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found]  # only in the training environment
from sklearn.feature_extraction.text import (  # type: ignore[import-not-found,unused-ignore]
    TfidfVectorizer,
)
from sklearn.linear_model import (  # type: ignore[import-not-found,unused-ignore]
    LogisticRegression,
)

from bot.quiz.labels import Attribution, ReasonLabel, Stance
from bot.reader.encoding import Encoder, pad
from bot.reader.judge import graded
from bot.reader.reader import Pair
from bot.training.measure import weighted_kappa
from bot.training.model import base_encoder
from bot.training.predictions import Predicted, Predictor
from bot.training.rows import AnswerRow, Row
from bot.training.rules import by_rules

_BATCH = 32
Features = Callable[[Sequence[Pair]], Any]


def sentence_baselines(train: Sequence[Row], encoder: Encoder) -> dict[str, Predictor]:
    """Fit every baseline of sentences to the rows that the model is trained on."""
    frozen = Frozen(encoder)
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    words.fit([row.text for row in train])
    return {
        "majority": _majority(train),
        "cue words": by_rules,
        "TF-IDF": _regression(train, lambda pairs: words.transform([text for text, _ in pairs])),
        "frozen encoder": _regression(train, frozen.vectors),
    }


def _majority(train: Sequence[Row]) -> Predictor:
    ((stance, source), _), *_ = Counter((row.stance, row.source) for row in train).most_common(1)
    return lambda pairs: [Predicted(stance, source, ())] * len(pairs)


def _regression(train: Sequence[Row], features: Features) -> Predictor:
    """Fit a logistic regression per head; loaded words are beyond it."""
    known = features([(row.text, row.context) for row in train])
    stance, source = (LogisticRegression(max_iter=2000, C=4.0) for _ in range(2))
    stance.fit(known, [str(row.stance) for row in train])
    source.fit(known, [str(row.source) for row in train])

    def predict(pairs: Sequence[Pair]) -> list[Predicted]:
        found = features(pairs)
        labels = zip(stance.predict(found), source.predict(found), strict=True)
        return [Predicted(Stance(a), Attribution(b)) for a, b in labels]

    return predict


class Frozen:
    """The encoder as it came: the mean of a sentence's states is its vector."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._model = base_encoder().eval()

    def vectors(self, pairs: Sequence[Pair]) -> Any:
        """Return an array of shape (pairs, width), one unit vector each."""
        found = []
        for first in range(0, len(pairs), _BATCH):
            inputs = [self._encoder.encode(*pair) for pair in pairs[first : first + _BATCH]]
            arrays = {name: torch.from_numpy(array) for name, array in pad(inputs).items()}
            with torch.no_grad():
                states = self._model(**arrays).last_hidden_state
            own = (arrays["attention_mask"] * (1 - arrays["token_type_ids"])).unsqueeze(-1)
            mean = (states * own).sum(1) / own.sum(1)
            found.append(torch.nn.functional.normalize(mean, dim=-1).numpy())
        return np.concatenate(found)


def likeness(rows: Sequence[AnswerRow], encoder: Encoder) -> list[float]:
    """Return the cosine of every answer and its target: the way of a similarity grader."""
    frozen = Frozen(encoder)
    answers = frozen.vectors([(row.text, None) for row in rows])
    targets = frozen.vectors([(row.target, None) for row in rows])
    return [float(x) for x in (answers * targets).sum(-1)]


def by_likeness(
    train: Sequence[AnswerRow], values: Sequence[float], found: Sequence[float]
) -> list[ReasonLabel]:
    """Grade answers by their likeness, cut where the kappa on the train rows is highest."""
    expected = [row.label for row in train]
    grid = [float(x) for x in np.quantile(values, np.linspace(0.02, 0.98, 25))]
    pairs = [(low, high) for low in grid for high in grid if low <= high]
    low, high = max(
        pairs,
        key=lambda cut: weighted_kappa(expected, [graded(value, *cut) for value in values]),
    )
    return [graded(value, low, high) for value in found]

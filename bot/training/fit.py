"""Fitting the torch model to rows: examples, batches, optimiser, epochs. Seeded throughout."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch  # type: ignore[import-not-found]  # only in the training environment
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.quiz.labels import Attribution, Stance
from bot.reader.encoding import Encoded, Encoder, pad
from bot.training.augment import scare_quoted
from bot.training.model import IGNORED, SentenceModel, Targets, loss
from bot.training.rows import PartialRow, Row


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every choice of the training run.

    `rate` is that of the encoder's top layer, `layer_decay` its factor per layer further down;
    `loaded_weight` and `own_weight` are those of `model.loss`; `no_context` is the share of rows
    shown without their paragraph, `scare_quotes` of those changed by `augment`, anew each epoch.
    """

    epochs: int = 6
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
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Example:
    """An encoded input and its labels; `loaded` has one per piece of the sentence, or none."""

    encoded: Encoded
    stance: int = IGNORED
    source: int = IGNORED
    own: int = IGNORED
    loaded: tuple[int, ...] = ()


def fit(
    own: Sequence[Row], partial: Sequence[PartialRow], encoder: Encoder, recipe: Recipe
) -> SentenceModel:
    """Train a model on the rows given; the same rows, recipe and machine give the same model."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    model = SentenceModel(recipe.dropout)
    optimizer = torch.optim.AdamW(_groups(model, recipe), weight_decay=recipe.weight_decay)
    steps = recipe.epochs * -(-(len(own) + len(partial)) // recipe.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        [group["lr"] for group in optimizer.param_groups],
        total_steps=steps + 1,
        pct_start=recipe.warm_up,
        anneal_strategy="linear",
        cycle_momentum=False,
    )
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        task = progress.add_task("training", total=steps)
        model.train()
        for epoch in range(recipe.epochs):
            examples = [_example(row, encoder, recipe, chance) for row in own]
            examples += [_partial(row, encoder) for row in partial]
            for batch in _batches(examples, recipe.batch, chance):
                found = loss(
                    model(**_tensors(batch)),
                    _targets(batch),
                    recipe.loaded_weight,
                    recipe.own_weight,
                )
                optimizer.zero_grad()
                found.backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                label = f"epoch {epoch + 1}/{recipe.epochs}, loss {found.item():.3f}"
                progress.update(task, advance=1, description=label)
    model.eval()
    return model


def _groups(model: SentenceModel, recipe: Recipe) -> list[dict[str, object]]:
    """Parameters with rates that fall from the heads down; the embeddings stay as they are."""
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad = False
    heads = [*model.stance.parameters(), *model.source.parameters(), *model.loaded.parameters()]
    groups: list[dict[str, object]] = [{"params": heads, "lr": recipe.head_rate}]
    for depth, layer in enumerate(reversed(model.encoder.encoder.layer)):
        rate = recipe.rate * recipe.layer_decay**depth
        groups.append({"params": list(layer.parameters()), "lr": rate})
    return groups


def _example(row: Row, encoder: Encoder, recipe: Recipe, chance: random.Random) -> Example:
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


def _partial(row: PartialRow, encoder: Encoder) -> Example:
    return Example(encoder.encode(row.text), own=int(row.authors_opinion))


def _batches(examples: list[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Shuffle, then batch inputs of like length, so that little is computed on padding."""
    chance.shuffle(examples)
    stretch = 32 * size
    batches: list[list[Example]] = []
    for first in range(0, len(examples), stretch):
        near = sorted(examples[first : first + stretch], key=lambda one: len(one.encoded.ids))
        batches += [near[i : i + size] for i in range(0, len(near), size)]
    chance.shuffle(batches)
    yield from batches


def _tensors(batch: Sequence[Example]) -> dict[str, torch.Tensor]:
    arrays = pad([one.encoded for one in batch])
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def _targets(batch: Sequence[Example]) -> Targets:
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

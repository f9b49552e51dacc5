"""Fitting the torch model to rows: examples, batches, optimiser, epochs. Seeded throughout."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch  # type: ignore[import-not-found]  # only in the training environment
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.quiz.labels import Attribution, Stance
from bot.reader.encoding import Encoded, Encoder, pad
from bot.training.augment import scare_quoted
from bot.training.model import IGNORED, SentenceModel, Targets, loss
from bot.training.pack import Passage, by_passage, packed
from bot.training.rows import AnswerRow, PartialRow, Row
from bot.training.start import weights


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every choice of the training run.

    `rate` is that of the encoder's top layer, `layer_decay` its factor per layer further down;
    `loaded_weight` and `own_weight` are those of `model.loss`; `no_context` is the share of rows
    shown without their paragraph, `scare_quotes` of those changed by `augment`, anew each epoch.
    An epoch shows every passage with its answers, and `share` of the sentences.
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
    share: float = 1.0
    passages: int = 4
    smoothing: float = 0.05
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Example:
    """An encoded input and its labels; `loaded` has one per piece of the sentence, or none."""

    encoded: Encoded
    stance: int = IGNORED
    source: int = IGNORED
    own: int = IGNORED
    loaded: tuple[int, ...] = ()


def fit(  # what it learns from, and how
    own: Sequence[Row],
    partial: Sequence[PartialRow],
    answers: Sequence[AnswerRow],
    encoder: Encoder,
    recipe: Recipe,
    start: Path | None = None,
) -> SentenceModel:
    """Train a model on the rows given; the same rows, recipe and machine give the same model.

    `start` is the exported file of an earlier model; heads that it lacks begin anew.
    """
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    model = SentenceModel(recipe.dropout)
    if start:
        model.load_state_dict(weights(start), strict=False)
    passages = by_passage(answers, encoder)
    shown = round((len(own) + len(partial)) * recipe.share)
    per_epoch = -(-shown // recipe.batch) + -(-len(passages) // recipe.passages)
    optimizer = torch.optim.AdamW(_groups(model, recipe), weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        [group["lr"] for group in optimizer.param_groups],
        total_steps=recipe.epochs * per_epoch + 1,
        pct_start=recipe.warm_up,
        anneal_strategy="linear",
        cycle_momentum=False,
    )
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    order = _in_turn([*own, *partial], chance)
    with Progress(*columns) as progress:
        task = progress.add_task("training", total=recipe.epochs * per_epoch)
        model.train()
        for epoch in range(recipe.epochs):
            examples = [
                _example(row, encoder, recipe, chance)
                if isinstance(row, Row)
                else _partial(row, encoder)
                for row in islice(order, shown)
            ]
            chance.shuffle(passages)
            batches: list[list[Example] | list[Passage]] = [
                *_batches(examples, recipe.batch, chance),
                *(
                    passages[i : i + recipe.passages]
                    for i in range(0, len(passages), recipe.passages)
                ),
            ]
            chance.shuffle(batches)
            for batch in batches:
                found = _loss(model, batch, recipe, chance)
                optimizer.zero_grad()
                found.backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                label = f"epoch {epoch + 1}/{recipe.epochs}, loss {found.item():.3f}"
                progress.update(task, advance=1, description=label)
    model.eval()
    return model


def _in_turn(rows: list[Row | PartialRow], chance: random.Random) -> Iterator[Row | PartialRow]:
    """Give the rows without end, shuffled anew each time that all have been shown."""
    while rows:
        chance.shuffle(rows)
        yield from rows


def _loss(
    model: SentenceModel,
    batch: list[Example] | list[Passage],
    recipe: Recipe,
    chance: random.Random,
) -> torch.Tensor:
    """Score a batch of sentences, or one of passages with their answers."""
    if isinstance(batch[0], Passage):
        labels = torch.tensor([label for one in batch for label in one.labels])
        found = model.judge(packed(batch, chance))
        return torch.nn.functional.cross_entropy(found, labels, label_smoothing=recipe.smoothing)
    return loss(model(**_tensors(batch)), _targets(batch), recipe.loaded_weight, recipe.own_weight)


def _groups(model: SentenceModel, recipe: Recipe) -> list[dict[str, object]]:
    """Parameters with rates that fall from the heads down; the embeddings stay as they are."""
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad = False
    layers = (model.stance, model.source, model.loaded, model.reason)
    heads = [parameter for layer in layers for parameter in layer.parameters()]
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

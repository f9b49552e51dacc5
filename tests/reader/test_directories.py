"""Model directories from elsewhere: what is put in place works, and what cannot is told in a line.

Every directory here is tiny, and its network a bag of words: what it must say is known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from bot.errors import ReaderError
from bot.quiz.labels import Kind, ReasonLabel
from bot.reader.card import Marking
from bot.reader.encoding import Encoder
from bot.reader.frame import frame, load_names, load_tokenizer
from bot.reader.reader import Reader

from .directories import ALL, FAMILIES, bare, bert, roberta, tables, write
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


def outside(directory: Path, name: str) -> str:
    """Write the first table of the network into a file of its own; return its digest."""
    raw = tables(bert())["stance"].tobytes()
    (directory / name).write_bytes(raw)
    return hashlib.sha256(raw).hexdigest()


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

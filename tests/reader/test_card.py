"""What is refused when a model directory is opened, and in which words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ReaderError
from bot.reader.card import load_card
from bot.reader.reader import MODEL_DIRECTORY, Reader

Break = Callable[[dict[str, Any]], Any]

BROKEN: list[tuple[str, Break, str]] = [
    ("no thresholds", lambda card: card.pop("thresholds"), "thresholds"),
    ("another format", lambda card: card.update(format=2), "format"),
    ("an unknown field", lambda card: card.update(mood="good"), "mood"),
    ("labels in another order", lambda card: card["source_labels"].reverse(), "source_labels"),
    ("reasons in another order", lambda card: card["reason_labels"].reverse(), "reason_labels"),
    ("no reason threshold", lambda card: card["thresholds"].pop("reason"), "reason_labels needs"),
    ("a temperature of nought", lambda card: card["temperatures"].update(source=0), "source"),
    ("a share above 1", lambda card: card["thresholds"].update(loaded_low=2), "loaded_low"),
    ("data without a licence", lambda card: card["data"][0].pop("licence"), "licence"),
    ("a digest that is none", lambda card: card.update(sha256="abc"), "sha256"),
]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Copy the installed model directory, so that a test may break it."""
    return Path(shutil.copytree(MODEL_DIRECTORY, tmp_path / "model"))


@pytest.mark.parametrize(("what", "break_it", "word"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_wrong_card_is_refused_by_its_field(
    tmp_path: Path, what: str, break_it: Break, word: str
) -> None:
    """A card that is wrong in one field is refused in one line that names file and field."""
    card = json.loads((MODEL_DIRECTORY / "card.json").read_text(encoding="utf-8"))
    break_it(card)
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ReaderError, match=word) as caught:
        load_card(tmp_path)
    assert "card.json" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["card.json", "tokenizer.json", "model.onnx"])
def test_a_missing_file_is_named(directory: Path, name: str) -> None:
    """A directory that lacks a file is refused in one line that names it."""
    (directory / name).unlink()
    with pytest.raises(ReaderError, match=name) as caught:
        Reader.load(directory)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["card.json", "tokenizer.json", "model.onnx"])
def test_a_damaged_file_is_named(directory: Path, name: str) -> None:
    """A file that holds something else is refused in one line that names it."""
    (directory / name).write_bytes(b"{}")
    with pytest.raises(ReaderError, match=name) as caught:
        Reader.load(directory)
    assert "\n" not in str(caught.value)


def test_the_installed_model_fits_its_limits() -> None:
    """The model is one file of at most 40 MB, and its directory holds the four files."""
    names = {path.name for path in MODEL_DIRECTORY.iterdir()}
    assert names == {"model.onnx", "tokenizer.json", "card.json", "README.md"}
    assert (MODEL_DIRECTORY / "model.onnx").stat().st_size <= 40_000_000


def test_every_data_source_of_the_installed_model_has_a_permissive_licence() -> None:
    """What the model was trained on may be used and passed on by anyone."""
    licences = {source.licence for source in load_card(MODEL_DIRECTORY).data}
    assert licences <= {"Apache-2.0", "CC-BY-4.0"}


def test_the_installed_readme_shows_the_figures_of_the_card() -> None:
    """README.md is the card's: every figure of the card stands in it."""
    shown = (MODEL_DIRECTORY / "README.md").read_text(encoding="utf-8")
    for figure in load_card(MODEL_DIRECTORY).figures:
        assert f"| {figure.name} | {figure.split} | {figure.n} | {figure.value:g}" in shown

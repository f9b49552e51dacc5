"""Where the files of a network lie in a model directory, and whether they are the card's.

Directories differ by who exported them: `model.onnx` beside the card or in `onnx/`, quantized or
not, with its weights inside or in files beside it. Paths and digests only; nothing is opened here.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.errors import ReaderError
from bot.reader.card import CARD_FILE, GUIDE, Card

MODEL_FILE = "model.onnx"
"""What a network is called that the trainer makes."""

KNOWN_AS = (MODEL_FILE, "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
"""What networks are called by the tools that export them (optimum, transformers.js)."""

_WEIGHTS = ("_data", ".data")
"""What follows the network's name in those of files with its weights: optimum's, and torch's."""

_ASKED = 12  # digits of a digest that are shown: enough to tell two apart


def network_file(directory: Path, card: Card) -> Path:
    """Return the path of the network; ReaderError when there is none, or several to choose from."""
    if card.file is not None:
        path = directory / card.file
        if not path.is_file():
            raise ReaderError(f"{path}: is not there, though {CARD_FILE} names it in `file`")
        return path
    found = [name for name in KNOWN_AS if (directory / name).is_file()]
    if not found:
        others = sorted(
            path.relative_to(directory).as_posix() for path in directory.rglob("*.onnx")
        )
        seen = f"; name one of {', '.join(others)} in `file` of {CARD_FILE}" if others else ""
        raise ReaderError(
            f"{directory / MODEL_FILE}: is not there, nor are {', '.join(KNOWN_AS[1:])}"
            f"{seen or f': export the network to ONNX, see {GUIDE}'}"
        )
    if len(found) > 1:
        raise ReaderError(
            f"{directory / CARD_FILE}: file: is not given, and there are {', '.join(found)}: "
            "name the one to use"
        )
    return directory / found[0]


def check_digests(path: Path, card: Card) -> None:
    """Compare the network and its weights with the card; ReaderError for the first that differs."""
    check_digest(path, card.sha256, "sha256")
    beside = sorted(
        one.name
        for ending in _WEIGHTS
        for one in path.parent.glob(f"{path.name}{ending}*")
        if one.is_file()
    )
    for name in beside:
        if name not in card.weights:
            raise ReaderError(
                f"{path.parent / name}: its sha256 is not in `weights` of {CARD_FILE}: add "
                f'"{name}": "{digest(path.parent / name)}"'
            )
    for name, expected in card.weights.items():
        if not (path.parent / name).is_file():
            raise ReaderError(
                f"{path.parent / name}: is not there, though `weights` of {CARD_FILE} names it: "
                "put it beside the network"
            )
        check_digest(path.parent / name, expected, f"weights.{name}")


def check_digest(path: Path, expected: str, field: str) -> None:
    """Compare a file with the digest that a field of the card gives for it."""
    found = digest(path)
    if found != expected:
        raise ReaderError(
            f"{path}: is not the file that its card describes: its sha256 is {found[:_ASKED]}…, "
            f"`{field}` of {CARD_FILE} is {expected[:_ASKED]}…: fetch the file again, or describe "
            "the one that is there"
        )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; ReaderError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReaderError(f"{path}: cannot be read: {error.strerror or error}") from error

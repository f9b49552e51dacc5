"""A network's file → an onnxruntime session whose inputs and outputs are what the reader needs.

What a file lacks is told here, before the first sentence, in one line that names the file, the
tensor, and the card's field that can help. What goes in and comes out is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]

from bot.errors import ReaderError
from bot.reader.card import CARD_FILE, GUIDE, Outputs

WHOLE_NUMBERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
"""Types that an input may have."""
IDS = "input_ids"
INPUTS = (IDS, "attention_mask", "token_type_ids", "position_ids")
"""What a network may be given; it takes what it has, and must have the first."""

Shape = tuple[int | str, ...]
BATCH, LENGTH = "batch", "length"
SHAPES: Mapping[str, tuple[Shape, ...]] = {
    "stance": ((BATCH,), (BATCH, 1), (BATCH, 2)),
    "source": ((BATCH, 3),),
    "loaded": ((BATCH, LENGTH), (BATCH, LENGTH, 1), (BATCH, LENGTH, 2)),
    "reason": ((BATCH, 3),),
}
"""What shapes an output may have; words stand for numbers that differ from run to run."""

_OPSET = re.compile(r"Opset (\d+) is under .*till opset (\d+)")
_VERSION = re.compile(r"Unsupported model IR version: (\d+), max supported IR version: (\d+)")
_NOISE = re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : |Load model from .* failed:")


def open_session(path: Path, threads: int) -> Any:
    """Open a network; ReaderError in one line for a file that cannot be run."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL
    # Blocks of weights are unpacked here, once, and not at every product.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's exceptions share no public base
        raise ReaderError(f"{path}: is not a model that can be run: {_why(error)}") from error


def wire_inputs(path: Path, session: Any) -> dict[str, Any]:
    """Return the type of each input that the network takes; ReaderError for one it cannot get."""
    found: dict[str, Any] = {}
    for one in session.get_inputs():
        if one.name not in INPUTS:
            raise ReaderError(
                f"{path}: asks for the input `{one.name}`; known here are {', '.join(INPUTS)}: "
                f"export it without, see {GUIDE}"
            )
        if one.type not in WHOLE_NUMBERS:
            raise ReaderError(
                f"{path}: its input `{one.name}` is {one.type}, not int64 or int32: export it anew"
            )
        if len(one.shape) != 2 or any(isinstance(size, int) for size in one.shape):
            raise ReaderError(
                f"{path}: its input `{one.name}` has the shape {_shown(one.shape)}, not (batch, "
                "length): export it with dynamic axes"
            )
        found[one.name] = WHOLE_NUMBERS[one.type]
    if IDS not in found:
        raise ReaderError(f"{path}: has no input `{IDS}`: export it with one, see {GUIDE}")
    return found


def wire_outputs(path: Path, session: Any, outputs: Outputs, *, reasons: bool) -> dict[str, str]:
    """Return the tensor of each head; ReaderError for a head that is not there or of no use."""
    known = {one.name: one for one in session.get_outputs()}
    heads = [head for head in SHAPES if reasons or head != "reason"]
    wired = {head: str(getattr(outputs, head)) for head in heads}
    for head, name in wired.items():
        if name not in known:
            without = ", or leave `reason_labels` out" if head == "reason" else ""
            raise ReaderError(
                f"{path}: has no output `{name}`; it has {', '.join(known)}: name the one for "
                f"{head} in `outputs.{head}` of {CARD_FILE}{without}"
            )
        if "float" not in known[name].type and "double" not in known[name].type:
            raise ReaderError(
                f"{path}: its output `{name}` is {known[name].type}: logits are floating-point; "
                f"name another in `outputs.{head}` of {CARD_FILE}"
            )
        if not any(_fits(known[name].shape, shape) for shape in SHAPES[head]):
            raise wrong_shape(path, head, name, known[name].shape)
    return wired


def wrong_shape(path: Path, head: str, name: str, found: Any) -> ReaderError:
    """Return the error for an output whose shape is none of those that its head may have."""
    allowed = " or ".join(_shown(shape) for shape in SHAPES[head])
    return ReaderError(
        f"{path}: its output `{name}` has the shape {_shown(found)}, not {allowed}: name another "
        f"in `outputs.{head}` of {CARD_FILE}"
    )


def run_error(path: Path, what: str, error: Exception) -> ReaderError:
    """Return the error for a run that failed on `what`."""
    return ReaderError(
        f"{path}: fails on {what}: {_why(error)}: check that tokenizer and `limits` of {CARD_FILE} "
        "are those of the network"
    )


def same_error(path: Path) -> ReaderError:
    """Return the error for a network that says the same whatever it is given."""
    return ReaderError(
        f"{path}: gives the same logits for different inputs: the export went wrong, or took one "
        f"example for two inputs: export it anew, see {GUIDE}"
    )


def _fits(found: Any, shape: Shape) -> bool:
    """Whether a stated shape may be the wanted one; a size that is not stated may be any."""
    if not found and shape:
        return True  # nothing is stated
    return len(found) == len(shape) and all(
        not isinstance(size, int) or size == wanted
        for size, wanted in zip(found, shape, strict=True)
    )


def _shown(shape: Any) -> str:
    return f"({', '.join('?' if size is None else str(size) for size in shape)})"


def _why(error: Exception) -> str:
    """Say the runtime's error in one line, and what to do where that is known."""
    lines = str(error).splitlines()
    line = _NOISE.sub("", lines[0]).strip() if lines else type(error).__name__
    for what, newer in (("opset", _OPSET.search(line)), ("version", _VERSION.search(line))):
        if newer:
            return (
                f"it is of ONNX {what} {newer[1]}, and this onnxruntime knows up to {newer[2]}: "
                f"export it for an older {what}, or update onnxruntime"
            )
    return line


_FATAL = 4  # of the runtime's levels of logging: what fails is told by the error, once

"""The torch model → one ONNX file with weights in 8-bit blocks, and a measure of what that cost.

Blocks are unpacked when the file is loaded (the runtime folds constants), so activations stay in
32 bits: a sentence's score does not depend on its batch, and differs from torch's by the rounding
of weights alone. Multiplying in 8 bits as well, which rounds activations too, was measured: up to
0.15 off torch's probabilities, and slower.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx  # type: ignore[import-not-found]  # only in the training environment
import torch  # type: ignore[import-not-found]
from onnx import TensorProto, helper, numpy_helper

from bot.reader.encoding import Encoded, Encoder, pad
from bot.reader.network import Case, Network, gather
from bot.reader.numbers import sigmoid, softmax
from bot.reader.reader import Pair
from bot.training.model import SentenceModel

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("stance", "source", "loaded", "reason")
BLOCK = 8  # weights that share a scale; 32 would save 1 MB and raise the error by half
OPSET = 21  # the first whose DequantizeLinear knows blocks
_WIDE = 32  # from how many rows and columns on a matrix is packed
_MOST = 127  # the largest whole number that a weight is stored as

Whole = npt.NDArray[np.int8]
Halves = npt.NDArray[np.float16]


def export(model: SentenceModel, encoder: Encoder, path: Path) -> None:
    """Write the model to `path`: MatMul weights in 8-bit blocks, word embeddings in 16 bits."""
    example = pad([encoder.encode("Exports fell.", "Exports fell. Why?"), encoder.encode("Why?")])
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length")
    logging.getLogger("onnx_ir").setLevel(logging.WARNING)
    logging.getLogger("onnxscript").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its own internals
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model.eval(),
            tuple(torch.from_numpy(example[name]) for name in INPUTS),
            plain,
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_shapes=tuple({0: batch, 1: length} for _ in INPUTS),
            external_data=False,
            opset_version=OPSET,
            verbose=False,
        )
        exported = onnx.load(plain)
    _store_in_blocks(exported.graph)
    _halve_embeddings(exported.graph)
    onnx.save(exported, path)


def in_blocks(weights: npt.NDArray[np.float32]) -> tuple[Whole, Halves]:
    """Round (outputs, inputs) weights to whole numbers of a scale that each block has.

    Shapes (outputs, blocks, BLOCK) and (outputs, blocks, 1); their product is off by about half a
    scale at the most. `inputs` is a multiple of BLOCK.
    """
    blocks = weights.reshape(weights.shape[0], -1, BLOCK)
    scales = (np.abs(blocks).max(axis=-1, keepdims=True) / _MOST).astype(np.float16)
    divisors = np.maximum(scales, np.finfo(np.float16).smallest_subnormal).astype(np.float32)
    whole = np.clip(np.rint(blocks / divisors), -_MOST, _MOST)
    return whole.astype(np.int8), scales


def settle(model: SentenceModel) -> None:
    """Round a model's own weights to what blocks hold, so that it is the model that is shipped."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "embeddings" not in name and min(parameter.shape) >= _WIDE and parameter.dim() == 2:
                whole, scales = in_blocks(parameter.numpy())
                back = whole.astype(np.float32) * scales.astype(np.float32)
                parameter.copy_(torch.from_numpy(back.reshape(parameter.shape)))


def _store_in_blocks(graph: Any) -> None:
    """Put blocks and the few nodes that unpack them in the place of every wide matrix."""
    stored = {one.name: one for one in graph.initializer}
    matrices = {
        node.input[1]
        for node in graph.node
        if node.op_type == "MatMul" and node.input[1] in stored and _wide(stored[node.input[1]])
    }
    unpacking: list[Any] = []
    for name in sorted(matrices):
        whole, scales = in_blocks(numpy_helper.to_array(stored[name]).T)
        parts = {"whole": whole.reshape(len(whole), -1).T, "scales": scales[..., 0].T}
        graph.initializer.remove(stored[name])
        graph.initializer.extend(
            numpy_helper.from_array(np.ascontiguousarray(array), f"{name}.{part}")
            for part, array in parts.items()
        )
        unpacking += _unpacking(name)
    _prepend(graph, unpacking)


def _unpacking(name: str) -> list[Any]:
    """Make the nodes that turn a matrix's blocks into what it was named for."""
    scales = helper.make_node("Cast", [f"{name}.scales"], [f"{name}.factors"], to=TensorProto.FLOAT)
    inputs = [f"{name}.whole", f"{name}.factors"]
    matrix = helper.make_node("DequantizeLinear", inputs, [name], axis=0, block_size=BLOCK)
    return [scales, matrix]


def _wide(matrix: Any) -> bool:
    """Whether a matrix is worth packing: the heads' are tiny, and every error in them shows."""
    return len(matrix.dims) == 2 and min(matrix.dims) >= _WIDE


def _prepend(graph: Any, nodes: Sequence[Any]) -> None:
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *rest])


@dataclass(frozen=True, slots=True)
class Parity:
    """How far an exported file is from the torch model it was made of.

    `worst` is the largest difference of any probability; `flips` counts labels that are others.
    """

    worst: float
    flips: int


def parity(
    model: SentenceModel, network: Network, encoder: Encoder, pairs: Sequence[Pair]
) -> Parity:
    """Compare stance, source and every word's probability of sentences in their contexts."""
    originals = []
    for text, context in pairs:
        encoded = encoder.encode(text, context)
        stance, source, loaded, _ = _outputs(model, encoded)
        originals.append(gather(encoded, stance, source, loaded))
    cases = list(zip(originals, network.logits(pairs), strict=True))
    heads = [(_share(a.stance), _share(b.stance)) for a, b in cases] + [
        (softmax(a.source), softmax(b.source)) for a, b in cases
    ]
    words = [
        abs(sigmoid(x.logit) - sigmoid(y.logit))
        for a, b in cases
        for x, y in zip(a.words, b.words, strict=True)
    ]
    found = _compared(heads)
    return Parity(max([found.worst, *words]), found.flips)


def reason_parity(
    model: SentenceModel, network: Network, encoder: Encoder, cases: Sequence[Case]
) -> Parity:
    """Compare the judge's labels of (answer, kind in words, target, context)."""
    heads = []
    for (text, *passage), exported in zip(cases, network.reasons(cases), strict=True):
        encoded = encoder.encode_answer(text, encoder.encode_passage(*passage))
        original = softmax([float(x) for x in _outputs(model, encoded)[3]])
        heads.append((original, softmax(exported.logits)))
    return _compared(heads)


def _compared(heads: Sequence[tuple[list[float], list[float]]]) -> Parity:
    worst = max((abs(x - y) for a, b in heads for x, y in zip(a, b, strict=True)), default=0.0)
    return Parity(worst, sum(a.index(max(a)) != b.index(max(b)) for a, b in heads))


def _share(logit: float) -> list[float]:
    return [sigmoid(logit), sigmoid(-logit)]


def _outputs(model: SentenceModel, encoded: Encoded) -> list[Any]:
    """Run the torch model on one input."""
    inputs = {name: torch.from_numpy(array) for name, array in pad([encoded]).items()}
    with torch.no_grad():
        return [output[0].numpy() for output in model(**inputs)]


def _halve_embeddings(graph: Any) -> None:
    """Store the word embeddings in 16 bits; what is looked up is cast back to 32."""
    table = next(one for one in graph.initializer if one.name.endswith("word_embeddings.weight"))
    halves = numpy_helper.to_array(table).astype(np.float16)
    place = next(i for i, node in enumerate(graph.node) if table.name in node.input)
    lookup = graph.node[place]
    result = lookup.output[0]
    lookup.output[0] = f"{result}_half"
    graph.node.insert(
        place + 1, helper.make_node("Cast", [lookup.output[0]], [result], to=TensorProto.FLOAT)
    )
    table.CopyFrom(numpy_helper.from_array(halves, table.name))

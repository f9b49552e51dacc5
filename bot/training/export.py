"""The torch model → one ONNX file with 8-bit block weights, and a measure of what that cost.

Plain dynamic int8 is not used: its activations are scaled over a whole batch, so that a sentence's
score would depend on its neighbours. Blocks scale each row by itself.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx  # type: ignore[import-not-found]  # only in the training environment
import torch  # type: ignore[import-not-found]
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization.matmul_nbits_quantizer import (  # type: ignore[import-untyped]
    MatMulNBitsQuantizer,
)

from bot.reader.encoding import Encoded, Encoder, pad
from bot.reader.network import Case, Logits, Network, gather
from bot.reader.numbers import sigmoid, softmax
from bot.reader.reader import Pair
from bot.training.model import SentenceModel

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("stance", "source", "loaded", "reason")
BLOCK = 32  # weights that share a scale; 128 saves 1 MB and doubles the error
INT8_COMPUTE = 4  # the runtime's accuracy level that multiplies in 8 bits with 32-bit sums
OPSET = 20


def export(model: SentenceModel, encoder: Encoder, path: Path) -> None:
    """Write the model to `path`: MatMul weights in 8-bit blocks, word embeddings in 16 bits."""
    example = pad([encoder.encode("Exports fell.", "Exports fell. Why?"), encoder.encode("Why?")])
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length")
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
        logging.getLogger(MatMulNBitsQuantizer.__module__).setLevel(logging.WARNING)
        original = onnx.load(plain)
        quantizer = MatMulNBitsQuantizer(
            original,
            bits=8,
            block_size=BLOCK,
            is_symmetric=True,
            accuracy_level=INT8_COMPUTE,
            nodes_to_exclude=_heads(original.graph),
        )
    quantizer.process()
    quantized = quantizer.model.model
    _halve_embeddings(quantized.graph)
    onnx.save(quantized, path)


def parity(
    model: SentenceModel, network: Network, encoder: Encoder, pairs: Sequence[Pair]
) -> float:
    """Return the largest difference of any probability between torch and the exported file."""
    worst = 0.0
    for (text, context), exported in zip(pairs, network.logits(pairs), strict=True):
        encoded = encoder.encode(text, context)
        stance, source, loaded, _ = _outputs(model, encoded)
        original = gather(encoded, stance, source, loaded)
        pairwise = zip(_probabilities(original), _probabilities(exported), strict=True)
        worst = max(worst, *(abs(a - b) for a, b in pairwise))
    return worst


def reason_parity(
    model: SentenceModel, network: Network, encoder: Encoder, cases: Sequence[Case]
) -> float:
    """Return the same for the judge, on (answer, kind in words, target, context)."""
    worst = 0.0
    for (text, *passage), exported in zip(cases, network.reasons(cases), strict=True):
        encoded = encoder.encode_answer(text, encoder.encode_passage(*passage))
        original = softmax([float(x) for x in _outputs(model, encoded)[3]])
        pairwise = zip(original, softmax(exported.logits), strict=True)
        worst = max(worst, *(abs(a - b) for a, b in pairwise))
    return worst


def _outputs(model: SentenceModel, encoded: Encoded) -> list[Any]:
    """Run the torch model on one input."""
    inputs = {name: torch.from_numpy(array) for name, array in pad([encoded]).items()}
    with torch.no_grad():
        return [output[0].numpy() for output in model(**inputs)]


def _probabilities(logits: Logits) -> list[float]:
    words = [sigmoid(word.logit) for word in logits.words]
    return [sigmoid(logits.stance), *softmax(logits.source), *words]


def _heads(graph: Any) -> list[str]:
    """Name the products that a head ends in: they are tiny, and every error in them shows."""
    wide = {one.name for one in graph.initializer if len(one.dims) == 2 and one.dims[1] >= BLOCK}
    products = [node for node in graph.node if node.op_type == "MatMul"]
    return [node.name for node in products if node.input[1] not in wide]


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

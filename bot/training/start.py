"""The weights of an exported model, to go on from: 8-bit blocks turned back into matrices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx  # type: ignore[import-not-found]  # only in the training environment
import torch  # type: ignore[import-not-found]
from onnx import numpy_helper

_ZERO = 128  # the byte that stands for nought in a symmetric block
_OUT = 0  # the axis of a weight's outputs


def weights(path: Path) -> dict[str, torch.Tensor]:
    """Read the weights of an exported file under the names of the torch model."""
    graph = onnx.load(path).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name: value for name, value in stored.items() if name.endswith((".weight", ".bias"))}
    for node in graph.node:
        if node.op_type == "MatMulNBits":
            found[_bias_of(node, graph).removesuffix("bias") + "weight"] = _matrix(node, stored)
        elif node.op_type == "MatMul" and node.input[1] in stored:
            found[_bias_of(node, graph).removesuffix("bias") + "weight"] = stored[node.input[1]].T
    return {name: torch.from_numpy(value.astype(np.float32)) for name, value in found.items()}


def _bias_of(node: Any, graph: Any) -> str:
    """Name the bias that is added to a product: the exporter keeps its name, not the weight's."""
    adds = (one for one in graph.node if one.op_type == "Add" and node.output[0] in one.input)
    return str(next(name for name in next(adds).input if name.endswith(".bias")))


def _matrix(node: Any, stored: dict[str, Any]) -> Any:
    blocks, scales = (stored[name] for name in node.input[1:3])
    whole = (blocks.astype(np.float32) - _ZERO) * scales.reshape(*blocks.shape[:2], 1)
    return whole.reshape(blocks.shape[_OUT], -1)

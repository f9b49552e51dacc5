"""Tiny networks as ONNX files, written by hand: no package that writes them is needed for tests.

Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3. A network is a
bag of pieces: each output is the sum (of `loaded`, the list) of what a table holds for each piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float32]
INT64, INT32, FLOAT = 7, 6, 1
DYNAMIC: tuple[int | str, ...] = ("batch", "length")


@dataclass(frozen=True)
class Shape:
    """What a network looks like from outside, for tests to make it look wrong."""

    inputs: Mapping[str, int]
    sizes: tuple[int | str, ...] = DYNAMIC
    opset: int = 17
    version: int = 8  # of the file's own format
    weights: str = ""  # name of the file that holds the first table, if not the network's own


def network(tables: Mapping[str, Table], shape: Shape) -> bytes:
    """Return an ONNX file with one output per table: (pieces,) or (pieces, labels).

    An output whose name begins with `loaded` is not summed. A table named `positions` is looked up
    by `position_ids` and added to the first output.
    """
    nodes, outputs = [], []
    for n, (name, table) in enumerate(tables.items()):
        if name == "positions":
            nodes += [_node("Gather", ["positions.table", "position_ids"], "positions.each")]
            nodes += [_node("ReduceSum", ["positions.each", "axes"], "positions.sum", keepdims=0)]
            continue
        wide = [] if table.ndim == 1 else [table.shape[1]]
        piecewise = name.startswith("loaded")
        outputs.append(_value(name, FLOAT, [*shape.sizes[: 2 if piecewise else 1], *wide]))
        summed = f"{name}.sum" if n == 0 and "positions" in tables else name
        nodes.append(_node("Gather", [f"{name}.table", "input_ids"], f"{name}.each"))
        if piecewise:
            nodes.append(_node("Identity", [f"{name}.each"], name))
        else:
            nodes.append(_node("ReduceSum", [f"{name}.each", "axes"], summed, keepdims=0))
    if "positions" in tables:
        first = next(iter(tables))
        nodes.append(_node("Add", [f"{first}.sum", "positions.sum"], first))
    stored = [
        _tensor(f"{name}.table", table, shape.weights if n == 0 else "")
        for n, (name, table) in enumerate(tables.items())
    ]
    stored.append(_tensor("axes", np.array([1]), ""))
    inputs = [_value(name, kind, shape.sizes) for name, kind in shape.inputs.items()]
    graph = _fields((1, nodes), (2, ["bag"]), (5, stored), (11, inputs), (12, outputs))
    return _fields((1, [shape.version]), (7, [graph]), (8, [_fields((2, [shape.opset]))]))


def _node(kind: str, inputs: Sequence[str], output: str, **whole: int) -> bytes:
    attributes = [_fields((1, [name]), (3, [x]), (20, [2])) for name, x in whole.items()]
    return _fields((1, inputs), (2, [output]), (4, [kind]), (5, attributes))


def _tensor(name: str, values: npt.NDArray[np.generic], elsewhere: str) -> bytes:
    kind = FLOAT if values.dtype == np.float32 else INT64
    head = ((1, list(values.shape)), (2, [kind]), (8, [name]))
    if elsewhere:
        place = {"location": elsewhere, "offset": "0", "length": str(values.nbytes)}
        entries = [_fields((1, [key]), (2, [value])) for key, value in place.items()]
        return _fields(*head, (13, entries), (14, [1]))
    return _fields(*head, (9, [values.tobytes()]))


def _value(name: str, kind: int, sizes: Sequence[int | str]) -> bytes:
    dims = [_fields((1 if isinstance(size, int) else 2, [size])) for size in sizes]
    tensor = _fields((1, [kind]), (2, [_fields((1, dims))]))
    return _fields((1, [name]), (2, [_fields((1, [tensor]))]))


def _fields(*fields: tuple[int, Sequence[int | str | bytes]]) -> bytes:
    """Encode a protobuf message: whole numbers as varints, all else behind its length."""
    found = b""
    for number, values in fields:
        for value in values:
            if isinstance(value, int):
                found += _varint(number << 3) + _varint(value)
            else:
                raw = value.encode() if isinstance(value, str) else value
                found += _varint(number << 3 | 2) + _varint(len(raw)) + raw
    return found


def _varint(value: int) -> bytes:
    found = b""
    while value > 0x7F:
        found += bytes([value & 0x7F | 0x80])
        value >>= 7
    return found + bytes([value])

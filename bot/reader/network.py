"""The ONNX session: inputs → logits per sentence and per word. It decides nothing.

Calibration reads the same logits that the running reader does. No torch here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

from bot.errors import ReaderError
from bot.reader.encoding import Encoded, Encoder, pad

MODEL_FILE = "model.onnx"

Case = tuple[str, str, str, str]
"""An answer, the kind that it is a reason for in words, the target, and its context."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Word:
    """A whole word of the sentence, as character offsets, with its logit of being loaded."""

    start: int
    end: int
    logit: float


@dataclass(frozen=True, slots=True)
class Logits:
    """What the heads say of one sentence, before any temperature.

    `stance` is the logit of an opinion; `source` has one per label of the codebook; `cut` says
    that the sentence was longer than the model takes.
    """

    stance: float
    source: tuple[float, ...]
    words: tuple[Word, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What the head for reasons says of one answer: a logit per label of the codebook.

    `cut` says that the answer was longer than the model takes.
    """

    logits: tuple[float, ...]
    cut: bool


class Network:
    """One model in memory; safe to call from several threads at once."""

    def __init__(self, session: Any, encoder: Encoder) -> None:
        self._session = session
        self._encoder = encoder

    @classmethod
    def load(cls, path: Path, encoder: Encoder, *, threads: int = 1, sha256: str = "") -> Network:
        """Open a model file, checking its digest if given; ReaderError in one line otherwise."""
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ReaderError(f"{path}: cannot be read: {error.strerror or error}") from error
        if sha256 and found != sha256:
            raise ReaderError(f"{path}: is not the file that its card describes")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Blocks of weights are unpacked here, once, and not at every product.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        try:
            session = onnxruntime.InferenceSession(
                path, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime's exceptions share no public base
            line = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ReaderError(f"{path}: is not a model that can be run: {line}") from error
        return cls(session, encoder)

    def logits(self, pairs: Sequence[tuple[str, str | None]], batch_size: int = 16) -> list[Logits]:
        """Run (sentence, context) pairs; what is found comes in their order."""
        inputs = [self._encoder.encode(text, context) for text, context in pairs]
        found = self._run(inputs, ("stance", "source", "loaded"), batch_size)
        return [gather(one, *outputs) for one, outputs in zip(inputs, found, strict=True)]

    def reasons(self, cases: Sequence[Case], batch_size: int = 16) -> list[Reasoned]:
        """Run answers, each before its passage; what is found comes in their order."""
        inputs = [
            self._encoder.encode_answer(text, self._encoder.encode_passage(*passage))
            for text, *passage in cases
        ]
        found = self._run(inputs, ("reason",), batch_size)
        return [
            Reasoned(tuple(float(x) for x in logits), one.cut)
            for one, (logits,) in zip(inputs, found, strict=True)
        ]

    def _run(
        self, inputs: Sequence[Encoded], names: Sequence[str], batch_size: int
    ) -> list[tuple[Any, ...]]:
        """Return the outputs of each input, batched by length: little is spent on padding."""
        order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
        found: dict[int, tuple[Any, ...]] = {}
        for first in range(0, len(order), max(1, batch_size)):
            places = order[first : first + max(1, batch_size)]
            outputs = self._session.run(list(names), pad([inputs[i] for i in places]))
            found |= {i: tuple(one[row] for one in outputs) for row, i in enumerate(places)}
        return [found[i] for i in range(len(inputs))]


def gather(one: Encoded, stance: Any, source: Any, loaded: Any) -> Logits:
    """Turn one input's outputs (scalar, 3 and one per piece) into logits per whole word."""
    words: list[Word] = []
    # The sentence's pieces follow [CLS]; a word is as loaded as its most loaded piece.
    for i, ((start, end), word) in enumerate(zip(one.spans, one.words, strict=True)):
        logit = float(loaded[i + 1])
        if i and one.words[i - 1] == word:
            last = words[-1]
            words[-1] = Word(last.start, end, max(last.logit, logit))
        else:
            words.append(Word(start, end, logit))
    return Logits(float(stance), tuple(float(x) for x in source), tuple(words), one.cut)

"""The ONNX session: inputs → logits per sentence and per word. It decides nothing.

Calibration reads the same logits that the running reader does. No torch here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.reader.card import Outputs
from bot.reader.directory import MODEL_FILE
from bot.reader.encoding import Encoded, Encoder, pad
from bot.reader.session import (
    SHAPES,
    open_session,
    run_error,
    same_error,
    wire_inputs,
    wire_outputs,
    wrong_shape,
)

__all__ = ["MODEL_FILE", "Case", "Logits", "Network", "Reasoned", "Word", "gather"]

Case = tuple[str, str, str, str]
"""An answer, the kind that it is a reason for in words, the target, and its context."""

Floats = npt.NDArray[np.float64]

_SHORT = 8  # pieces of a short input
_SAME = 1e-6  # logits that differ by no more than this are the same


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

    def __init__(
        self, session: Any, encoder: Encoder, inputs: Mapping[str, Any], outputs: Mapping[str, str]
    ) -> None:
        """Take a session, the types of its inputs and the tensor of each head that it has."""
        self._session = session
        self._encoder = encoder
        self._inputs = inputs
        self._outputs = outputs

    @classmethod
    def load(
        cls,
        path: Path,
        encoder: Encoder,
        *,
        threads: int = 1,
        outputs: Outputs | None = None,
        reasons: bool = True,
    ) -> Network:
        """Open a model file; ReaderError in one line for one that the reader cannot use.

        `reasons` says whether a head for them is asked for.
        """
        session = open_session(path, threads)
        inputs = wire_inputs(path, session)
        wired = wire_outputs(path, session, outputs or Outputs(), reasons=reasons)
        return cls(session, encoder, inputs, wired)

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
            outputs = self._outcome([inputs[i] for i in places], names)
            found |= {i: tuple(one[row] for one in outputs) for row, i in enumerate(places)}
        return [found[i] for i in range(len(inputs))]

    def _outcome(self, batch: Sequence[Encoded], heads: Sequence[str]) -> list[Any]:
        """Run one batch for some heads, giving the network the inputs that it takes."""
        arrays = dict(pad(batch, self._encoder.frame.pad))
        length = arrays["input_ids"].shape[1]
        first = self._encoder.marking.positions_from
        arrays["position_ids"] = np.arange(first, first + length)[None].repeat(len(batch), 0)
        given = {name: arrays[name].astype(kind, copy=False) for name, kind in self._inputs.items()}
        return list(self._session.run([self._outputs[head] for head in heads], given))

    def attempt(self, path: Path) -> None:
        """Try the longest input, two short ones, and whether it makes a difference which.

        ReaderError where the network fails, gives what it should not, or never anything else.
        """
        pieces = max(1, self._encoder.vocabulary)
        reasons = "reason" in self._outputs
        apart = reasons and self._encoder.marking.levels
        longest = self._encoder.longest(reasons=reasons)
        # From the last piece down: one that the network does not know fails at once.
        down = [(pieces - 1 - i) % pieces for i in range(longest)]
        self._tried(path, [_blank(down, apart=apart)], pieces)
        short = [_blank(one, apart=apart) for one in (down[:_SHORT], down[_SHORT : 2 * _SHORT - 3])]
        least = len(short[1].ids)
        for found in self._tried(path, short, pieces):
            some, others = (one[:least] if one.ndim else one for one in found)
            if not np.allclose(some, others, rtol=0, atol=_SAME):
                return
        raise same_error(path)

    def _tried(self, path: Path, batch: Sequence[Encoded], pieces: int) -> list[Any]:
        """Run a batch and look at what comes of it: its shapes, and that it is numbers."""
        lengths = [len(one.ids) for one in batch]
        what = f"an input of {max(lengths)} pieces, with the tokenizer's last (no. {pieces - 1})"
        try:
            outputs = self._outcome(batch, tuple(self._outputs))
        except Exception as error:  # the runtime's exceptions share no public base
            raise run_error(path, what, error) from error
        sizes = {"batch": len(lengths), "length": max(lengths)}
        for (head, name), found in zip(self._outputs.items(), outputs, strict=True):
            allowed = [tuple(sizes.get(str(x), x) for x in shape) for shape in SHAPES[head]]
            if found.shape not in allowed:
                raise wrong_shape(path, head, name, found.shape)
            if not np.isfinite(found).all():
                raise run_error(path, what, ArithmeticError(f"`{name}` is no number"))
        return outputs


def _blank(ids: Sequence[int], *, apart: bool) -> Encoded:
    half = len(ids) // 2
    segments = (0,) * half + (1,) * (len(ids) - half)
    return Encoded(tuple(ids), segments, (), (), cut=False, apart=apart)


def gather(one: Encoded, stance: Any, source: Any, loaded: Any) -> Logits:
    """Turn one input's outputs (scalar, 3 and one per piece) into logits per whole word."""
    words: list[Word] = []
    # A word is as loaded as its most loaded piece.
    for i, ((start, end), word) in enumerate(zip(one.spans, one.words, strict=True)):
        logit = _binary(loaded[i + one.first])
        if i and one.words[i - 1] == word:
            last = words[-1]
            words[-1] = Word(last.start, end, max(last.logit, logit))
        else:
            words.append(Word(start, end, logit))
    return Logits(_binary(stance), tuple(float(x) for x in source), tuple(words), one.cut)


def _binary(found: Any) -> float:
    """Return the logit of yes, from that alone or from a pair of no and yes."""
    values = np.ravel(found)
    return float(values[-1] - values[0]) if len(values) == 2 else float(values[0])

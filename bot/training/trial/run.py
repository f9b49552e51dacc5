"""A model reads an operator's labelled lines, as the bot would; how long it takes is noted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.quiz.values import Judgement, Reading
from bot.reader.reader import Reader
from bot.training.trial.lines import Labelled

BATCH = 16
_STRETCH = 8 * BATCH  # lines between two steps of a progress bar, batched by length within

Advance = Callable[[int], object]
"""Told after each stretch of lines how many it had."""
Given = TypeVar("Given")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model made of the lines, in their order; `judgements` is None if it judges none.

    `seconds` are those that all sentences and all reasons took.
    """

    version: str
    readings: tuple[Reading, ...]
    judgements: tuple[Judgement, ...] | None
    seconds: tuple[float, float]


def run(reader: Reader, labelled: Labelled, advance: Advance) -> Outcome:
    """Have every line read."""
    pairs = [(one.text, one.context) for one in labelled.sentences]
    readings, reading = _timed(pairs, lambda some: reader.read_many(some, BATCH), advance)
    answers = [one.answer for one in labelled.reasons] if reader.judges else []
    judged, judging = _timed(answers, lambda some: reader.judge_many(some, BATCH), advance)
    return Outcome(
        reader.card.version,
        tuple(readings),
        tuple(judged) if reader.judges else None,
        (reading, judging),
    )


def _timed(
    given: Sequence[Given], read: Callable[[Sequence[Given]], list[Found]], advance: Advance
) -> tuple[list[Found], float]:
    found: list[Found] = []
    started = time.perf_counter()
    for first in range(0, len(given), _STRETCH):
        some = given[first : first + _STRETCH]
        found += read(some)
        advance(len(some))
    return found, time.perf_counter() - started

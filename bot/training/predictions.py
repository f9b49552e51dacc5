"""What a grader says of a sentence, in the form in which all of them are measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.quiz.labels import Attribution, Kind, Stance, kind_of
from bot.quiz.values import Reading, Span
from bot.reader.reader import Pair


@dataclass(frozen=True, slots=True)
class Predicted:
    """The labels of one sentence; `loaded` is None from a grader that marks no words."""

    stance: Stance
    source: Attribution
    loaded: tuple[Span, ...] | None = None

    @property
    def kind(self) -> Kind:
        """The kind that stance and source give."""
        return kind_of(self.stance, self.source)


Predictor = Callable[[Sequence[Pair]], list[Predicted]]
"""A grader of (sentence, context) pairs; what it says comes in their order."""


def marked(reading: Reading) -> tuple[Span, ...]:
    """Return the loaded spans of a reading, as offsets alone."""
    return tuple((span.start, span.end) for span in reading.loaded)


def predicted(reading: Reading) -> Predicted:
    """Take from a reading what is measured."""
    return Predicted(reading.stance, reading.attribution, marked(reading))

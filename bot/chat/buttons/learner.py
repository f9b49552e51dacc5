"""What a learner presses.

A code, once given, keeps its meaning: buttons of old messages are pressed for years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.chat.buttons.press import Press
from bot.quiz.labels import Kind

CONTINUING = ("n:", "e:")
"""Beginnings of data of buttons that lead on and answer nothing."""


@dataclass(frozen=True, slots=True)
class Choose(Press):
    """A kind, as the answer to a question."""

    code: ClassVar[str] = "k"
    round_id: int
    position: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class NotSure(Press):
    """The learner does not know."""

    code: ClassVar[str] = "p"
    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class NothingLoaded(Press):
    """No words of the passage push."""

    code: ClassVar[str] = "c"
    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Next(Press):
    """Show the question at a position."""

    code: ClassVar[str] = "n"
    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Disagree(Press):
    """The learner disputes a grade."""

    code: ClassVar[str] = "d"
    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Finish(Press):
    """Show the summary of a round."""

    code: ClassVar[str] = "e"
    round_id: int


@dataclass(frozen=True, slots=True)
class Resume(Press):
    """Take an open round up again."""

    code: ClassVar[str] = "r"
    round_id: int


@dataclass(frozen=True, slots=True)
class Begin(Press):
    """Begin a round from a set; from all of them when `slug` is empty."""

    code: ClassVar[str] = "b"
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Review(Press):
    """Begin a round of what is due."""

    code: ClassVar[str] = "v"


@dataclass(frozen=True, slots=True)
class ShowScore(Press):
    """Show the score."""

    code: ClassVar[str] = "s"


@dataclass(frozen=True, slots=True)
class ShowHelp(Press):
    """Show the help."""

    code: ClassVar[str] = "h"


@dataclass(frozen=True, slots=True)
class ShowSets(Press):
    """Show which sets there are."""

    code: ClassVar[str] = "w"


@dataclass(frozen=True, slots=True)
class Forget(Press):
    """Forget the learner, or leave everything as it is."""

    code: ClassVar[str] = "f"
    confirmed: bool


PRESSES: tuple[type[Press], ...] = (
    Choose,
    NotSure,
    NothingLoaded,
    Next,
    Disagree,
    Finish,
    Resume,
    Begin,
    Review,
    ShowScore,
    ShowHelp,
    ShowSets,
    Forget,
)

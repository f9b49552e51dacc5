"""What a learner presses about what was pushed to them, and to see deferred verdicts.

A code, once given, keeps its meaning: buttons of old messages are pressed for years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.chat.buttons.press import Press


@dataclass(frozen=True, slots=True)
class Open(Press):
    """Begin or resume the round of a push."""

    code: ClassVar[str] = "uo"
    push: int


@dataclass(frozen=True, slots=True)
class Page(Press):
    """Show the verdict on the answer at a position of a deferred round."""

    code: ClassVar[str] = "ug"
    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Overview(Press):
    """Show the summary of a deferred round in place of a verdict."""

    code: ClassVar[str] = "us"
    round_id: int


@dataclass(frozen=True, slots=True)
class Remind(Press):
    """Be reminded of the pushes of a class, or no more."""

    code: ClassVar[str] = "ur"
    class_id: int
    wanted: bool


PRESSES: tuple[type[Press], ...] = (Open, Page, Overview, Remind)

"""What an instructor presses on the way to a push.

Whatever changes a push carries the value that it shall have, so that a second press of the same
button changes nothing. A code, once given, keeps its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.chat.buttons.press import Press


class Field(StrEnum):
    """What of a push a button changes, in the letters of the button."""

    FEEDBACK = "f"
    RETRY = "r"
    OVER_COSTS = "o"
    SECONDS = "s"
    ORDER = "d"
    SIZE = "n"
    KINDS = "k"


class When(StrEnum):
    """Which moment of a push a button is about."""

    SEND = "s"
    DEADLINE = "d"
    REMINDER = "r"


@dataclass(frozen=True, slots=True)
class ToClass(Press):
    """Push to this class; which set comes next."""

    code: ClassVar[str] = "uc"
    class_id: int


@dataclass(frozen=True, slots=True)
class TheSet(Press):
    """Push this set to this class; the settings come next."""

    code: ClassVar[str] = "ut"
    class_id: int
    slug: str


@dataclass(frozen=True, slots=True)
class Choice(Press):
    """Give one option of a push a value, a number by its place among the values there are."""

    code: ClassVar[str] = "uv"
    push: int
    field: Field
    value: int


@dataclass(frozen=True, slots=True)
class ChooseTime(Press):
    """Show from which times to choose."""

    code: ClassVar[str] = "uw"
    push: int
    when: When


@dataclass(frozen=True, slots=True)
class SetTime(Press):
    """Set one of the offered times, by its place among them."""

    code: ClassVar[str] = "um"
    push: int
    when: When
    place: int


@dataclass(frozen=True, slots=True)
class TypeTime(Press):
    """Ask for a time to be typed."""

    code: ClassVar[str] = "uy"
    push: int
    when: When


@dataclass(frozen=True, slots=True)
class ChooseKinds(Press):
    """Show which kinds are offered."""

    code: ClassVar[str] = "uk"
    push: int


@dataclass(frozen=True, slots=True)
class Settings(Press):
    """Show the settings of a push again."""

    code: ClassVar[str] = "ub"
    push: int


@dataclass(frozen=True, slots=True)
class Confirm(Press):
    """Send a push, now or at its time."""

    code: ClassVar[str] = "uf"
    push: int


@dataclass(frozen=True, slots=True)
class Drop(Press):
    """Give up a push that is not sent, or stop one that is being sent."""

    code: ClassVar[str] = "ux"
    push: int


PRESSES: tuple[type[Press], ...] = (
    ToClass,
    TheSet,
    Choice,
    ChooseTime,
    SetTime,
    TypeTime,
    ChooseKinds,
    Settings,
    Confirm,
    Drop,
)

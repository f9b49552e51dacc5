"""What is pressed about classes: by those who teach them and by those who learn in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.chat.buttons.press import Press


@dataclass(frozen=True, slots=True)
class ListClasses(Press):
    """Show the classes that one teaches."""

    code: ClassVar[str] = "cl"


@dataclass(frozen=True, slots=True)
class NewClass(Press):
    """Make a class; its name is asked for."""

    code: ClassVar[str] = "cn"


@dataclass(frozen=True, slots=True)
class OpenClass(Press):
    """Show one class."""

    code: ClassVar[str] = "co"
    class_id: int


@dataclass(frozen=True, slots=True)
class ShowQr(Press):
    """Show the link to join as a picture."""

    code: ClassVar[str] = "cq"
    class_id: int


@dataclass(frozen=True, slots=True)
class InviteCo(Press):
    """Make an invitation to help teach a class."""

    code: ClassVar[str] = "ci"
    class_id: int


@dataclass(frozen=True, slots=True)
class Rename(Press):
    """Give a class another name; it is asked for."""

    code: ClassVar[str] = "cr"
    class_id: int


@dataclass(frozen=True, slots=True)
class SetZone(Press):
    """Give a class another time zone; it is asked for."""

    code: ClassVar[str] = "cz"
    class_id: int


@dataclass(frozen=True, slots=True)
class NewCode(Press):
    """Give a class another join code; the old one opens nothing any more."""

    code: ClassVar[str] = "cc"
    class_id: int


@dataclass(frozen=True, slots=True)
class DeleteClass(Press):
    """Delete a class, or first ask whether that is meant."""

    code: ClassVar[str] = "cd"
    class_id: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Leave(Press):
    """Leave a class."""

    code: ClassVar[str] = "lv"
    class_id: int


@dataclass(frozen=True, slots=True)
class AskNickname(Press):
    """Choose a nickname in a class; it is asked for."""

    code: ClassVar[str] = "nn"
    class_id: int


@dataclass(frozen=True, slots=True)
class StayAnonymous(Press):
    """Have no nickname in a class."""

    code: ClassVar[str] = "na"
    class_id: int


@dataclass(frozen=True, slots=True)
class Rank(Press):
    """Be shown on the leaderboard of a class, or not."""

    code: ClassVar[str] = "rk"
    class_id: int
    shown: bool


PRESSES: tuple[type[Press], ...] = (
    ListClasses,
    NewClass,
    OpenClass,
    ShowQr,
    InviteCo,
    Rename,
    SetZone,
    NewCode,
    DeleteClass,
    Leave,
    AskNickname,
    StayAnonymous,
    Rank,
)

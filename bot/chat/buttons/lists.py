"""What is pressed about a list that is too long for one message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.chat.buttons.press import Press


class Listing(StrEnum):
    """A list of buttons, by the letter that stands for it in a button."""

    CLASSES = "c"
    RESULTS = "r"
    PUSH_CLASSES = "p"
    PUSH_SETS = "s"
    PREVIEW = "v"
    REGRADE = "g"
    SETS = "q"
    LEAVE = "l"
    BOARDS = "b"


@dataclass(frozen=True, slots=True)
class ShowPage(Press):
    """Show another page of a list, from 0; `about` is the class that it is for, 0 without one."""

    code: ClassVar[str] = "ls"
    listing: Listing
    page: int
    about: int


PRESSES: tuple[type[Press], ...] = (ShowPage,)

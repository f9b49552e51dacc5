"""What a typed line means: a press, a quotation, or something said. Pure; nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.local.values import Button

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, by its place in reading order from 0."""

    place: int


@dataclass(frozen=True, slots=True)
class NoSuchNumber:
    """A number that no button has."""

    number: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of the question."""

    words: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to send, by its path."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """Anything else."""

    text: str


Typed = Nothing | Pressed | NoSuchNumber | Quoted | Attached | Said


def meaning(line: str, buttons: Sequence[Button]) -> Typed:
    """Read a line before a keyboard: number, label, "> words", "< file", command or text.

    Where there is no keyboard a number is an answer like any other.
    """
    text = line.strip()
    if not text:
        return Nothing()
    if text.startswith(">"):
        words = text[1:].strip().strip('"“”«»').strip()
        return Quoted(words) if words else Nothing()
    if text.startswith("<"):
        path = text[1:].strip().strip("\"'").strip()
        return Attached(path) if path else Nothing()
    if buttons and _NUMBER.fullmatch(text):
        number = int(text)
        return Pressed(number - 1) if 1 <= number <= len(buttons) else NoSuchNumber(number)
    for place, button in enumerate(buttons):
        if not text.startswith("/") and _words(text) and _words(text) == _words(button.text):
            return Pressed(place)
    return Said(text)


def _words(label: str) -> list[str]:
    """Return what of a label a person would type: its words, without case, emoji or marks."""
    return _WORD.findall(label.casefold())

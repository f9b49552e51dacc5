"""Bytes of a text file → its text, within bounds; what the text means is decided elsewhere."""

from __future__ import annotations

import codecs
import unicodedata

from bot.sets import limits
from bot.sets.problems import BrokenSetError, Problem

BOM = "\ufeff"
"""Mark that some editors put before UTF-8; it is no part of the text."""

PRINTABLE = "printable text"
"""What is allowed where `unshowable` found something."""


def decode(data: bytes, name: str) -> str:
    """Return the text of bytes that must be UTF-8, without a byte order mark.

    Raises BrokenSetError for a file that is too large, binary or in another encoding.
    """
    check_size(len(data), name)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BrokenSetError([Problem(name, 0, "", "text saved as UTF-16", "UTF-8")])
    if b"\0" in data:
        raise BrokenSetError([Problem(name, 0, "", "a binary file", "text saved as UTF-8")])
    try:
        return data.decode().removeprefix(BOM)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = "a character that is not UTF-8"
        raise BrokenSetError([Problem(name, line, "", found, "text saved as UTF-8")]) from error


def check_size(size: int, name: str) -> None:
    """Raise BrokenSetError for more bytes than a file may have."""
    if size > limits.FILE_BYTES:
        found = f"a file of {size:,} bytes"
        raise BrokenSetError([Problem(name, 0, "", found, f"at most {limits.FILE_BYTES:,}")])


def check_shown(text: str, name: str) -> None:
    """Raise BrokenSetError with the lines of a text that hold what no message can carry."""
    lines = enumerate(text.replace("\r\n", "\n").split("\n"), 1)
    problems = [
        Problem(name, number, "", found, PRINTABLE)
        for number, line in lines
        if (found := unshowable(line))
    ]
    if problems:
        raise BrokenSetError(problems[: limits.PROBLEMS])


def unshowable(text: str) -> str:
    """Return a phrase on the first character that no message can carry, "" when there is none.

    Such are controls and halves of surrogate pairs.
    """
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs"):
            return f"the character U+{ord(character):04X}"
    return ""

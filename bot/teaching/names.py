"""Names that people choose: cleaned, and told apart by how they look.

What is not seen, or is seen as something else, must not pass for somebody else's name or for the
bot's own words. How a name is shown does not belong here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MARKS = 3
"""Combining marks on one letter at most: Vietnamese and pointed Hebrew have that many."""

_UNSEEN = frozenset(
    [
        0x034F,  # combining grapheme joiner
        *(0x115F, 0x1160, 0x3164, 0xFFA0),  # Hangul fillers, which count as letters
        *(0x17B4, 0x17B5, 0x2800),  # Khmer vowels that are not written, an empty Braille cell
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),  # variation selectors
    ]
)
"""Letters, marks and signs that take no ink (Unicode, Default_Ignorable_Code_Point, and U+2800)."""

_NUMBERED = re.compile(r"#\d+")
"""How those who teach see somebody without a nickname."""

_ALIKE = str.maketrans(
    "аеорсухіјѕԁһӏкмтԛԝαορυνικτχ01|ıłΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТУХІЈЅ",
    "aeopcyxijsdhlkmtqwaopuviktxollilABEZHIKMNOPTYXABEKMHOPCTYXIJS",
)
"""Letters and signs that look like one of the Latin alphabet: Cyrillic, Greek, figures (a part of
Unicode Technical Standard 39, confusables.txt)."""


def clean_name(text: str, longest: int) -> str | None:
    """Return a name on one line without what is not seen; None when too long or empty.

    Characters that turn the direction of writing or take no room could pass for another name, and
    towers of marks write over the lines above.
    """
    spaced = (" " if letter.isspace() else letter for letter in text)
    seen = "".join(one for one in spaced if not _is_unseen(one))
    kept: list[str] = []
    marks = 0
    # Composed only now: what was dropped may have stood between a letter and its mark.
    for letter in unicodedata.normalize("NFC", seen):
        marks = marks + 1 if unicodedata.category(letter)[0] == "M" else 0
        if marks <= MARKS:
            kept.append(letter)
    name = " ".join("".join(kept).split())
    has_ink = any(unicodedata.category(letter)[0] in "LNPS" for letter in name)
    return name if has_ink and len(name) <= longest else None


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" or ord(letter) in _UNSEEN


def looks(name: str) -> str:
    """Return what names that look the same have in common; as a whole it is no name."""
    plain = unicodedata.normalize("NFKC", name).translate(_ALIKE).casefold()
    return "".join(letter for letter in plain if letter.isalnum()) or plain


def taken(name: str, others: Iterable[str]) -> bool:
    """Whether a name looks like one of others, or like the number of somebody without a name."""
    looked = looks(name)
    numbered = _NUMBERED.fullmatch(unicodedata.normalize("NFKC", name).replace(" ", ""))
    return bool(numbered) or any(looks(other) == looked for other in others)

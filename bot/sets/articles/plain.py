"""Bare text: paragraphs stand between blank lines, or each on a line of its own."""

from __future__ import annotations

import re

from bot.sets.articles.article import Article
from bot.sets.decoding import decode

WRAPPED = 100
"""Characters of a line up to which a break may be a wrapped line's; a paragraph's is longer."""

_BLANK = re.compile(r"\n[^\S\n]*\n")


def read_plain(data: bytes, name: str) -> Article:
    """Return the paragraphs of a text in UTF-8."""
    return Article("", paragraphs_of(decode(data, name)))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text; where no line is wrapped each line is one."""
    lines = text.replace("\r\n", "\n").split("\n")
    if not _BLANK.search("\n".join(lines)) and max(map(len, lines)) > WRAPPED:
        return tuple(lines)
    return tuple(_BLANK.split("\n".join(lines)))

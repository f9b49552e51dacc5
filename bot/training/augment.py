"""Changes of a row that leave its labels true. Pure; the chance is an argument.

A quoted word inside the author's own sentence changes nothing (codebook, question 2), but in
training sentences quotation marks nearly always come with a speaker. Without such rows a model
takes every pair of marks for a source.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from bot.quiz.labels import Attribution
from bot.quiz.values import Span
from bot.training.rows import Row

_MARKS = re.compile(r"[\"“”„«»]")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_PAIRS = (("“", "”"), ('"', '"'), ("‘", "’"))


def scare_quoted(row: Row, chance: random.Random) -> Row:
    """Put quotation marks around a loaded span, or a word or two, of a sentence with no source.

    A row that credits anyone, or has quotation marks already, is returned as it is.
    """
    if row.source is not Attribution.NONE or _MARKS.search(row.text):
        return row
    start, end = chance.choice(row.loaded) if row.loaded else _words(row.text, chance)
    before, after = chance.choice(_PAIRS)
    text = row.text[:start] + before + row.text[start:end] + after + row.text[end:]
    loaded = tuple(
        (first + (first >= start) + (first >= end), last + (last > start) + (last > end))
        for first, last in row.loaded
    )
    context = row.context and row.context.replace(row.text, text, 1)
    return replace(row, text=text, loaded=loaded, context=context)


def _words(text: str, chance: random.Random) -> Span:
    """Pick one word, or two neighbours."""
    words = [match.span() for match in _WORD.finditer(text)]
    first = chance.randrange(len(words))
    last = min(len(words) - 1, first + chance.randrange(2))
    return words[first][0], words[last][1]

"""`*word*` ↔ a text and its loaded parts: the notation of H5P's Mark the Words.

Notation: https://h5p.org/mark-the-words. There a mark belongs to one word, with punctuation around
it at most; words marked side by side are one part here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quiz.values import Span
from bot.sets.spans import mark_parts

_WORD = re.compile(r"\S+")
_CLICKED = re.compile(r"[\[({⟨¿¡“\"«„]*\*[^*\s]+\*[\",….:;?!\])}⟩»”]*")
"""A marked word as H5P finds it: brackets and quotes before it, the same and stops after it."""


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A text without its marks; `parts` are its marked words, `wrong` says what is not right."""

    text: str
    parts: tuple[str, ...]
    wrong: tuple[str, ...]


def mark(text: str, spans: Sequence[Span]) -> str:
    """Return the text with every word of its spans marked."""
    marked, end = "", 0
    for start, stop in spans:
        marked += text[end:start] + _WORD.sub(r"*\g<0>*", text[start:stop])
        end = stop
    return marked + text[end:]


def unmark(marked: str) -> Unmarked:
    """Return the text of a marked one, and what was marked."""
    pieces = marked.strip().split("*")
    if len(pieces) % 2 == 0:
        return Unmarked(marked.replace("*", "").strip(), (), ("an odd number of `*`",))
    text, spans, wrong = "", [], []
    for number, piece in enumerate(pieces):
        word = piece.strip()
        if number % 2 and word:
            start = len(text) + piece.index(word)
            spans.append((start, start + len(word)))
        elif number % 2:
            wrong.append("`*` with nothing marked")
        text += piece
    joined = _joined(text, spans)
    parts = tuple(dict.fromkeys(text[start:end] for start, end in joined))
    found, amiss = mark_parts(text, parts)
    # what is wrong with a part by itself is told with the other checks
    if not amiss and found != tuple(joined):
        wrong += [
            f"`{part}` marked in one place and not in another"
            for part in parts
            if [text[a:b] for a, b in found].count(part)
            != [text[a:b] for a, b in joined].count(part)
        ]
    return Unmarked(text, parts, tuple(dict.fromkeys(wrong)))


def holds(text: str, spans: Sequence[Span]) -> bool:
    """Whether H5P finds every marked word of a text, and nothing else that it takes for one."""
    words = mark(text, spans).split()
    return "*" not in text and all(_CLICKED.fullmatch(word) for word in words if "*" in word)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans with those made one that only space divides."""
    joined: list[Span] = []
    for start, end in spans:
        beside = joined and not text[joined[-1][1] : start].strip()
        joined.append((joined.pop()[0] if beside else start, end))
    return joined

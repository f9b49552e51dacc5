"""Free text → paragraphs and sentences, every one with its place in the text. No model here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex  # type: ignore[import-untyped]

_BLANK = re.compile(r"\n[^\S\n]*\n")
_LINE = re.compile(r"\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
# A line that ends like this ended a paragraph; any other line break is taken for wrapping.
_CLOSED = re.compile(r"[.!?…:][\"'”’»)\]]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its text, its offsets in the whole text, and the paragraph that holds it."""

    text: str
    start: int
    end: int
    paragraph: str


def split(text: str, language: str = "en") -> list[Sentence]:
    """Split a text into its sentences, in order; white space around them belongs to none."""
    return [
        Sentence(text[start:end], start, end, text[first:last])
        for first, last in _paragraphs(text)
        for start, end in _sentences(text, first, last, language)
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield blocks between blank lines, cut also where a line ends as a paragraph does."""
    for first, last in _pieces(text, 0, len(text), _BLANK):
        start = first
        for begin, end in _pieces(text, first, last, _LINE):
            if _CLOSED.search(text, begin, end):
                yield from _stripped(text, start, end)
                start = end
        yield from _stripped(text, start, last)


def _pieces(
    text: str, first: int, last: int, separator: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    start = first
    for match in separator.finditer(text, first, last):
        yield start, match.start()
        start = match.end()
    yield start, last


def _sentences(text: str, first: int, last: int, language: str) -> Iterator[tuple[int, int]]:
    start = first
    # The library cannot take a lone surrogate; one character stands in for it, so offsets hold.
    for piece in sentencex.segment(language, _SURROGATE.sub("\ufffd", text[first:last])):
        yield from _stripped(text, start, start + len(piece))
        start += len(piece)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the part between white space, if any is left."""
    body = text[start:end]
    if body.strip():
        left = start + len(body) - len(body.lstrip())
        yield left, left + len(body.strip())

"""How much of its paragraph is shown around a sentence that is asked about. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.quiz.values import Passage, Span
from bot.reader.sentences import Sentence
from bot.sets.limits import PASSAGE


def passage_of(sentences: Sequence[Sentence], place: int) -> Passage:
    """Return the paragraph of a sentence, or as much of it around the sentence as fits.

    A sentence that its paragraph repeats stands alone, since a target must stand there once.
    """
    sentence = sentences[place]
    paragraph, spans, own = sentence.paragraph, *_neighbours(sentences, place)
    first = last = own
    if paragraph.count(sentence.text) == 1 and spans:
        if fits(paragraph):
            return Passage(paragraph, *spans[own])
        while (wider := _wider(paragraph, spans, first, last)) is not None:
            first, last = wider
        start, end = spans[own]
        begin = spans[first][0]
        return Passage(paragraph[begin : spans[last][1]], start - begin, end - begin)
    return Passage(sentence.text, 0, len(sentence.text))


def fits(text: str) -> bool:
    """Whether a passage is short enough, counted as Telegram is sent it: escaped, in UTF-16."""
    return len(escape(text, quote=False).encode("utf-16-le", "replace")) // 2 <= PASSAGE


def _neighbours(sentences: Sequence[Sentence], place: int) -> tuple[list[Span], int]:
    """Return where the sentences of a paragraph stand in it, and which of them is the place's."""
    paragraph = sentences[place].paragraph
    first = last = place
    while first > 0 and sentences[first - 1].paragraph == paragraph:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].paragraph == paragraph:
        last += 1
    spans: list[Span] = []
    for one in sentences[first : last + 1]:
        start = paragraph.find(one.text, spans[-1][1] if spans else 0)
        if start < 0:
            return [], 0
        spans.append((start, start + len(one.text)))
    return spans, place - first


def _wider(paragraph: str, spans: Sequence[Span], first: int, last: int) -> tuple[int, int] | None:
    """Return a range of sentences that has one more and still fits, None when there is none.

    What stands before a sentence tells more of its source than what follows, so it comes first.
    """
    for begin, end in ((first - 1, last), (first, last + 1)):
        inside = begin >= 0 and end < len(spans)
        if inside and fits(paragraph[spans[begin][0] : spans[end][1]]):
            return begin, end
    return None

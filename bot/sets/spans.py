"""Words of a target that a key names as loaded → their spans; nothing else is decided here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bot.quiz.values import Span

TYPOGRAPHY = str.maketrans("“”„‟«»‘’‚‛–—−", '""""""' + "''''" + "---")
"""Quotation marks and dashes that look alike, for telling what a part differs in."""

WHERE = "which stands in the target only"


def mark_parts(target: str, parts: Sequence[str]) -> tuple[tuple[Span, ...], dict[str, str]]:
    """Return the spans of all parts, sorted and apart, and a clause on each part that is wrong.

    A part is marked wherever it stands as whole words; where it stands inside a longer part, the
    longer one counts.
    """
    taken: list[Span] = []
    wrong: dict[str, str] = {}
    for part in sorted(parts, key=len, reverse=True):
        places = list(occurrences(target, part))
        own = [span for span in places if not any(_inside(span, other) for other in taken)]
        if not places:
            inside = part in target
            wrong[part] = f"{WHERE} inside a longer word" if inside else missing(part, target)
        elif not own:
            wrong[part] = f"{WHERE} inside another loaded part"
        elif any(_overlap(span, other) for span in own for other in taken):
            wrong[part] = "which overlaps another loaded part"
        else:
            taken += own
    return tuple(sorted(taken)), wrong


def occurrences(text: str, part: str) -> Iterator[Span]:
    """Yield where a part stands in a text as whole words, from left to right, apart."""
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        whole = not (_joined(text, start) or _joined(text, end))
        if whole:
            yield start, end
        start = text.find(part, end if whole else start + 1)


def missing(part: str, text: str, called: str = "target") -> str:
    """Return how a part fails to stand in a text: by its typography only, or altogether."""
    if _folded(part) in _folded(text):
        return f"which stands in the {called} only with other quotes, dashes, accents or capitals"
    return f"which does not stand in the {called}"


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(TYPOGRAPHY)
    return " ".join(plain.casefold().split())


def _joined(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place belong to one word."""
    return 0 < place < len(text) and _in_word(text[place - 1]) and _in_word(text[place])


def _in_word(character: str) -> bool:
    # an accent that is a character of its own (NFD) belongs to the letter before it
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _overlap(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]

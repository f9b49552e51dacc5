"""What a learner can say to a question, and placing typed words in a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.quiz.labels import Kind
from bot.quiz.values import Span

SAME_WORDS = 0.8
"""Least similarity (difflib ratio, 0…1) at which typed words count as those of the passage.

At 0.8 one slip in a five-letter word still counts.
"""

SHORT = 3
"""Letters up to which a slip makes another word: "no" and "not" are alike and not the same."""

_WORD = re.compile(r"\w+(?:[’'.-]\w+|(?<=\d),\d+)*")
_SEPARATOR = re.compile(r"[\n;,/|•]|\.\.\.|…|\band\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": " ", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kind was pressed."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Passed:
    """The button "not sure" was pressed."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words were marked as loaded: spans in the target; none for "nothing loaded".

    `strays` are typed words that do not stand in the target.
    """

    spans: tuple[Span, ...]
    strays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A reason was typed."""

    text: str


Said = Chosen | Passed | Marked | Reasoned


@dataclass(frozen=True, slots=True)
class Placed:
    """Where typed words stand in a passage; `strays` are those that do not stand in it."""

    spans: tuple[Span, ...]
    strays: tuple[str, ...]


def words(text: str) -> list[Span]:
    """Return the spans of the words of a text, hyphenated and apostrophised words whole."""
    return [match.span() for match in _WORD.finditer(text)]


def place(target: str, typed: str) -> Placed:
    """Find typed or quoted words in a target.

    The whole of what was typed is looked for first, then its quoted parts, then its parts between
    commas, semicolons, slashes, line ends and "and". Case, typographic quotes and small slips do
    not matter. Spans are returned in order, without duplicates.
    """
    whole = _find(target, typed)
    if whole is not None:
        return Placed((whole,), ())
    quoted = [part for part in _QUOTED.findall(typed) if part.strip()]
    parts = quoted or [part for part in _SEPARATOR.split(typed) if part.strip()]
    found: set[Span] = set()
    strays = []
    for part in parts:
        span = _find(target, part)
        if span is None:
            strays.append(part.strip())
        else:
            found.add(span)
    return Placed(tuple(sorted(found)), tuple(strays))


def _find(target: str, typed: str) -> Span | None:
    """Return the span of the run of words in the target that typed words stand for, if any."""
    # Lowering a whole text may lengthen it ("İ"), so words are cut out first and lowered after.
    plain_target, plain_typed = target.translate(_PLAIN), typed.translate(_PLAIN)
    places = words(plain_target)
    sought = words(plain_typed)
    if not sought or len(sought) > len(places):
        return None
    wanted = _joined(plain_typed, sought)
    best: tuple[float, Span] | None = None
    for first in range(len(places) - len(sought) + 1):
        run = places[first : first + len(sought)]
        ratio = _alike(_joined(plain_target, run), wanted)
        if ratio >= SAME_WORDS and (best is None or ratio > best[0]):
            best = (ratio, (run[0][0], run[-1][1]))
    return best[1] if best else None


def _joined(text: str, run: list[Span]) -> str:
    return " ".join(text[a:b].lower() for a, b in run)


def _alike(said: str, wanted: str) -> float:
    """Return how alike two runs of words are, 0…1; a short word is itself or another word."""
    if said == wanted:
        return 1.0
    if min(len(said), len(wanted)) <= SHORT:
        return 0.0
    match = SequenceMatcher(None, said, wanted)
    # Both are upper bounds of the ratio and far cheaper: most words are nothing alike.
    if match.real_quick_ratio() < SAME_WORDS or match.quick_ratio() < SAME_WORDS:
        return 0.0
    return match.ratio()

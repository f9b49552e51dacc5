"""Quiz sets as YAML, the project's own format: everything that a set holds.

Reading is `bot.sets.parsing`, which keeps to bounds; here is what writes.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as DoubleQuoted

from bot.quiz.values import QuizSet
from bot.sets.document import document
from bot.sets.limits import FILE_BYTES
from bot.sets.notes import Notes
from bot.sets.reading import read_bytes

WIDTH = 100
"""Characters after which a long text is folded, as in the sets that come with the bot."""

# where ruamel.yaml folds a text it loses one of two spaces, and a tab beside one
_ODD_SPACE = re.compile(r"\s\s|[^\S ]")
_BARE = re.compile(r"[a-z][a-z0-9_-]*")

UNFOLDED = FILE_BYTES
"""Characters after which no text is folded: more than a file may have."""

IN_BRACKETS = ("kinds", "ask", "tags")
"""Lists of short words, which are easier to read in one line."""


def read(data: bytes, name: str) -> tuple[QuizSet, Notes]:
    """Return the set in a YAML file, with nothing to note."""
    return read_bytes(data, name), ()


def write(quiz_set: QuizSet) -> tuple[bytes, Notes]:
    """Return a YAML file of the set, with nothing to note."""
    writer = YAML()
    laid_out = _laid_out(document(quiz_set))
    writer.width = UNFOLDED if _has_odd_space(laid_out) else WIDTH
    writer.allow_unicode = True
    text = StringIO()
    writer.dump(laid_out, text)
    return text.getvalue().encode(), ()


def _laid_out(value: Any, name: str = "") -> Any:
    """Return the value with lists of short words set to stand in brackets."""
    match value:
        case dict():
            return {key: _laid_out(part, key) for key, part in value.items()}
        case list():
            if name not in IN_BRACKETS:
                return [_laid_out(part) for part in value]
            # between brackets some signs mean more than ruamel.yaml knows when it writes them bare
            words = [part if _BARE.fullmatch(part) else DoubleQuoted(part) for part in value]
            items = CommentedSeq(words)
            items.fa.set_flow_style()
            return items
        case str() if _ODD_SPACE.search(value):
            return DoubleQuoted(value)
        case _:
            return value


def _has_odd_space(value: Any) -> bool:
    match value:
        case dict():
            return any(map(_has_odd_space, value.values()))
        case list():
            return any(map(_has_odd_space, value))
        case _:
            return isinstance(value, str) and _ODD_SPACE.search(value) is not None

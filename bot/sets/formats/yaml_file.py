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
from bot.sets.notes import Notes
from bot.sets.reading import read_bytes

WIDTH = 100
"""Characters after which a long text is folded, as in the sets that come with the bot."""

_BARE = re.compile(r"[a-z][a-z0-9_-]*")

IN_BRACKETS = ("kinds", "ask", "tags")
"""Lists of short words, which are easier to read in one line."""


def read(data: bytes, name: str) -> tuple[QuizSet, Notes]:
    """Return the set in a YAML file, with nothing to note."""
    return read_bytes(data, name), ()


def write(quiz_set: QuizSet) -> tuple[bytes, Notes]:
    """Return a YAML file of the set, with nothing to note."""
    writer = YAML()
    writer.width = WIDTH
    writer.allow_unicode = True
    text = StringIO()
    writer.dump(_laid_out(document(quiz_set)), text)
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
        case _:
            return value

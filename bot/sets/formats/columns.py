"""Columns of a quiz set in a spreadsheet, made from the fields of the YAML format."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sets.formats.cells import DIVIDER
from bot.sets.shape import HeaderShape, KeyShape, QuestionShape, Shape, SourcePart, SourceShape

DIVIDERS = {
    "kinds": f"{DIVIDER},;",
    "ask": f"{DIVIDER},;",
    "tags": f"{DIVIDER},;",
    "key.loaded": DIVIDER,
    "key.reason": DIVIDER,
}
"""Fields whose cells hold several values, and what stands between them.

Words and cues may have commas of their own.
"""


def _columns(shape: type[Shape], inner: Mapping[str, tuple[type[Shape], str]]) -> dict[str, str]:
    """Return the columns of a shape's fields by path, those of a field's own fields in its place.

    `inner` says which fields have fields of their own, and what goes before these columns.
    """
    columns = {}
    for name in shape.model_fields:
        if name in inner:
            part, before = inner[name]
            for own in part.model_fields:
                columns[f"{name}.{own}"] = f"{before}{own.replace('_', ' ')}"
        else:
            columns[name] = name
    return columns


SET = _columns(HeaderShape, {"source": (SourceShape, "source ")}) | {"title": "set title"}
del SET["questions"]
"""Fields of a set, and the columns that hold them."""

QUESTION = _columns(QuestionShape, {"key": (KeyShape, ""), "source": (SourcePart, "own ")})
"""Fields of a question, and the columns that hold them."""

COLUMNS = {column: ("", path) for path, column in SET.items()} | {
    column: ("question.", path) for path, column in QUESTION.items()
}
"""Columns with the fields that they hold: of a set, or of a question, and the path."""

NEEDED = ("id", "passage", "ask")
"""Columns that every row needs."""

CALLED = {inside + path: column for column, (inside, path) in COLUMNS.items()}
"""What the columns are called, by the field that they hold."""

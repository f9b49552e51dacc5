r"""`// name: text` lines ↔ fields, for formats that have comments but no place for a set's fields.

Names are those of the YAML format, `source.title` for a field in a field. Words of a list
stand apart by spaces; a line break in a text is written `\n`, a backslash twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from bot.sets.document import Document
from bot.sets.limits import ID, SLUG, TITLE
from bot.sets.notes import Note
from bot.sets.problems import quote
from bot.sets.shape import HeaderShape, SourceShape
from bot.sets.tree import plain

HEAD = (
    *(name for name in HeaderShape.model_fields if name not in ("source", "questions")),
    *(f"source.{name}" for name in SourceShape.model_fields),
)
"""Fields of a set that remarks may carry."""

ASSUMED_LANGUAGE = "en"
NOT_STATED = "not stated"

_REMARK = re.compile(r"//\s*([a-z_.]+):(?:\s+(.*))?")
_ESCAPED = re.compile(r"\\([n\\])")


def remark(name: str, value: Any) -> str:
    """Return a line, without its end, that carries a text, a truth or a list of words."""
    match value:
        case list():
            text = " ".join(value)
        case bool():
            text = str(value).lower()
        case _:
            text = str(value)
    return f"// {name}: " + text.replace("\\", "\\\\").replace("\n", "\\n")


def remarked(line: str) -> tuple[str, str] | None:
    """Return the name and the text that a line carries, None when it carries none."""
    found = _REMARK.fullmatch(line.strip())
    if not found:
        return None
    name, text = found.groups("")
    return name, _ESCAPED.sub(lambda escape: "\n" if escape[1] == "n" else "\\", text)


def head_remarks(header: Document) -> Iterator[str]:
    """Yield the lines that carry the fields of a set."""
    for path in HEAD:
        outer, _, inner = path.rpartition(".")
        place = header[outer] if outer else header
        if inner in place:
            yield remark(path, place[inner])


def completed(given: Mapping[str, Any], name: str, notes: list[Note]) -> Document:
    """Return the fields of a set, with those assumed that a foreign file does not state.

    `given` holds values by path (`source.title`). The file's name stands in for a title; every
    assumption is noted.
    """
    stem = PurePath(name).stem
    assumed = {
        "set": slug(stem, SLUG) or "set",
        "title": stem[:TITLE] or "set",
        "language": ASSUMED_LANGUAGE,
        "source.title": given.get("title", stem[:TITLE] or "set"),
        "source.author": NOT_STATED,
        "source.publisher": NOT_STATED,
        "source.date": NOT_STATED,
    }
    fields: Document = {"source": {}}
    for path in HEAD:
        value = given.get(path)
        if value is None and path in assumed:
            value = assumed[path]
            notes.append(
                Note(f"`{path}`", f"not stated in the file, taken as {quote(_text(value))}")
            )
        if value is not None:
            outer, _, inner = path.rpartition(".")
            (fields[outer] if outer else fields)[inner] = value
    return fields


def slug(text: str, limit: int = ID) -> str:
    """Return a short name made of a text's letters a-z and digits, "" when it has none."""
    dashed = re.sub(r"[^a-z0-9]+", "-", text.lower())
    return dashed.strip("-")[:limit].strip("-")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(plain(value))

"""A file's fields, lists and texts as a tree that knows its lines, whatever format it came from.

Every scalar stays the text that its author wrote, so that a passage, a date or a cue such as
`1.10` is never turned into something else. What the fields mean is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""Where a value stands: names of fields and places in lists (from 0)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written; None where nothing is written."""

    line: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Names with their values; `lines` are those of the names."""

    line: int
    fields: dict[str, Node]
    lines: dict[str, int]


Node = Text | Items | Fields


def grow(value: Any, line: int) -> Node:
    """Return dicts, lists, texts, truths and None as a tree that stands in one line.

    Parts that are nodes already stay as they are, with their own lines.
    """
    match value:
        case Text() | Items() | Fields():
            return value
        case dict():
            return grow_fields(value, line)
        case list():
            return Items(line, tuple(grow(item, line) for item in value))
        case bool():
            return Text(line, str(value).lower())
        case _:
            return Text(line, value)


def grow_fields(values: dict[str, Any], line: int) -> Fields:
    """Return a dict as fields; see `grow`."""
    fields = {name: grow(value, line) for name, value in values.items()}
    return Fields(line, fields, {name: node.line for name, node in fields.items()})


def plain(node: Node) -> Any:
    """Return the tree as dicts, lists and strings; fields that are left empty are left out."""
    match node:
        case Text(text=text):
            return text
        case Items(items=items):
            return [plain(item) for item in items]
        case Fields(fields=fields):
            values = {name: plain(value) for name, value in fields.items()}
            return {name: value for name, value in values.items() if value is not None}


def line_of(node: Node, path: Path) -> int:
    """Return the line of the value at a path, or of the nearest thing around it."""
    line = node.line
    for step in path:
        match node, step:
            case Fields(fields=fields, lines=lines), str() if step in fields:
                node, line = fields[step], lines[step]
            case Items(items=items), int() if step < len(items):
                node = items[step]
                line = node.line
            case _:
                break
    return line

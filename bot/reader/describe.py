"""The card's fields for people and for editors: a table, and a JSON Schema.

Both are made from `Card`, so that they say what is checked. `docs/models.md` holds the table,
`docs/card.schema.json` the schema; tests keep them true.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.reader.card import Card

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "A card of a model for Who Says"

_NONE = "–"
_WORDS = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}
_BOUNDS = (("minimum", "≥"), ("exclusiveMinimum", ">"), ("maximum", "≤"))


def json_schema() -> dict[str, Any]:
    """Return the schema of `card.json`, as the values that `json.dumps` takes."""
    return {"$schema": DIALECT, "title": TITLE, **_untitled(Card.model_json_schema())}


def markdown() -> str:
    """Return the table of every field that the card may have."""
    lines = ["| field | value | unless given | what it is |", "| --- | --- | --- | --- |"]
    parts = Card.model_json_schema()["$defs"]
    for name, field, schema in _fields(Card, Card.model_json_schema(), parts, ""):
        default = _default(field)
        lines.append(f"| `{name}` | {_value(schema)} | {default} | {field.description} |")
    return "\n".join(lines)


def _fields(
    part: type[BaseModel], schema: dict[str, Any], parts: dict[str, Any], prefix: str
) -> Iterator[tuple[str, FieldInfo, dict[str, Any]]]:
    """Yield each field with its dotted name; those of parts within follow their own."""
    for name, field in part.model_fields.items():
        found = schema["properties"][name]
        yield prefix + name, field, found
        inner, listed = _part(field.annotation)
        if inner is not None:
            of = parts[inner.__name__]
            yield from _fields(inner, of, parts, f"{prefix}{name}{'[]' if listed else ''}.")


def _part(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """Return the part that a field holds, and whether it holds a list of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    for argument in getattr(annotation, "__args__", ()):
        if isinstance(argument, type) and issubclass(argument, BaseModel):
            return argument, True
    return None, False


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, BaseModel):
        return "as below"
    if default in (None, (), {}, ""):
        return _NONE
    return f"`{json.dumps(default)}`"


def _value(schema: dict[str, Any]) -> str:
    """Say in a few words what a field may be."""
    match schema:
        case {"const": only}:
            said = f"`{json.dumps(only)}`"
        case {"enum": allowed}:
            said = " or ".join(f"`{json.dumps(one)}`" for one in allowed)
        case {"anyOf": kinds}:
            said = " or ".join(_value(one) for one in kinds if one.get("type") != "null")
        case {"type": "array", "items": items}:
            said = f"list of {_value(items)}s"
        case {"type": "object", "additionalProperties": dict(values)}:
            said = f"object: name, {_value(values)}"
        case {"pattern": _}:
            said = "64 hex digits"
        case {"type": kind}:
            bounds = [f"{sign} {schema[name]:g}" for name, sign in _BOUNDS if name in schema]
            said = f"{_WORDS.get(kind, kind)} {', '.join(bounds)}".strip()
        case _:
            said = "object"
    return said


def _untitled(schema: Any) -> Any:
    """Return a schema without the titles that pydantic makes of names."""
    if isinstance(schema, list):
        return [_untitled(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _untitled(value)
        for name, value in schema.items()
        if not (name == "title" and isinstance(value, str))
    }

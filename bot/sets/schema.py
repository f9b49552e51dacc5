"""The JSON Schema of the YAML format, for editors that check and complete while somebody types.

It is made from the shapes that parsing uses. Some rules it cannot say: those between fields, and
what a date looks like; `whosays sets check` has the last word.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from bot.sets import limits
from bot.sets.shape import MEANT, HeaderShape, QuestionShape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "A quiz set of Who Says"

TEXTS = ["string", "number", "boolean"]
"""Types of a text: an editor takes `2024` for a number where parsing keeps what is written."""

SPARE = ("title", "default", "description")
"""What pydantic adds to each field and shape, none of it written for authors."""

COUNTED = {"minLength": "minItems", "maxLength": "maxItems"}
"""What pydantic calls the bounds of a list behind a check of its own, and what they are."""


class _FileShape(HeaderShape):
    """A set with its questions, which parsing reads one by one."""

    questions: Annotated[list[QuestionShape], Field(min_length=1, max_length=limits.QUESTIONS)]


def json_schema() -> dict[str, Any]:
    """Return the schema, as the values that `json.dumps` takes."""
    made = _FileShape.model_json_schema()
    parts = {name: _told(part) for name, part in made.pop("$defs").items()}
    return {"$schema": DIALECT, **_told(made), "title": TITLE, "$defs": parts}


def _told(shape: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a shape, with what belongs into each field."""
    told = {name: value for name, value in shape.items() if name not in SPARE}
    if "properties" in shape:
        told["properties"] = {
            name: {**_typed(value), **({"description": MEANT[name]} if name in MEANT else {})}
            for name, value in shape["properties"].items()
        }
    return told


def _typed(schema: Any) -> Any:
    """Return a part of a schema with the types that a text may seem to have."""
    match schema:
        case {"type": "string", **rest} if "enum" not in rest:
            return {"type": TEXTS, **_typed(rest)}
        case {"type": "array", **rest}:
            counted = {COUNTED.get(str(name), name): value for name, value in rest.items()}
            return {"type": "array", **_typed(counted)}
        case dict():
            return {name: _typed(value) for name, value in schema.items() if name not in SPARE}
        case list():
            return [_typed(item) for item in schema]
        case _:
            return schema

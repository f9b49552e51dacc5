"""What each field of a quiz-set file may hold by itself, as pydantic types.

A rule carries the phrase that tells an author what is allowed; limits come from `limits`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, JsonValue
from pydantic_core import PydanticCustomError

from bot.sets import limits

RULE = "rule"
"""Type of the error of a text that breaks its rule; its context holds what is `allowed`."""

TWICE = "twice"
"""Type of the error of a list that repeats an `item`, which its context holds."""

_T = TypeVar("_T")


def _rule(allowed: str, holds: Callable[[str], object]) -> AfterValidator:
    def check(value: str) -> str:
        if not holds(value):
            raise PydanticCustomError(RULE, "{allowed}", {"allowed": allowed})
        return value

    return AfterValidator(check)


def _dated(text: str) -> bool:
    """Whether a text is an ISO date, or words: what begins like a date must be one."""
    if not re.match(r"\d+[-./]\d+[-./]\d", text):
        return any(character.isalpha() for character in text)
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _distinct(items: tuple[_T, ...]) -> tuple[_T, ...]:
    seen: set[_T] = set()
    for item in items:
        if item in seen:
            raise PydanticCustomError(TWICE, "{item}", {"item": str(item)})
        seen.add(item)
    return items


def _pattern(expression: str) -> dict[str, JsonValue]:
    """Return what a JSON Schema says of a text that an expression must match as a whole."""
    return {"pattern": f"^(?:{expression})$"}


SLUG = r"[a-z0-9-]+"
LANGUAGE = r"[a-z]{2}"
ONE_LINE = r"[^\n]*"
WEB = r"https?://\S+.*"
WORD = r"\S+"

_slug = _rule("a-z, 0-9 and - only, at least one of them", re.compile(SLUG).fullmatch)
_one_line = _rule("one line", re.compile(ONE_LINE).fullmatch)
_language = _rule("two small letters, such as en", re.compile(LANGUAGE).fullmatch)
_date = _rule("YYYY-MM-DD, or words such as not stated", _dated)
_web = _rule("an address that begins with https:// or http://", re.compile(WEB).fullmatch)
_tag = _rule("a word, with - for a space", re.compile(WORD).fullmatch)

_lined = _pattern(ONE_LINE)

Slug = Annotated[str, Field(max_length=limits.SLUG, json_schema_extra=_pattern(SLUG)), _slug]
Id = Annotated[str, Field(max_length=limits.ID, json_schema_extra=_pattern(SLUG)), _slug]
Language = Annotated[str, Field(json_schema_extra=_pattern(LANGUAGE)), _language]
Title = Annotated[
    str, Field(min_length=1, max_length=limits.TITLE, json_schema_extra=_lined), _one_line
]
Name = Annotated[
    str, Field(min_length=1, max_length=limits.NAME, json_schema_extra=_lined), _one_line
]
Date = Annotated[str, Field(max_length=limits.DATE, json_schema_extra=_lined), _one_line, _date]
TextType = Annotated[str, Field(max_length=limits.TEXT_TYPE, json_schema_extra=_lined), _one_line]
Url = Annotated[str, Field(max_length=limits.URL, json_schema_extra=_pattern(WEB)), _one_line, _web]
Note = Annotated[str, Field(max_length=limits.NOTE)]
Quotation = Annotated[str, Field(min_length=1, max_length=limits.PASSAGE)]
Explanation = Annotated[str, Field(max_length=limits.EXPLAIN)]
Cue = Annotated[
    str, Field(min_length=1, max_length=limits.CUE, json_schema_extra=_lined), _one_line
]
Tag = Annotated[str, Field(max_length=limits.TAG, json_schema_extra=_pattern(WORD)), _tag]
Distinct = Annotated[
    tuple[_T, ...], Field(json_schema_extra={"uniqueItems": True}), AfterValidator(_distinct)
]

"""What every press is: a frozen value with a code of its own, written as `code:field:field`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self, get_type_hints

MAX_DIGITS = 15
"""Digits of a number in a button at most: ids have 48 bits."""


@dataclass(frozen=True, slots=True)
class Press:
    """Base of all presses. Fields are numbers from 0, words without a colon, or yes and no."""

    code: ClassVar[str]

    def parts(self) -> list[str]:
        """Return the fields as they are written, in order."""
        return [_written(getattr(self, field.name)) for field in fields(self)]

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """Return the press with these fields; ValueError for what no button of ours has."""
        types = _types(cls)  # type: ignore[arg-type] # mypy: a class of Self is not hashable
        if len(parts) != len(types):
            raise ValueError(f"{len(types)} fields and not {len(parts)}")
        return cls(*(_read(type_, part) for type_, part in zip(types, parts, strict=True)))


@cache
def _types(press: type[Press]) -> list[Any]:
    """Return the types of a press's fields, in order; to work them out takes long."""
    hints = get_type_hints(press)
    return [hints[field.name] for field in fields(press)]


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "y" if value else "n"
    return str(value)


def _read(type_: Any, part: str) -> object:
    if type_ is bool:
        if part not in ("y", "n"):
            raise ValueError(part)
        return part == "y"
    if type_ is int:
        return _number(part)
    return type_(part) if issubclass(type_, StrEnum) else part


def read_number(digits: str) -> int | None:
    """Return a number as we write it, None for another; a forged one may overflow the store."""
    ours = digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS
    return int(digits) if ours else None


def _number(digits: str) -> int:
    number = read_number(digits)
    if number is None:
        raise ValueError(digits)
    return number

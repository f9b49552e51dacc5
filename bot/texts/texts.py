"""The sentences of one language, with slots filled and everything from outside escaped.

Sentences are HTML as Telegram understands it. A slot that is a plain string is escaped; only
`Markup`, which this module and the views make, goes in as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType
from fluent.syntax.ast import Junk, Message

from bot.errors import TextError

Slot = str | int | float

REMEMBERED = 2048
"""Filled sentences kept: most are said again and again with the same few slots."""


LONGEST_PLAIN = 2000
"""Characters of a slot that the library takes for certain (it refuses more than 2500)."""

DIRECTING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Controls that turn the direction of writing for what follows (Unicode, UAX 9), to be dropped."""

_TURNING = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U0001efff]")
"""Letters and marks of scripts that are written from right to left."""

_ISOLATED = "\u2068{}\u2069"
"""A text that does not change the direction of its surroundings: FSI and PDI around it."""


class Markup(str):
    """HTML that is safe to send: built from prompts and escaped slots."""

    __slots__ = ()


def joined(parts: Iterable[Markup], by: str) -> Markup:
    """Return the parts that are not empty, joined by a separator that needs no escape."""
    return Markup(by.join(part for part in parts if part))


def escaped(text: str) -> Markup:
    """Return a text from outside as markup that shows just that text, in its own direction."""
    return Markup(escape(undirected(text), quote=False))


def undirected(text: str) -> str:
    """Return a text without what would turn the writing that comes after it."""
    return text if text.isascii() else text.translate(DIRECTING)


class _Long(FluentType):
    """A slot of any length: of plain texts the library refuses those of more than 2500 characters.

    An explanation or a list of errors has that many once it is escaped.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def format(self, _locale: object) -> str:
        """Return the text as it is."""
        return self._text


class Texts:
    """All sentences of one locale."""

    def __init__(self, folder: Path, locale: str = "en") -> None:
        """Read every .ftl file of the locale; TextError when there is none or one is broken."""
        self._bundle = FluentBundle([locale], use_isolating=False)
        self.keys: set[str] = set()
        self._formatted = lru_cache(maxsize=REMEMBERED)(self._format)
        files = sorted((folder / locale).glob("*.ftl"))
        if not files:
            raise TextError(f"no prompts for {locale} in {folder}")
        for file in files:
            resource = FluentResource(file.read_text(encoding="utf-8"))
            for entry in resource.body:
                if isinstance(entry, Junk):
                    raise TextError(f"{file.name}: cannot read {str(entry.content)[:60]!r}")
                if isinstance(entry, Message):
                    self._add_key(file, entry.id.name)
            self._bundle.add_resource(resource)

    def say(self, key: str, **slots: Slot) -> Markup:
        """Return a sentence as markup; TextError for an unknown key or missing slots."""
        safe = tuple((name, _safe(value)) for name, value in slots.items())
        return Markup(self._formatted(key, safe))

    def plain(self, key: str, **slots: Slot) -> str:
        """Return a sentence that holds no markup, for a button, a toast or a file name."""
        return self._formatted(key, tuple((name, _bare(value)) for name, value in slots.items()))

    def _format(self, key: str, slots: tuple[tuple[str, Slot], ...]) -> str:
        if not self._bundle.has_message(key):
            raise TextError(f"no sentence for {key!r} in the prompts")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise TextError(f"the sentence {key!r} is empty")
        text, errors = self._bundle.format_pattern(
            pattern, {name: _slot(value) for name, value in slots}
        )
        if errors:
            raise TextError(f"the sentence {key!r} cannot be filled: {errors[0]}")
        return str(text)

    def _add_key(self, file: Path, key: str) -> None:
        if key in self.keys:
            raise TextError(f"{file.name}: {key!r} stands twice in the prompts")
        self.keys.add(key)


def _slot(value: Slot) -> object:
    long = isinstance(value, str) and len(value) > LONGEST_PLAIN
    return _Long(str(value)) if long else value


def _safe(value: Slot) -> Slot:
    """Return a slot as markup; words from right to left keep their place among the others."""
    if isinstance(value, (Markup, int, float)):
        return value
    text = escaped(value)
    if text.isascii() or not _TURNING.search(text):
        return text
    # By line, as the direction begins anew with each.
    return Markup("\n".join(line and _ISOLATED.format(line) for line in text.split("\n")))


def _bare(value: Slot) -> Slot:
    return undirected(value) if isinstance(value, str) else value

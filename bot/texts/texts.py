"""The sentences of one language, with slots filled and everything from outside escaped.

Sentences are HTML as Telegram understands it. A slot that is a plain string is escaped; only
`Markup`, which this module and the views make, goes in as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk, Message

from bot.errors import TextError

Slot = str | int | float

REMEMBERED = 2048
"""Filled sentences kept: most are said again and again with the same few slots."""


class Markup(str):
    """HTML that is safe to send: built from prompts and escaped slots."""

    __slots__ = ()


def joined(parts: Iterable[Markup], by: str) -> Markup:
    """Return the parts that are not empty, joined by a separator that needs no escape."""
    return Markup(by.join(part for part in parts if part))


def escaped(text: str) -> Markup:
    """Return a text from outside as markup that shows just that text."""
    return Markup(escape(text, quote=False))


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
        return self._formatted(key, tuple(slots.items()))

    def _format(self, key: str, slots: tuple[tuple[str, Slot], ...]) -> str:
        if not self._bundle.has_message(key):
            raise TextError(f"no sentence for {key!r} in the prompts")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise TextError(f"the sentence {key!r} is empty")
        text, errors = self._bundle.format_pattern(pattern, dict(slots))
        if errors:
            raise TextError(f"the sentence {key!r} cannot be filled: {errors[0]}")
        return str(text)

    def _add_key(self, file: Path, key: str) -> None:
        if key in self.keys:
            raise TextError(f"{file.name}: {key!r} stands twice in the prompts")
        self.keys.add(key)


def _safe(value: Slot) -> Slot:
    return value if isinstance(value, (Markup, int, float)) else escaped(value)

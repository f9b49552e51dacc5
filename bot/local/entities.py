"""Formatted text: a plain string and the entities over it, in UTF-16 code units as Telegram counts.

Reading HTML lives in ``telegram_html``; this file knows what entities are, how they are put in
order, and how they are written back. No message, no chat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

# Outermost first where two entities cover the same words; the order is TDLib's.
PRIORITY = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "bot_command",
    "spoiler",
    "bold",
    "italic",
    "underline",
    "strikethrough",
)
# These may hold and be held by anything but code; they are cut where code begins.
STYLES = frozenset({"spoiler", "bold", "italic", "underline", "strikethrough"})
CODE = frozenset({"pre", "code"})
# The server drops the entities beyond this many without a word.
MOST_ENTITIES = 100

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


@dataclass(frozen=True, slots=True)
class Entity:
    """One formatted stretch; offset and length count UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""

    @property
    def end(self) -> int:
        """The first code unit after the entity."""
        return self.offset + self.length

    def json(self) -> dict[str, object]:
        """Return the Bot API's MessageEntity."""
        found: dict[str, object] = {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
        }
        if self.url:
            found["url"] = self.url
        if self.language:
            found["language"] = self.language
        return found


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as it stands in a message."""

    text: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """Count the UTF-16 code units of a text (an emoji outside the BMP is two)."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, start: int, end: int) -> str:
    """Return the words between two UTF-16 offsets."""
    raw = text.encode("utf-16-le")
    return raw[2 * start : 2 * end].decode("utf-16-le", errors="ignore")


def tidy(formatted: Formatted) -> Formatted:
    """Trim the text and put its entities in order, as the server does before it stores them.

    White space goes from both ends; a style is cut around code; a link inside code, or the
    second of two entities that overlap without one holding the other, is dropped.
    """
    text = formatted.text.rstrip()
    start = units(text) - units(text.lstrip())
    text, end = text.lstrip(), units(text)
    moved = [
        replace(
            e, offset=max(e.offset, start) - start, length=min(e.end, end) - max(e.offset, start)
        )
        for e in formatted.entities
    ]
    code = [e for e in moved if e.type in CODE and e.length > 0]
    pieces = [p for e in moved for p in (_around(e, code) if e.type in STYLES else [e])]
    return Formatted(text, tuple(_nested(pieces)[:MOST_ENTITIES]))


def _around(entity: Entity, holes: Sequence[Entity]) -> Iterable[Entity]:
    """Cut a style where code lies over it."""
    begin = entity.offset
    for hole in sorted(holes, key=lambda each: each.offset):
        if hole.end <= begin or hole.offset >= entity.end:
            continue
        yield replace(entity, offset=begin, length=hole.offset - begin)
        begin = hole.end
    yield replace(entity, offset=begin, length=entity.end - begin)


def _nested(entities: Iterable[Entity]) -> list[Entity]:
    """Order entities outermost first; drop what is empty, repeated or crosses another."""
    kept: list[Entity] = []
    for each in sorted(entities, key=_order):
        around = [k for k in kept if k.offset < each.end and each.offset < k.end]
        if each.length <= 0 or any(k.end < each.end for k in around):
            continue
        if any(k.type == each.type or not _may_hold(k, each) for k in around):
            continue
        kept.append(each)
    return kept


def _order(entity: Entity) -> tuple[int, int, int]:
    return entity.offset, -entity.length, PRIORITY.index(entity.type)


def _may_hold(outer: Entity, inner: Entity) -> bool:
    """Say whether one entity may lie inside the other (Bot API, "Formatting options")."""
    if outer.type in CODE:
        return False
    return inner.type in STYLES or outer.type in STYLES or outer.type.endswith("blockquote")


def walk(formatted: Formatted) -> Iterator[tuple[str, Entity | str]]:
    """Go through a tidy text: ("open", entity), ("text", words) and ("close", entity), in order."""
    ends = {0, units(formatted.text)}
    marks = sorted(ends.union(*((e.offset, e.end) for e in formatted.entities)))
    inside: list[Entity] = []
    for position, following in zip(marks, [*marks[1:], marks[-1]], strict=True):
        while inside and inside[-1].end <= position:
            yield "close", inside.pop()
        for entity in formatted.entities:
            if entity.offset == position:
                inside.append(entity)
                yield "open", entity
        if following > position:
            yield "text", cut(formatted.text, position, following)


def to_html(formatted: Formatted) -> str:
    """Write formatted text as the HTML that would produce it."""
    out: list[str] = []
    for event, found in walk(formatted):
        if isinstance(found, Entity):
            out.append(_tags(found)[event == "close"])
        else:
            out.append(escape(found, quote=False))
    return "".join(out)


def _tags(entity: Entity) -> tuple[str, str]:
    if entity.type == "text_link":
        return f'<a href="{escape(entity.url)}">', "</a>"
    if entity.language:
        return f'<pre><code class="language-{escape(entity.language)}">', "</code></pre>"
    return _TAGS.get(entity.type, ("", ""))

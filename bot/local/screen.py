"""How a message looks in a terminal: formatted words, quoted passages with a bar, numbered buttons.

With colours a style is a style. Without (no terminal, NO_COLOR) each one is marked by characters,
so that nothing that a learner must see depends on colour: *bold*, _underlined_, /italic/, ~struck~.
This file shows; it decides nothing and asks nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from bot.local.entities import Entity, Formatted, tidy, walk
from bot.local.telegram_html import parse_html
from bot.local.values import Button

_STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "spoiler": "dim",
    "code": "cyan",
    "pre": "cyan",
    "text_link": "underline blue",
}
_MARKS = {
    "bold": "*",
    "italic": "/",
    "underline": "_",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
}
# A message may hold what a terminal would obey; it is shown, never sent on. (Newline stays.)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage behind a bar, on every line it is wrapped to."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = "| " if options.ascii_only else "│ "
        for line in self.text.wrap(console, max(options.max_width - len(bar), 1)):
            line.rstrip()
            yield Text.assemble((bar, "cyan"), line)


def shown(formatted: Formatted, *, plain: bool) -> list[RenderableType]:
    """Return formatted words as blocks, each a Text or a Quoted."""
    return list(_trimmed(_blocks(formatted, plain=plain)))


def line(html: str, *, plain: bool) -> Text:
    """Return a sentence of HTML without passages, such as the prompts hold, as one Text."""
    return _blocks(tidy(parse_html(html)), plain=plain)[0][1]


def keyboard(buttons: Sequence[Button], width: int) -> Text:
    """Return numbered buttons, as many to a line as fit without breaking a label."""
    rows: list[str] = []
    for number, button in enumerate(buttons, start=1):
        label = f"[{number}] {safe(button.text)}"
        joined = f"{rows[-1]}  {label}" if rows else label
        if rows and cell_len(joined) <= width:
            rows[-1] = joined
        else:
            rows.append(label)
    return Text("\n".join(rows))


def safe(text: str) -> str:
    """Replace control characters, one for one."""
    return _CONTROL.sub("\ufffd", text)


def _blocks(formatted: Formatted, *, plain: bool) -> list[tuple[bool, Text]]:
    """Part the words where a quoted passage (True) begins and ends."""
    blocks = [(False, Text())]
    inside: list[str] = []
    for event, found in walk(formatted):
        if isinstance(found, str):
            blocks[-1][1].append(safe(found), style="" if plain else " ".join(inside))
            continue
        if found.type.endswith("blockquote"):
            blocks.append((event == "open", Text()))
            continue
        _mark(blocks[-1][1], event, found, plain=plain)
        if event == "open":
            inside.append(_STYLES.get(found.type, ""))
        else:
            inside.pop()
    return blocks


def _mark(text: Text, event: str, entity: Entity, *, plain: bool) -> None:
    """Put what colours do not say: marks in plain text, the address of a link always."""
    if event == "close" and entity.type == "text_link" and not text.plain.endswith(entity.url):
        text.append(f" ({safe(entity.url)})", style="" if plain else "dim")
    elif plain:
        text.append(_MARKS.get(entity.type, ""))


def _trimmed(blocks: Sequence[tuple[bool, Text]]) -> Iterator[RenderableType]:
    """Drop the line breaks that only parted a passage from what is around it."""
    for place, (quoted, text) in enumerate(blocks):
        if quoted:
            yield Quoted(text)
            continue
        if place > 0 and text.plain.startswith("\n"):
            text = text[1:]  # noqa: PLW2901  the trimmed text takes the place of the text
        if place < len(blocks) - 1 and text.plain.endswith("\n"):
            text.right_crop(1)
        if text.plain:
            yield text

"""Cells of a quiz set in a spreadsheet ↔ texts and lists; which cells there are is `table`'s.

Several values in one cell stand apart by dividers, `|` among them. `[]` says that there are none,
which an empty cell leaves open. A backslash before a divider, `[` or itself makes it plain text.

A cell that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet, and a formula can do
harm (https://owasp.org/www-community/attacks/CSV_Injection). Such a text is written with `'` before
it, which is dropped again when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NONE = "[]"
"""What a cell holds to say that there is nothing, on purpose."""

DIVIDER = "|"
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_NO_TEXT = re.compile(r"\\*\[\]")


def text_cell(text: str) -> str:
    """Return a text as a cell that a spreadsheet takes for text."""
    if not text:
        return NONE
    return _plain(f"\\{text}" if _NO_TEXT.fullmatch(text) else text)


def cell_text(cell: str) -> str:
    """Return the text that a cell holds, "" where it says that there is none."""
    text = _stripped(cell)
    if text == NONE:
        return ""
    return text[1:] if _NO_TEXT.fullmatch(text) else text


def list_cell(items: Sequence[str], dividers: str = DIVIDER) -> str:
    """Return several texts as one cell; see `cell_list`."""
    special = re.compile(rf"[\\{dividers}]|\[(?=\])")
    escaped = [special.sub(r"\\\g<0>", item) for item in items]
    return _plain(f" {dividers[0]} ".join(escaped)) if items else NONE


def cell_list(cell: str, dividers: str = DIVIDER) -> list[str]:
    """Return the texts in a cell: between the dividers, without the space around them."""
    text = _stripped(cell)
    if text == NONE:
        return []
    parts = re.findall(rf"(?:\\[\\\[{dividers}]|[^{dividers}])+", text)
    escape = re.compile(rf"\\([\\\[{dividers}])")
    return [escape.sub(r"\1", part.strip()) for part in parts if part.strip()]


def _plain(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _stripped(cell: str) -> str:
    text = cell.replace("\r\n", "\n").strip()
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text

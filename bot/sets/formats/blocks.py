"""Text cut at blank lines, its `//` lines apart: what GIFT and bare Mark the Words share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank ones: comments with their lines, and a text that begins in `line`.

    A comment among the lines of the text leaves an empty one behind, so that lines still count.
    `line` 0 and no text: only comments.
    """

    line: int
    comments: tuple[tuple[int, str], ...]
    text: str


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text from top to bottom."""
    comments: list[tuple[int, str]] = []
    kept: list[str] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        said = line.strip()
        if said.startswith("//"):
            comments.append((number, said))
            kept += [""] if kept else []
        elif said:
            start = start or number
            kept.append(line.rstrip("\r"))
        elif comments or kept:
            yield Block(start, tuple(comments), "\n".join(kept))
            comments, kept, start = [], [], 0

"""Text cut at blank lines, its `//` lines apart: what GIFT and bare Mark the Words share."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from itertools import islice

from bot.sets.limits import PARAGRAPHS, QUESTIONS
from bot.sets.problems import BrokenSetError, Problem


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank ones: comments with their lines, and a text that begins in `line`.

    A comment among the lines of the text leaves an empty one behind, so that lines still count.
    `line` 0 and no text: only comments.
    """

    line: int
    comments: tuple[tuple[int, str], ...]
    text: str


def bounded_blocks(text: str, name: str) -> list[Block]:
    """Return the blocks of a file; BrokenSetError for more than a file may have."""
    found = list(islice(blocks(text), PARAGRAPHS + 1))
    check_paragraphs(found, name)
    return found


def check_paragraphs(found: Sized, name: str) -> None:
    """Raise BrokenSetError for more paragraphs than a file may have."""
    if len(found) > PARAGRAPHS:
        allowed = f"fewer, for at most {QUESTIONS} questions"
        raise BrokenSetError(
            [Problem(name, 0, "", f"more than {PARAGRAPHS:,} paragraphs", allowed)]
        )


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

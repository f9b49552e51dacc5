"""Compare splitters into sentences on texts, as the choice of one was made.

    python -m tests.splitters ARTICLE...

Prints how many boundaries inside paragraphs each finds, and every one that they do not all find,
for a person to judge. Needs pysbd, spacy and syntok, which nothing else here does: `pip install
pysbd spacy syntok` first. Counts of the last comparison stand in `docs/splitters.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from rich.console import Console

from bot.reader.sentences import split
from bot.sets.articles import read_article

AROUND = 40
"""Characters shown on either side of a boundary."""

Splitter = Callable[[str], Iterable[int]]
"""Gives the offsets at which the sentences of a paragraph end."""


def splitters() -> dict[str, Splitter]:
    """Return the splitters by name; ImportError names the one that is not installed."""
    pysbd = import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    syntok = import_module("syntok.segmenter")
    spacy = import_module("spacy").blank("en")
    spacy.add_pipe("sentencizer")
    return {
        "sentencex": lambda text: (one.end for one in split(text)),
        "pysbd": lambda text: (span.end for span in pysbd.segment(text)),
        "spacy": lambda text: (sentence.end_char for sentence in spacy(text).sents),
        "syntok": lambda text: (
            sentence[-1].offset + len(sentence[-1].value)
            for block in syntok.analyze(text)
            for sentence in block
        ),
    }


def inner(text: str, ends: Iterable[int]) -> set[int]:
    """Return the boundaries inside a paragraph, white space around them left out."""
    stripped = {len(text[:end].rstrip()) for end in ends}
    return stripped - {0, len(text.rstrip())}


def compare(file: Path, console: Console) -> None:
    """Print the counts and the disagreements over one article."""
    names = splitters()
    counts = dict.fromkeys(names, 0)
    for text in read_article(file.read_bytes(), str(file)).paragraphs:
        found = {name: inner(text, split_(text)) for name, split_ in names.items()}
        for name, ends in found.items():
            counts[name] += len(ends)
        everywhere = {end for ends in found.values() for end in ends}
        for end in sorted(end for end in everywhere if any(end not in e for e in found.values())):
            by = [name for name, ends in found.items() if end in ends]
            shown = f"{text[max(0, end - AROUND) : end]!r} | {text[end : end + AROUND]!r}"
            console.print(f"{', '.join(by)} alone: {shown}", markup=False)
    console.print(f"{file.name}: {counts}", markup=False)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compare(Path(name), Console())

"""What stands in the prompts: each sentence with its slots and its words, by reading the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser
from fluent.syntax.ast import BaseNode, Message, TextElement, VariableReference

PROMPTS = Path(__file__).parents[2] / "prompts"


@dataclass(frozen=True)
class Sentence:
    """One sentence of one language: the names of its slots, and all words that it may show."""

    slots: frozenset[str]
    words: str


def sentences(folder: Path) -> dict[str, Sentence]:
    """Return the sentences of one language by their keys."""
    found = {}
    for file in sorted(folder.glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, Message):
                nodes = [*_nodes(entry.value)]
                slots = {node.id.name for node in nodes if isinstance(node, VariableReference)}
                words = [node.value for node in nodes if isinstance(node, TextElement)]
                found[entry.id.name] = Sentence(frozenset(slots), "".join(words))
    return found


def differences(prompts: Path) -> list[str]:
    """Return where a language has other sentences, or other slots in one, than the first has."""
    first, *others = sorted(folder for folder in prompts.iterdir() if folder.is_dir())
    base = sentences(first)
    found = []
    for folder in others:
        here = sentences(folder)
        found += [f"{folder.name}: {key} is missing" for key in sorted(base.keys() - here.keys())]
        found += [f"{folder.name}: {key} is unknown" for key in sorted(here.keys() - base.keys())]
        found += [
            f"{folder.name}: {key} has other slots"
            for key in sorted(base.keys() & here.keys())
            if base[key].slots != here[key].slots
        ]
    return found


def _nodes(node: Any) -> Iterator[BaseNode]:
    """Yield a node and all below it."""
    if isinstance(node, BaseNode):
        yield node
        for child in vars(node).values():
            yield from _nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from _nodes(child)

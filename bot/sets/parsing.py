"""YAML text → a tree, within bounds; what the fields mean is decided elsewhere.

Events are read instead of loaded values: bounds hold before anything is built, so that a bomb of
aliases or brackets stays harmless, and a text stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from bot.sets.decoding import PRINTABLE, unshowable
from bot.sets.limits import DEPTH, NODES, PROBLEMS
from bot.sets.problems import BrokenSetError, Problem, quote
from bot.sets.tree import Fields, Items, Node, Text

NULLS = ("", "~", "null", "Null", "NULL")
CORE_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")

SYNTAX = (
    ("found character '\\t'", "a tab", "spaces for indentation"),
    (
        "mapping values are not allowed",
        "a second `: ` or a wrong indentation",
        "quotes around a text that has `: ` in it, fields of one level in one column",
    ),
    ("that cannot start any token", "{problem}", "quotes around a text that starts with it"),
    (
        "unknown escape character",
        "{problem}",
        "`\\\\` for a backslash in double quotes, or single quotes",
    ),
    ("unexpected end of stream", "a quotation mark that is never closed", "a closed one"),
    (
        "expected ',' or",
        "brackets that are never closed",
        "items divided by commas, then `]` or `}`",
    ),
    ("could not find expected ':'", "a line without `: `", "`field: text`, indented as its field"),
    (
        "but found '<scalar>'",
        "text after a closing quotation mark, or a wrong indentation",
        "`>-` on the field's line and the text indented below it",
    ),
    ("expected <block end>", "a wrong indentation", "fields of one level in one column"),
)
"""What ruamel.yaml says, what an author is told was found, and what is allowed."""


UNCLOSED = ("unexpected end of stream", "expected ',' or")
"""What ruamel.yaml says where a quotation or a bracket is open at the end."""


LONGEST_TAG = 10_000
"""Characters from which on a tag is not read: ruamel.yaml takes the square of them, half a minute
for a file of nothing else."""

_TAG = re.compile(r"(?:\A|[\s\[{,:?-])!(\S*)")


def parse(text: str, name: str) -> tuple[Node, list[Problem]]:
    """Return the tree of one YAML document and what is wrong inside it.

    What leaves nothing to go on (syntax, bounds, an empty file) raises BrokenSetError.
    """
    _check_tags(text, name)
    loader = YAML(typ="safe", pure=True)
    builder = _Builder(name, loader.parse(text))
    try:
        return builder.document(), builder.problems
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = builder.problem(line, f"the character U+{_code(error):04X}", PRINTABLE)
    except MarkedYAMLError as error:
        problem = builder.problem(_marked(error), *_syntax(error.problem or "no reason"))
    except (YAMLError, ValueError, OverflowError):
        # an escape beyond Unicode reaches chr() unchecked and comes without a mark
        problem = builder.problem(loader.reader.line + 1, "a broken escape", "`\\u` and 4 digits")
    raise BrokenSetError([*builder.problems, problem])


def _check_tags(text: str, name: str) -> None:
    for tag in _TAG.finditer(text):
        if len(tag[1]) > LONGEST_TAG:
            line = text.count("\n", 0, tag.start(1)) + 1
            found = f"a tag of {len(tag[1]):,} characters"
            raise BrokenSetError([Problem(name, line, "", found, "values without a tag")])


def _code(error: ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(error.character)


def _marked(error: MarkedYAMLError) -> int:
    """Return the line of a mistake: for what is never closed, where it was opened."""
    unclosed = any(needle in str(error.problem) for needle in UNCLOSED)
    mark = (error.context_mark if unclosed else None) or error.problem_mark
    return int(mark.line) + 1 if mark else 0


def _syntax(said: str) -> tuple[str, str]:
    for needle, found, allowed in SYNTAX:
        if needle in said:
            return found.format(problem=said.removeprefix("found ")), allowed
    return f"broken YAML ({said})", "YAML"


@dataclass(slots=True)
class _Builder:
    """Builds the tree from events; `size` counts the nodes with aliases written out.

    ruamel.yaml gives the fields of its events types only in part, hence `Any`.
    """

    name: str
    events: Iterator[Any]
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    size: int = 0

    def problem(self, line: int, found: str, allowed: str, name: str = "") -> Problem:
        return Problem(self.name, line, name, found, allowed)

    def note(self, line: int, found: str, allowed: str, name: str = "") -> None:
        """Add a problem to the list; where it is long enough, reading ends."""
        if len(self.problems) >= PROBLEMS:
            raise self.stop(line, f"{len(self.problems)} problems up to here", "fewer, to read on")
        self.problems.append(self.problem(line, found, allowed, name))

    def stop(self, line: int, found: str, allowed: str) -> BrokenSetError:
        return BrokenSetError([*self.problems, self.problem(line, found, allowed)])

    def document(self) -> Node:
        next(self.events)
        if not isinstance(next(self.events), DocumentStartEvent):
            raise self.stop(0, "an empty file", "a quiz set")
        root = self.node(next(self.events), 0)
        next(self.events)
        if isinstance(event := next(self.events), DocumentStartEvent):
            raise self.stop(_line(event), "a second document", "one set in a file")
        return root

    def node(self, event: Any, depth: int) -> Node:
        if depth > DEPTH:
            raise self.stop(_line(event), "values nested too deep", f"{DEPTH} levels")
        if isinstance(event, AliasEvent):
            return self.alias(event)
        before = self.size
        self.grow(1, event)
        tag = str(event.tag or "")
        if tag and tag.removeprefix("tag:yaml.org,2002:") not in CORE_TAGS and tag != "!":
            found = f"the tag {quote(tag.replace('tag:yaml.org,2002:', '!!'))}"
            self.note(_line(event), found, "values without a tag")
        node = self.content(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = node, self.size - before
        return node

    def content(self, event: Any, depth: int) -> Node:
        if isinstance(event, SequenceStartEvent):
            items = []
            while not isinstance(inner := next(self.events), SequenceEndEvent):
                items.append(self.node(inner, depth + 1))
            return Items(_line(event), tuple(items))
        if isinstance(event, MappingStartEvent):
            return self.mapping(event, depth)
        return self.scalar(event)

    def mapping(self, event: Any, depth: int) -> Fields:
        fields = Fields(_line(event), {}, {})
        while not isinstance(inner := next(self.events), MappingEndEvent):
            key = self.node(inner, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Text):
                what = "a list or fields where the name of a field belongs"
                self.note(_line(inner), what, "a name")
                continue
            name = key.text or ""
            if name in fields.fields:
                found = f"it a second time (first in line {fields.lines[name]})"
                self.note(key.line, found, "once", name)
                continue
            fields.fields[name], fields.lines[name] = value, key.line
        return fields

    def scalar(self, event: Any) -> Text:
        if found := unshowable(event.value):
            self.note(_line(event), found, PRINTABLE)
        empty = event.implicit[0] and event.value in NULLS
        return Text(_line(event), None if empty else event.value)

    def alias(self, event: Any) -> Node:
        if event.anchor not in self.anchors:
            found = f"the alias {quote('*' + event.anchor)}"
            raise self.stop(_line(event), found, "aliases of an anchor that is complete before")
        node, size = self.anchors[event.anchor]
        self.grow(size, event)
        return node

    def grow(self, size: int, event: Any) -> None:
        self.size += size
        if self.size > NODES:
            found = f"more than {NODES:,} values, aliases written out"
            raise self.stop(_line(event), found, "a smaller file")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1

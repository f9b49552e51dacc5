"""JSON text → a tree, within bounds; the piece that JSON Lines and H5P share.

Numbers stay the text that their author wrote, and a name that stands twice is a problem.
"""

from __future__ import annotations

import json
from typing import Any

from bot.sets.decoding import PRINTABLE, unshowable
from bot.sets.limits import DEPTH
from bot.sets.problems import BrokenSetError, Problem, fit
from bot.sets.tree import Fields, Items, Node, Text

Pairs = tuple[tuple[str, Any], ...]
"""An object as read: its names with their values, none lost."""


def parse_object(
    text: str, name: str, line: int, problems: list[Problem], depth: int = DEPTH
) -> Fields:
    """Return the one object that a JSON text holds; `line` is where the text begins.

    Adds problems inside it; raises BrokenSetError with them where nothing can be read.
    """
    try:
        value = json.loads(
            text,
            object_pairs_hook=tuple,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
        )
    except json.JSONDecodeError as error:
        found = f"broken JSON ({error.msg} at character {error.colno:,})"
        problem = Problem(name, line + error.lineno - 1, "", found, "an object as JSON writes it")
        raise BrokenSetError([*problems, problem]) from None
    except RecursionError:
        problem = Problem(name, line, "", "values nested too deep", f"{depth} levels")
        raise BrokenSetError([*problems, problem]) from None
    node = _Grower(name, line, problems, depth).node(value, "", 0)
    if not isinstance(node, Fields):
        problem = Problem(name, line, "", "JSON without fields", "an object as JSON writes it")
        raise BrokenSetError([*problems, problem])
    return node


class _Grower:
    """Grows the tree of one text; all of it stands in the line where the text begins."""

    def __init__(self, name: str, line: int, problems: list[Problem], depth: int) -> None:
        self.name, self.line, self.problems, self.depth = name, line, problems, depth

    def node(self, value: Any, field: str, depth: int) -> Node:
        if depth > self.depth:
            problem = self.problem(field, "values nested too deep", f"{self.depth} levels")
            raise BrokenSetError([*self.problems, problem])
        match value:
            case list():
                return Items(self.line, tuple(self.node(item, field, depth + 1) for item in value))
            case tuple():
                return self.fields(value, depth)
            case bool():
                return Text(self.line, str(value).lower())
        if value and (found := unshowable(value)):
            self.problems.append(self.problem(field, found, PRINTABLE))
        return Text(self.line, value)

    def fields(self, pairs: Pairs, depth: int) -> Fields:
        fields: dict[str, Node] = {}
        for name, value in pairs:
            if name in fields:
                self.problems.append(self.problem(name, "it a second time", "once"))
            else:
                fields[name] = self.node(value, name, depth + 1)
        return Fields(self.line, fields, dict.fromkeys(fields, self.line))

    def problem(self, field: str, found: str, allowed: str) -> Problem:
        return Problem(self.name, self.line, fit(field), found, allowed)

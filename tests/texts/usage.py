"""Which sentences the code asks for, found by reading the code.

A key is asked for by calling `say`, `plain` or the terminal's own words for them. Where the key is
not a literal there, it comes from a `*_TEXT` table, from a literal of the same function, or from
one of its callers in the same module.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "bot"
SAY = frozenset({"say", "tell", "_said"})
"""Methods that show a sentence as markup; the last two are the terminal's."""

PLAIN = frozenset({"plain"})
"""Methods that show it where markup is not read: on buttons, in toasts and file names."""

KEY = re.compile(r"[a-z]+(-[a-z_]+)+")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Asked:
    """The keys that code asks for, and of these the ones that go where markup is not read.

    `filled` are the literal ones with the slots that are filled.
    """

    keys: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    filled: set[tuple[str, frozenset[str]]] = field(default_factory=set)


def asked(package: Path = PACKAGE) -> Asked:
    """Return the keys that the modules of a package ask for."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(package.rglob("*.py"))]
    tables = {name: keys for tree in trees for name, keys in _tables(tree)}
    found = Asked()
    for tree in trees:
        for function in ast.walk(tree):
            if isinstance(function, Function):
                _collect(Scope(tree, function, tables), found)
    return found


@dataclass(frozen=True)
class Scope:
    """Where a key is looked for."""

    module: ast.Module
    function: Function
    tables: dict[str, set[str]]


def _tables(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Yield the tables of keys: dictionaries whose names end in _TEXT."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id.endswith("_TEXT"):
                    yield target.id, set(_literals(node.value.values))


def _collect(scope: Scope, found: Asked) -> None:
    for call in _calls(scope.function):
        if not (isinstance(call.func, ast.Attribute) and call.args):
            continue
        name = call.func.attr
        if name not in SAY | PLAIN:
            continue
        keys = _keys(call.args[0], scope)
        found.keys |= keys
        if name in PLAIN:
            found.plain |= keys
        if isinstance(call.args[0], ast.Constant):
            slots = frozenset(each.arg for each in call.keywords if each.arg)
            found.filled |= {(key, slots) for key in keys}


def _keys(key: ast.expr, scope: Scope) -> set[str]:
    """Return the keys that an argument may be."""
    if isinstance(key, ast.Constant | ast.IfExp):
        return set(_literals([key]))
    where: ast.AST = scope.function if isinstance(key, ast.Name) else key
    named = {node.id for node in ast.walk(where) if isinstance(node, ast.Name)}
    keys = {one for name in named & scope.tables.keys() for one in scope.tables[name]}
    if isinstance(key, ast.Name):
        keys |= set(_literals(_assigned(key.id, scope.function)))
        if key.id in {argument.arg for argument in scope.function.args.args}:
            keys |= set(filter(KEY.fullmatch, _literals(_passed(scope))))
    return keys


def _passed(scope: Scope) -> Iterator[ast.expr]:
    """Yield what callers in the module pass to a function."""
    for call in _calls(scope.module):
        if isinstance(call.func, ast.Name) and call.func.id == scope.function.name:
            yield from call.args


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _assigned(name: str, function: Function) -> Iterator[ast.expr]:
    """Yield what a name is assigned in a function, by a loop too."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and name in _targets(node.targets):
            yield node.value
        if isinstance(node, ast.For | ast.comprehension) and name in _targets([node.target]):
            yield node.iter


def _targets(targets: list[ast.expr]) -> set[str]:
    return {
        node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)
    }


def _literals(expressions: Iterable[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        for node in ast.walk(expression):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value

"""The answers of a snapshot as arrays, and sums of them by groups.

A million rows are grouped several times over; on arrays that takes seconds where SQLite, which
groups by sorting text, takes half a minute.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.operate.review.table import quoted
from bot.quiz.tally import SETTLED

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

_MANY = 500
"""Rows fetched at once: so few that their values stay in the processor's cache."""

# Together, as the rows have few different combinations: a list in JSON keeps what is a number.
_ALIKE = {
    ("day",): "json_array(day)",
    ("learner",): "learner",
    ("set", "version", "question", "ask"): 'json_array("set", version, question, ask)',
    (
        *("verdict", "graded_by", "said", "expected", "key"),
        *("model_label", "model_version", "model_sure", "settled"),
    ): """json_array(verdict, graded_by, said, CASE ask WHEN 'kind' THEN expected ELSE '' END, key,
        CASE WHEN ask = 'loaded' AND model_label <> '' THEN 'some words' ELSE model_label END,
        model_version, model_sure, settled)""",
}
"""What is fetched for columns of labels. Loaded words, others in each question, are not counted."""

_MEASURED = (
    *("attempt", "hits", "misses", "over", "borderline", "unsure", "disputed"),
    *("score", "seconds", "model_p"),
)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of few different values: that of row i is `values[codes[i]]`."""

    values: tuple[Any, ...]
    codes: Numbers

    def among(self, *values: Any) -> Flags:
        """Return which rows have one of some values."""
        return np.isin(self.codes, [n for n, value in enumerate(self.values) if value in values])

    def renamed(self, name: Callable[[Any], Any]) -> Coded:
        """Return the column with other values, of which several may become one."""
        names = [name(value) for value in self.values]
        known = _codes()
        numbers = np.array([known[each] for each in names], dtype=np.int64)
        return Coded(tuple(known), numbers[self.codes] if names else self.codes)


@dataclass(frozen=True, slots=True)
class Groups:
    """Some `rows` in groups: the label of each group, and the group of each row."""

    labels: list[tuple[Any, ...]]
    rows: Numbers
    group: Numbers

    def count(self, values: Reals | Flags | None = None) -> list[int]:
        """Return how many rows each group has, or the sum of whole numbers of its rows."""
        if values is None:
            return [int(n) for n in np.bincount(self.group, minlength=len(self.labels))]
        return [round(total) for total in self.sum(values.astype(float))]

    def sum(self, values: Reals) -> list[float]:
        """Return the sum of the values of each group's rows."""
        sums = np.bincount(self.group, weights=values[self.rows], minlength=len(self.labels))
        return [float(n) for n in sums]

    def split(self) -> list[Numbers]:
        """Return the rows of each group, in the order of the log."""
        order = np.argsort(self.group, kind="stable")
        ends = np.cumsum(self.count())
        return np.split(self.rows[order], ends[:-1]) if self.labels else []

    def first(self) -> Numbers:
        """Return the first row of each group."""
        _, first = np.unique(self.group, return_index=True)
        return self.rows[first]

    def different(self, codes: Numbers) -> list[int]:
        """Return how many different codes the rows of each group have."""
        pairs = np.unique(np.stack([self.group, codes[self.rows]]), axis=1)
        return [int(n) for n in np.bincount(pairs[0], minlength=len(self.labels))]

    def mean(self, values: Reals) -> list[float | None]:
        """Return the mean of each group, None without a value; NaN is none."""
        there = ~np.isnan(values)
        counts = self.sum(there.astype(float))
        sums = self.sum(np.where(there, values, 0))
        return [total / n if n else None for total, n in zip(sums, counts, strict=True)]


@dataclass(frozen=True, slots=True)
class Facts:
    """Every answer in the order of the log; a number that is not there is NaN."""

    coded: dict[str, Coded]
    real: dict[str, Reals]

    def groups(self, *by: str | Coded, where: Flags | None = None) -> Groups:
        """Group all rows, or some, by columns."""
        rows = np.arange(len(self.real["score"])) if where is None else np.flatnonzero(where)
        columns = [self.coded[column] if isinstance(column, str) else column for column in by]
        key: Numbers = np.zeros(len(rows), dtype=np.int64)
        for column in columns:
            key = key * max(1, len(column.values)) + column.codes[rows]
        _, first, group = np.unique(key, return_index=True, return_inverse=True)
        labels = [tuple(c.values[c.codes[row]] for c in columns) for row in rows[first]]
        return Groups(labels, rows, group)

    @property
    def settled(self) -> Reals:
        """The scores of answers that say something about the learner, NaN for others."""
        return np.where(self.coded["verdict"].among(*SETTLED), self.real["score"], np.nan)


def read(db: sqlite3.Connection) -> Facts:
    """Return the answers of the snapshot."""
    names = ", ".join((*_ALIKE.values(), *map(quoted, _MEASURED)))
    rows = db.execute(f"SELECT {names} FROM review.answers ORDER BY id")
    seen = [_codes() for _ in _ALIKE]
    codes: list[list[Numbers]] = [[np.zeros(0, np.int64)] for _ in _ALIKE]
    measured: list[Reals] = [np.zeros((len(_MEASURED), 0))]
    while some := rows.fetchmany(_MANY):
        columns = [*zip(*some, strict=True)]
        for known, parts, column in zip(seen, codes, columns[: len(_ALIKE)], strict=True):
            parts.append(np.fromiter(map(known.__getitem__, column), np.int64, len(column)))
        measured.append(np.array(columns[len(_ALIKE) :], dtype=float))
    coded: dict[str, Coded] = {}
    for together, known, parts in zip(_ALIKE, seen, codes, strict=True):
        found = Coded(tuple(known), np.concatenate(parts))
        for n, name in enumerate(together):
            coded[name] = found.renamed(partial(_part, n))
    return Facts(coded, dict(zip(_MEASURED, np.concatenate(measured, axis=1), strict=True)))


def _part(n: int, label: str | int) -> Any:
    """Return one of the values that were fetched as a list in JSON; a number stands alone."""
    return json.loads(label)[n] if isinstance(label, str) else label


def _codes() -> dict[Any, int]:
    """Return a dict that gives each new value the next number when it is looked up."""
    codes: defaultdict[Any, int] = defaultdict()
    codes.default_factory = codes.__len__
    return codes

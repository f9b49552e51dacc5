"""The score log as short rows to count, and a few counts of what stands beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.store.filters import Filter
from bot.store.standing import NEWER, standing


class Short(NamedTuple):
    """What is counted of a row, beside who, when, which question, score and seconds.

    `verdict`, `expected` and `graded_by` are those that stand, `first` is the verdict before any
    regrade. `expected` and `said` (as the log keeps it) are empty but for questions about kinds.
    `named` is whether a reason names a point of the key, `over` how many words were marked beyond
    the loaded ones.
    """

    ask: str
    verdict: str
    first: str
    graded_by: str
    expected: str
    said: str
    borderline: int
    model_label: str
    model_version: str
    named: int
    over: int


Row = tuple[Any, ...]
"""Learner, at (in UTC), set, question, score, tenths of a second; then the values of `Short`."""

CACHE = 64 * 1024
"""KiB of the file to keep in memory: a learner's rows lie on many pages, which others share."""

_SHORT = (
    f"SELECT learner, answers.at, slug, question, {standing('score')},"  # noqa: S608 - constant names
    f" CAST(10 * seconds AS INTEGER), ask, {standing('verdict')}, answers.verdict,"
    f" {standing('graded_by')},"
    f" CASE ask WHEN 'kind' THEN {standing('expected')} ELSE '' END,"
    " CASE ask WHEN 'kind' THEN said ELSE '' END, borderline, model_label, model_version,"
    f" {standing('matched')} != '[]',"
    f" CASE ask WHEN 'loaded' THEN json_array_length({standing('marks')}, '$[2]') ELSE 0 END"
    f" FROM answers {NEWER}"
)


def short_rows(db: sqlite3.Connection, chosen: Filter) -> Iterator[Row]:
    """Yield a short row per answer that is meant, learner by learner, each from the oldest on.

    They are counted by who reads them: SQLite groups by sorting, which took twice as long.
    """
    db.execute(f"PRAGMA cache_size=-{CACHE}")
    rows: Iterator[Row] = db.execute(
        f"{_SHORT} WHERE 1{chosen.where} ORDER BY learner, answers.id", chosen.values
    )
    return rows


def disputes(db: sqlite3.Connection, chosen: Filter) -> dict[str, int]:
    """Return how many disputed answers were settled in which way; under "" those that wait."""
    rows = db.execute(
        "SELECT coalesce(decision, ''), count(*) FROM disputes"  # noqa: S608 - constant names
        " JOIN answers ON answers.id = disputes.answer"
        " LEFT JOIN settlements ON settlements.answer = disputes.answer"
        f" WHERE 1{chosen.where} GROUP BY 1",
        chosen.values,
    )
    return dict(rows.fetchall())

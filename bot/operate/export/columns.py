"""The columns of an exported score log: what each is, and how a row of the log gives it.

Names, order, types and units are kept; columns are only ever added, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.store.logbook import Row
from bot.teaching.exports import NO_WORDS, NOT_SURE

BETWEEN = " | "
"""Stands between several words or points in one cell."""


class Type(StrEnum):
    """What a column holds, by the name that the documentation has for it."""

    WHOLE = "whole number"
    NUMBER = "number"
    TEXT = "text"
    TIME = "time"
    TRUTH = "true or false"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `typed` is one with words that a learner typed, which is left out unless asked for.

    `source` is the name of the value in a row of the log, or what makes the value of the row. The
    value is of the type, or None where there is nothing; a time is ISO 8601 text.
    """

    name: str
    type: Type
    unit: str
    meaning: str
    source: str | Callable[[Row], Any]
    typed: bool = False

    def values(self, rows: Sequence[Row]) -> list[Any]:
        """Return the values of some rows: a million rows have too many for a call each."""
        source = self.source
        found = [row[source] for row in rows] if isinstance(source, str) else [*map(source, rows)]
        return [value or None for value in found] if self.type is Type.TEXT else found


def _said(row: Row) -> str | None:
    said = row["said"]
    if "kind" in said:
        return str(said["kind"])
    if "marked" in said:
        return BETWEEN.join(said["words"]) or NO_WORDS
    return None if "reason" in said else NOT_SURE


def _typed(row: Row) -> str:
    said = row["said"]
    return said.get("reason") or BETWEEN.join(said.get("strays", ()))


def _regrade(key: str) -> Callable[[Row], Any]:
    return lambda row: row["regrades"][-1][key] if row["regrades"] else None


COLUMNS = (
    Column("answer", Type.WHOLE, "", "number of the answer", "id"),
    Column("at", Type.TIME, "UTC", "when it was given", "at"),
    Column("learner", Type.WHOLE, "", "number of the learner; no identity", "learner"),
    Column("round", Type.WHOLE, "", "number of the round", "round"),
    Column("position", Type.WHOLE, "from 0", "place in the round", "position"),
    Column("push", Type.WHOLE, "", "number of the push that the round came by", "push"),
    Column(
        "feedback",
        Type.TEXT,
        "",
        "when the verdict was shown: immediate, deferred",
        "feedback",
    ),
    Column("set", Type.TEXT, "", "the quiz set", "slug"),
    Column("version", Type.WHOLE, "from 1", "version of the set that was shown", "version"),
    Column("question", Type.TEXT, "", "the question in the set", "question"),
    Column("ask", Type.TEXT, "", "what was asked: kind, loaded, reason", "ask"),
    Column(
        "said",
        Type.TEXT,
        "",
        f"the kind chosen, or the words marked (`{BETWEEN.strip()}` between them, `{NO_WORDS}` for"
        f" none), or `{NOT_SURE}`; nothing for a reason",
        _said,
    ),
    Column(
        "expected",
        Type.TEXT,
        "",
        "what was held against it: the kind, words or points of the key",
        "expected",
    ),
    Column("score", Type.NUMBER, "0 to 1", "the score that stands", "score"),
    Column(
        "verdict",
        Type.TEXT,
        "",
        "the verdict that stands: right, partly, wrong, passed, borderline, unsure, late",
        "verdict",
    ),
    Column("graded_by", Type.TEXT, "", "by whom: key, reader, person", "graded_by"),
    Column("hits", Type.WHOLE, "words", "loaded words found", lambda row: len(row["marks"][0])),
    Column("misses", Type.WHOLE, "words", "loaded words missed", lambda row: len(row["marks"][1])),
    Column(
        "over",
        Type.WHOLE,
        "words",
        "words marked beyond the loaded ones",
        lambda row: len(row["marks"][2]),
    ),
    Column(
        "matched",
        Type.TEXT,
        "",
        "points of the key that a reason names",
        lambda row: BETWEEN.join(row["matched"]),
    ),
    Column(
        "borderline",
        Type.TRUTH,
        "",
        "careful readers part ways over the question",
        "borderline",
    ),
    Column(
        "model_label",
        Type.TEXT,
        "",
        "what the machine read, or judged of a reason",
        "model_label",
    ),
    Column("model_p", Type.NUMBER, "0 to 1", "how probable it took that to be", "model_p"),
    Column("model_version", Type.TEXT, "", "version of the machine", "model_version"),
    Column("model_sure", Type.TRUTH, "", "whether it was sure", "model_sure"),
    Column(
        "differs",
        Type.TRUTH,
        "",
        "the machine read another kind than the key, or judged less than good a reason that names"
        " a point of it",
        "differs",
    ),
    Column("seconds", Type.NUMBER, "seconds", "from shown to said", "seconds"),
    Column("disputed", Type.TRUTH, "", "the learner disagreed", "disputed"),
    Column(
        "settled",
        Type.TEXT,
        "",
        "what a person decided: upheld, accepted, rejected, rekeyed",
        "settled",
    ),
    Column("regraded", Type.TRUTH, "", "the grade is not the first", "regraded"),
    Column(
        "regraded_at",
        Type.TIME,
        "UTC",
        "when the grade that stands was given, if it is not",
        _regrade("at"),
    ),
    Column("regraded_why", Type.TEXT, "", "why: decided, key changed, undone", _regrade("why")),
    Column(
        "key_version",
        Type.WHOLE,
        "from 1",
        "version of the set whose key the grade goes by",
        lambda row: row["regrades"][-1]["version"] if row["regrades"] else row["version"],
    ),
    Column(
        "original_score",
        Type.NUMBER,
        "0 to 1",
        "the first score",
        lambda row: row["original"]["score"],
    ),
    Column(
        "original_verdict",
        Type.TEXT,
        "",
        "the first verdict",
        lambda row: row["original"]["verdict"],
    ),
    Column(
        "typed",
        Type.TEXT,
        "",
        "the reason, or typed words that do not stand in the passage",
        _typed,
        typed=True,
    ),
    Column(
        "objection",
        Type.TEXT,
        "",
        "the learner's words on why they disagreed",
        "objection",
        typed=True,
    ),
)
"""All columns in their order."""


def chosen_columns(*, with_text: bool) -> tuple[Column, ...]:
    """Return the columns that are exported."""
    return tuple(column for column in COLUMNS if with_text or not column.typed)


def markdown(columns: Sequence[Column] = COLUMNS) -> str:
    """Return the table of the columns, as the documentation has it."""
    lines = ["| column | type | unit | meaning |", "| --- | --- | --- | --- |"]
    for column in columns:
        meaning = column.meaning + ("; only with `--with-text`" if column.typed else "")
        meaning = meaning.replace("|", "\\|")
        lines.append(f"| `{column.name}` | {column.type} | {column.unit} | {meaning} |")
    return "\n".join(lines)

"""The columns of an exported score log: what each is, and how a row of the log gives it.

Names, order, types and units are kept; columns are only ever added, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.store.logbook import Columns
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

    `source` is the column of the log that it comes from, as far as it has another name, and `made`
    what its value is made with. A value is of the type, or None where there is nothing; a time is
    ISO 8601 text.
    """

    name: str
    type: Type
    unit: str
    meaning: str
    source: str = ""
    made: Callable[[Any], Any] | None = None
    typed: bool = False

    def values(self, log: Columns) -> Sequence[Any]:
        """Return the values of some rows of the log."""
        found = log[self.source or self.name]
        if self.made:
            found = [*map(self.made, found)]
        return [value or None for value in found] if self.type is Type.TEXT else found


def _said(said: Mapping[str, Any]) -> str | None:
    if "kind" in said:
        return str(said["kind"])
    if "marked" in said:
        return BETWEEN.join(said["words"]) or NO_WORDS
    return None if "reason" in said else NOT_SURE


def _typed(said: Mapping[str, Any]) -> str:
    return said.get("reason") or BETWEEN.join(said.get("strays", ()))


def _number(of: int) -> Callable[[Sequence[Sequence[Any]]], int]:
    """Return what counts the spans that are marked in one way."""
    return lambda marks: len(marks[of])


COLUMNS = (
    Column("answer", Type.WHOLE, "", "number of the answer", "id"),
    Column("at", Type.TIME, "UTC", "when it was given"),
    Column("learner", Type.WHOLE, "", "number of the learner; no identity"),
    Column("round", Type.WHOLE, "", "number of the round"),
    Column("position", Type.WHOLE, "from 0", "place in the round"),
    Column("push", Type.WHOLE, "", "number of the push that the round came by"),
    Column("feedback", Type.TEXT, "", "when the verdict was shown: immediate, deferred"),
    Column("set", Type.TEXT, "", "the quiz set", "slug"),
    Column("version", Type.WHOLE, "from 1", "version of the set that was shown"),
    Column("question", Type.TEXT, "", "the question in the set"),
    Column("ask", Type.TEXT, "", "what was asked: kind, loaded, reason"),
    Column(
        "said",
        Type.TEXT,
        "",
        f"the kind chosen, or the words marked (`{BETWEEN.strip()}` between them, `{NO_WORDS}` for"
        f" none), or `{NOT_SURE}`; nothing for a reason",
        made=_said,
    ),
    Column(
        "expected", Type.TEXT, "", "what was held against it: the kind, words or points of the key"
    ),
    Column("score", Type.NUMBER, "0 to 1", "the score that stands"),
    Column(
        "verdict",
        Type.TEXT,
        "",
        "the verdict that stands: right, partly, wrong, passed, borderline, unsure, late",
    ),
    Column("graded_by", Type.TEXT, "", "by whom: key, reader, person"),
    Column("hits", Type.WHOLE, "words", "loaded words found", "marks", _number(0)),
    Column("misses", Type.WHOLE, "words", "loaded words missed", "marks", _number(1)),
    Column("over", Type.WHOLE, "words", "words marked beyond the loaded ones", "marks", _number(2)),
    Column("matched", Type.TEXT, "", "points of the key that a reason names", made=BETWEEN.join),
    Column("borderline", Type.TRUTH, "", "careful readers part ways over the question"),
    Column("model_label", Type.TEXT, "", "what the machine read, or judged of a reason"),
    Column("model_p", Type.NUMBER, "0 to 1", "how probable it took that to be"),
    Column("model_version", Type.TEXT, "", "version of the machine"),
    Column("model_sure", Type.TRUTH, "", "whether it was sure"),
    Column(
        "differs",
        Type.TRUTH,
        "",
        "the machine read another kind than the key, or judged less than good a reason that names"
        " a point of it",
    ),
    Column("seconds", Type.NUMBER, "seconds", "from shown to said"),
    Column("disputed", Type.TRUTH, "", "the learner disagreed"),
    Column("settled", Type.TEXT, "", "what a person decided: upheld, accepted, rejected, rekeyed"),
    Column("regraded", Type.TRUTH, "", "the grade is not the first"),
    Column("regraded_at", Type.TIME, "UTC", "when the grade that stands was given, if it is not"),
    Column("regraded_why", Type.TEXT, "", "why: decided, key changed, undone"),
    Column("key_version", Type.WHOLE, "from 1", "version of the set whose key the grade goes by"),
    Column("original_score", Type.NUMBER, "0 to 1", "the first score"),
    Column("original_verdict", Type.TEXT, "", "the first verdict"),
    Column(
        "typed",
        Type.TEXT,
        "",
        "the reason, or typed words that do not stand in the passage",
        source="said",
        made=_typed,
        typed=True,
    ),
    Column("objection", Type.TEXT, "", "the learner's words on why they disagreed", typed=True),
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

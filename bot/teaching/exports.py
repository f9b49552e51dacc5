"""The answers of a class as files: CSV and JSON Lines with stable columns.

| column | what |
| --- | --- |
| `at` | when, ISO 8601 in UTC |
| `class`, `push` | which class, and which push to it |
| `learner`, `nickname` | the learner's number, and what they chose to be called |
| `telegram_id` | only in files that were asked for with identities |
| `set`, `version`, `question`, `ask` | what was asked |
| `attempt` | 1 for the first answer to it |
| `said` | the kind, the words marked (between bars; `[]`: none), the reason, or `not sure` |
| `expected`, `score`, `verdict`, `graded_by` | the grade that stands; the score is 0 to 1 |
| `hits`, `misses`, `over` | loaded words found, missed, and marked beyond |
| `model_label`, `model_p`, `model_version`, `model_sure` | what the machine read or judged |
| `borderline`, `regraded`, `disputed` | true or false |
| `seconds` | from shown to answered |
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned
from bot.store.results import Result

Row = dict[str, object]

COLUMNS = (
    "at",
    "class",
    "push",
    "learner",
    "nickname",
    "telegram_id",
    "set",
    "version",
    "question",
    "ask",
    "attempt",
    "said",
    "expected",
    "score",
    "verdict",
    "graded_by",
    "hits",
    "misses",
    "over",
    "model_label",
    "model_p",
    "model_version",
    "model_sure",
    "borderline",
    "regraded",
    "disputed",
    "seconds",
)
"""The columns in their order; without identities `telegram_id` is not among them."""

NO_WORDS, NOT_SURE = "[]", "not sure"
"""How the two buttons stand in a file that name no words and no answer."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters for which a spreadsheet takes a cell for a formula (OWASP, CSV injection);
the wide ones count in some languages."""


@dataclass(frozen=True, slots=True)
class Files:
    """The same rows as CSV and as JSON Lines, and how many there are."""

    csv: bytes
    jsonl: bytes
    count: int


def rows(
    class_id: int,
    results: Iterable[Result],
    nicknames: Mapping[int, str],
    target: Callable[[Result], str],
    identities: Mapping[int, int] | None = None,
) -> Iterator[Row]:
    """Yield one row per answer. `target` gives the sentence that an answer was asked about."""
    for one in results:
        yield _row(class_id, one, nicknames, target(one), identities)


def files(found: Iterable[Row], *, identities: bool = False) -> Files:
    """Return rows as CSV that spreadsheets open, and as JSON Lines, in one pass over them.

    The CSV is UTF-8 with its mark, and has no live formulas.
    """
    table, lines, count = io.StringIO(), io.StringIO(), 0
    columns = [name for name in COLUMNS if identities or name != "telegram_id"]
    writer, encode = csv.writer(table), json.JSONEncoder(ensure_ascii=False).encode
    writer.writerow(columns)
    for count, row in enumerate(found, 1):  # noqa: B007 - how many there were
        writer.writerow([cell(row[name]) for name in columns])
        lines.write(encode(row) + "\n")
    return Files(table.getvalue().encode("utf-8-sig"), lines.getvalue().encode(), count)


def _row(
    class_id: int,
    one: Result,
    nicknames: Mapping[int, str],
    target: str,
    identities: Mapping[int, int] | None,
) -> Row:
    who: Row = {"learner": one.learner, "nickname": nicknames.get(one.learner, "")}
    if identities is not None:
        who["telegram_id"] = identities.get(one.learner)
    grade = one.grade
    return {
        "at": one.at.isoformat(timespec="seconds"),
        "class": class_id,
        "push": one.push,
        **who,
        "set": one.slug,
        "version": one.version,
        "question": one.question,
        "ask": str(one.ask),
        "attempt": one.attempt,
        "said": said_words(one, target),
        "expected": grade.expected,
        "score": grade.score,
        "verdict": str(grade.verdict),
        "graded_by": str(grade.graded_by),
        "hits": len(grade.marks.hits),
        "misses": len(grade.marks.misses),
        "over": len(grade.marks.over),
        "model_label": grade.model_label,
        "model_p": grade.model_p,
        "model_version": grade.model_version,
        "model_sure": grade.model_sure,
        "borderline": one.borderline,
        "regraded": one.regraded,
        "disputed": one.disputed,
        "seconds": one.seconds,
    }


def said_words(one: Result, target: str) -> str:
    """Return what was said in words."""
    match one.said:
        case Chosen(kind):
            return kind
        case Marked(spans, strays):
            return " | ".join([*(target[a:b] for a, b in spans), *strays]) or NO_WORDS
        case Reasoned(text):
            return text
        case Passed():
            return NOT_SURE


def cell(value: object) -> object:
    """Return a value that no spreadsheet runs: a quote stands before what looks like a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value

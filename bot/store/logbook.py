"""The score log as people and files read it: rows with all that is known of an answer.

Nothing is written here; `bot.store.log` does that.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bot.quiz.labels import Ask, GradedBy, Kind, ReasonLabel, Verdict
from bot.quiz.options import from_json
from bot.store.filters import EVERYTHING, Filter
from bot.store.log import COLUMNS
from bot.store.standing import NEWER, standing

Row = dict[str, Any]
"""A row of the log, JSON-able; what it holds may be shared with other rows, and is only read.

It has the columns of the log, the grade among them as it stands, and `id`, and

- `push`, the push that the round came by, and `feedback`, when the verdict was shown;
- `disputed`, `objection` (the learner's words) and `settled` (what a person decided);
- `regraded`, `original` (the first grade) and `regrades`, all later ones, the oldest first: when,
  by whom, why, by the key of which version, from what to what;
- `differs`: the machine read another kind than the key, or judged less than good a reason that
  names one of the key's points.
"""

Columns = dict[str, Sequence[Any]]
"""Many rows as columns by name, where rows would take too long.

They have what rows have, but for `original` and `regrades`: `original_score` and the like, and
`regraded_at`, `regraded_why` and `key_version` (of the set whose key the grade goes by) instead.
"""

REMEMBERED = 4096
"""JSON texts whose values are kept: few are written again and again."""

_JSON = ("said", "marks", "matched")
_FLAGS = ("borderline", "disputed", "regraded", "model_sure")
_COMPARED = ("ask", "graded_by", "expected", "model_label", "matched")
_TRUTH = {None: None, 0: False, 1: True}
_KINDS = frozenset(map(str, Kind))
_LESS_THAN_GOOD = (ReasonLabel.PARTLY, ReasonLabel.OFF)
_OWN = ("score", "verdict", "graded_by", "expected")
_NAMES = ("id", *COLUMNS, "push", "feedback", "disputed", "objection", "settled", "regraded")
_AGAIN = ("regraded_at", "regraded_why", "key_version")
_ALL = (*_NAMES, *(f"original_{name}" for name in _OWN), *_AGAIN)
_BESIDE = (
    f" JOIN rounds ON rounds.id = answers.round {NEWER}"
    " LEFT JOIN disputes ON disputes.answer = answers.id"
    " LEFT JOIN settlements ON settlements.answer = answers.id"
)
_SELECT = (
    f"SELECT answers.id, {', '.join(map(standing, COLUMNS))}, rounds.push, rounds.options,"
    " disputes.answer IS NOT NULL, disputes.words, settlements.decision, newer.id IS NOT NULL,"
    f" {', '.join(f'answers.{name}' for name in _OWN)},"
    " newer.at, newer.why, coalesce(newer.version, answers.version)"
)
_UNSETTLED = " AND answers.id NOT IN (SELECT answer FROM settlements)"
_NEVER_REGRADED = " AND NOT EXISTS (SELECT 1 FROM regrades WHERE answer = answers.id)"
_STANDS = " AND newer.id = (SELECT max(id) FROM regrades WHERE answer = answers.id)"


def tail(db: sqlite3.Connection, last: int, chosen: Filter = EVERYTHING) -> list[Row]:
    """Return the newest rows that are meant, the oldest of them first.

    However long the log is, only a few rows are looked at: each way to find some (`_ways`) walks
    an index from its newest end.
    """
    rows = db.execute(
        f"WITH found (id, at) AS ({' UNION '.join(map(_newest, _ways(chosen)))})"
        f" {_SELECT} FROM found CROSS JOIN answers ON answers.id = found.id{_BESIDE}"
        " ORDER BY found.at DESC, found.id DESC LIMIT :last",
        {**chosen.values, "last": last},
    ).fetchall()
    return _rows(db, rows[::-1])


def after(db: sqlite3.Connection, answer: int, chosen: Filter, most: int) -> list[Row]:
    """Return the rows that are meant of those that were added after an answer, the oldest first.

    `answer` is the number of one, or 0 for the beginning; at most `most` rows are returned.
    """
    return _rows(db, _after(db, answer, chosen, most))


def columns_after(db: sqlite3.Connection, answer: int, chosen: Filter, most: int) -> Columns:
    """Return what `after` returns as columns."""
    found = _after(db, answer, chosen, most)
    values = zip(*found, strict=True) if found else ((),) * len(_ALL)
    columns: Columns = dict(zip(_ALL, values, strict=True))
    for names, made in (
        (_JSON, _parsed),
        (_FLAGS, _TRUTH.__getitem__),
        (("feedback",), _feedback),
    ):
        columns |= {name: [*map(made, columns[name])] for name in names}
    columns["differs"] = [*map(_differs, *(columns[name] for name in _COMPARED))]
    return columns


def newest(db: sqlite3.Connection) -> int:
    """Return the number of the newest answer, 0 where there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM answers").fetchone()[0])


def extent(db: sqlite3.Connection, chosen: Filter) -> tuple[int, int]:
    """Return how many answers are meant, and the lowest number of one; verdicts do not count."""
    count, lowest = db.execute(
        f"SELECT count(*), coalesce(min(id), 0) FROM answers WHERE 1{chosen.where}",  # noqa: S608 - constant names
        chosen.values,
    ).fetchone()
    return int(count), int(lowest)


def _after(db: sqlite3.Connection, answer: int, chosen: Filter, most: int) -> list[tuple[Any, ...]]:
    verdict = f" AND {standing('verdict')} = :verdict" if chosen.verdict else ""
    still_open = (
        f"{_UNSETTLED} AND (disputes.answer IS NOT NULL"
        f" OR {standing('verdict')} = '{Verdict.UNSURE}')"
        if chosen.only_open
        else ""
    )
    # By number and by no other index: what comes after is few rows, or is wanted in this order.
    return db.execute(
        f"{_SELECT} FROM answers NOT INDEXED{_BESIDE} WHERE answers.id > :after"
        f"{chosen.where}{verdict}{still_open} ORDER BY answers.id LIMIT :most",
        {**chosen.values, "after": answer, "most": most},
    ).fetchall()


def _ways(chosen: Filter) -> list[str]:
    """Return ways to find what is meant, as FROM and WHERE; together they find all of it.

    A verdict stands in an answer or in a regrade, and either has an index of its own.
    """
    if chosen.only_open:
        disputed = f"disputes CROSS JOIN answers ON answers.id = disputes.answer {NEWER} WHERE 1"
        if chosen.verdict:
            disputed += f" AND {standing('verdict')} = :verdict"
        ways = [disputed]
        if chosen.verdict in (None, Verdict.UNSURE):
            ways += _with_verdict(f"'{Verdict.UNSURE}'")
        return [f"{way}{_UNSETTLED}{chosen.where}" for way in ways]
    ways = _with_verdict(":verdict") if chosen.verdict else ["answers WHERE 1"]
    return [f"{way}{chosen.where}" for way in ways]


def _with_verdict(verdict: str) -> list[str]:
    return [
        f"answers WHERE answers.verdict = {verdict}{_NEVER_REGRADED}",
        (
            "regrades AS newer CROSS JOIN answers ON answers.id = newer.answer"
            f" WHERE newer.verdict = {verdict}{_STANDS}"
        ),
    ]


def _newest(way: str) -> str:
    return (
        f"SELECT * FROM (SELECT answers.id, answers.at FROM {way}"  # noqa: S608 - constant names
        " ORDER BY answers.at DESC, answers.id DESC LIMIT :last)"
    )


def _rows(db: sqlite3.Connection, found: Sequence[tuple[Any, ...]]) -> list[Row]:
    rows = [_row(values) for values in found]
    again = {row["id"]: row for row in rows if row["regraded"]}
    if again:
        for answer, regrades in _regrades(db, [*again]).items():
            _chain(again[answer], regrades)
    return rows


def _row(values: tuple[Any, ...]) -> Row:
    row = dict(zip(_NAMES, values, strict=False))
    for name in _JSON:
        row[name] = _parsed(row[name])
    for name in _FLAGS:
        row[name] = _TRUTH[row[name]]
    row["feedback"] = _feedback(row["feedback"])
    row["original"] = dict(zip(_OWN, values[len(_NAMES) :], strict=False))
    row["regrades"] = []
    row["differs"] = _differs(*(row[name] for name in _COMPARED))
    return row


@lru_cache(maxsize=REMEMBERED)
def _parsed(text: str) -> Any:
    return json.loads(text)


@lru_cache(maxsize=REMEMBERED)
def _feedback(options: str) -> str:
    return str(from_json(options).feedback)


def _regrades(db: sqlite3.Connection, answers: list[int]) -> dict[int, list[Row]]:
    """Return all regrades of some answers, the oldest first."""
    names = ("answer", "at", "by", "why", "version", *_OWN)
    rows = db.execute(
        f"SELECT {', '.join(names)} FROM regrades"  # noqa: S608 - constant names
        " WHERE answer IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(answers),),
    )
    found: dict[int, list[Row]] = defaultdict(list)
    for answer, *values in rows:
        found[answer].append(dict(zip(names[1:], values, strict=True)))
    return found


def _chain(row: Row, regrades: Sequence[Row]) -> None:
    """Put the regrades of an answer into its row, each with the grade that it took the place of."""
    before = row["original"]
    for regrade in regrades:
        grade = {name: regrade[name] for name in _OWN}
        plain = {name: value for name, value in regrade.items() if name not in _OWN}
        row["regrades"].append({**plain, "from": before, "to": grade})
        before = grade


def _differs(ask: str, graded_by: str, key: str, machine: str, matched: Sequence[str]) -> bool:
    """Whether the machine goes against what the key says."""
    if ask == Ask.REASON:
        return bool(matched) and machine in _LESS_THAN_GOOD
    by_key = graded_by == GradedBy.KEY
    return by_key and key != machine and key in _KINDS and machine in _KINDS

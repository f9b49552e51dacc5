"""The score log: one row per answered question of a round, added and never changed."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, Kind
from bot.quiz.rounds import LogEntry, Round
from bot.quiz.rounds.state import Ref
from bot.quiz.tally import Graded
from bot.quiz.values import Grade
from bot.store.moments import to_text
from bot.store.standing import NEWER, STANDING, grade_of, spans_of

COLUMNS = (
    "at",
    "learner",
    "round",
    "position",
    "slug",
    "version",
    "question",
    "ask",
    "said",
    "expected",
    "score",
    "verdict",
    "graded_by",
    "marks",
    "matched",
    "borderline",
    "model_label",
    "model_p",
    "model_version",
    "model_sure",
    "seconds",
)


def add(db: sqlite3.Connection, entry: LogEntry) -> bool:
    """Add an answer; False when this question of this round was answered before."""
    item, grade = entry.item, entry.grade
    marks = [grade.marks.hits, grade.marks.misses, grade.marks.over]
    values = (
        to_text(entry.at),
        entry.learner,
        entry.round_id,
        entry.position,
        item.slug,
        item.version,
        item.question.id,
        item.ask,
        said_to_json(entry.said, item.question.passage.target),
        grade.expected,
        grade.score,
        grade.verdict,
        grade.graded_by,
        json.dumps(marks),
        json.dumps(grade.matched, ensure_ascii=False),
        item.question.borderline,
        grade.model_label,
        grade.model_p,
        grade.model_version,
        grade.model_sure,
        entry.seconds,
    )
    places = ", ".join("?" * len(COLUMNS))
    cursor = db.execute(
        f"INSERT INTO answers ({', '.join(COLUMNS)}) VALUES ({places})"  # noqa: S608 - constant names
        " ON CONFLICT (round, slug, question) DO NOTHING",
        values,
    )
    return cursor.rowcount == 1


def dispute(
    db: sqlite3.Connection, learner: int, round_id: int, position: int, at: datetime
) -> bool:
    """Note that a learner disagrees with a grade; False when there is none or it is noted."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO disputes (answer, at)"
        " SELECT id, ? FROM answers WHERE learner = ? AND round = ? AND position = ?",
        (to_text(at), learner, round_id, position),
    )
    return cursor.rowcount == 1


def grades_of(db: sqlite3.Connection, round_: Round) -> list[Grade]:
    """Return the grades of a round's answers that stand, in order.

    Explanations come from the questions; they do not explain what a person has graded again.
    """
    rows = db.execute(
        f"SELECT position, newer.id IS NOT NULL, {STANDING} FROM answers {NEWER}"  # noqa: S608 - constant names
        " WHERE round = ? ORDER BY position",
        (round_.id,),
    )
    return [
        grade_of(values, "" if again else round_.items[position].question.explain)
        for position, again, *values in rows
    ]


def graded(db: sqlite3.Connection, learner: int) -> list[Graded]:
    """Return all that a learner ever answered, the oldest first, without the explanations.

    The grades are those that stand: the newest regrade, where there is one.
    """
    rows = db.execute(
        f"SELECT ask, said, borderline, {STANDING} FROM answers {NEWER}"  # noqa: S608 - constant names
        " WHERE learner = ? ORDER BY answers.id",
        (learner,),
    )
    return [
        Graded(Ask(ask), said_from_json(said), grade_of(values), bool(borderline))
        for ask, said, borderline, *values in rows
    ]


def said_at(db: sqlite3.Connection, round_id: int, position: int) -> Said | None:
    """Return what was said to a question of a round, None when it was not answered."""
    row = db.execute(
        "SELECT said FROM answers WHERE round = ? AND position = ?", (round_id, position)
    ).fetchone()
    return said_from_json(row[0]) if row else None


def seen(db: sqlite3.Connection, learner: int) -> dict[Ref, int]:
    """Return how often a learner answered each question."""
    rows = db.execute(
        "SELECT slug, question, count(*) FROM answers WHERE learner = ? GROUP BY slug, question",
        (learner,),
    )
    return {(slug, question): times for slug, question, times in rows}


def disputed(db: sqlite3.Connection, round_id: int, position: int) -> bool:
    """Whether the learner disagreed with the grade of a question."""
    row = db.execute(
        "SELECT 1 FROM answers JOIN disputes ON answer = id WHERE round = ? AND position = ?",
        (round_id, position),
    ).fetchone()
    return row is not None


LOOKED_AT = 50_000
"""Answers that are looked at for those that the machine graded: older ones say little of now."""


def accepted_in_doubt(db: sqlite3.Connection, last: int) -> list[bool]:
    """Say of the last answers that the machine graded, the newest first, whether in doubt.

    Doubt means that it was not sure, and so accepted the answer. What a learner passed or was late
    with was not for it to grade. Regrades are not looked at: this is what the machine said itself.
    """
    rows = db.execute(
        "SELECT verdict = 'unsure' FROM (SELECT id, verdict, graded_by FROM answers"
        " ORDER BY id DESC LIMIT ?) WHERE graded_by = 'reader'"
        " AND verdict NOT IN ('passed', 'late') ORDER BY id DESC LIMIT ?",
        (LOOKED_AT, last),
    )
    return [bool(unsure) for (unsure,) in rows]


def said_to_json(said: Said, target: str) -> str:
    """Return what was said as the JSON of the log; marked words stand in it as words too."""
    match said:
        case Chosen(kind):
            value: dict[str, object] = {"kind": kind}
        case Marked(spans, strays):
            marked = [target[start:end] for start, end in spans]
            value = {"marked": spans, "words": marked, "strays": strays}
        case Reasoned(text):
            value = {"reason": text}
        case Passed():
            value = {"passed": True}
    return json.dumps(value, ensure_ascii=False)


def said_from_json(text: str) -> Said:
    """Return what `said_to_json` wrote."""
    value = json.loads(text)
    if "kind" in value:
        return Chosen(Kind(value["kind"]))
    if "marked" in value:
        return Marked(spans_of(value["marked"]), tuple(value["strays"]))
    return Reasoned(value["reason"]) if "reason" in value else Passed()

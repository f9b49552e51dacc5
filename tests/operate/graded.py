"""Answers in the log that say nothing but how they were graded."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.store.database import Store

_AT = "2026-03-01T09:00:00.000+00:00"


def graded(store: Store, answers: Sequence[tuple[str, str]]) -> None:
    """Write answers with who graded and the verdict, in their order."""

    def unit(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO learners (created_at) VALUES (?)", (_AT,))
        (learner,) = db.execute("SELECT max(id) FROM learners").fetchone()
        cursor = db.execute(
            "INSERT INTO rounds (learner, items, started_at) VALUES (?, '[]', ?)", (learner, _AT)
        )
        rows = [
            (_AT, learner, cursor.lastrowid, n, f"q{n}", verdict, by)
            for n, (by, verdict) in enumerate(answers)
        ]
        db.executemany(
            "INSERT INTO answers (at, learner, round, position, slug, version, question, ask, said,"
            " expected, score, verdict, graded_by, marks, matched, borderline, model_label,"
            " model_version) VALUES (?, ?, ?, ?, 'past', 1, ?, 'kind', '{}', '', 1.0, ?, ?,"
            " '[[], [], []]', '[]', 0, '', '')",
            rows,
        )

    store.write_now(unit)

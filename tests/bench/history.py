"""A bot's data after a long life: a generated score log, the inbox that goes with it, a veteran.

By SQL that multiplies, since ten million answers are to be there in minutes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.store.moments import to_text
from bot.store.roles import Role
from tests.operate.generated import ANSWERS_A_ROUND, TELEGRAM, write_log

UPDATES_AN_ANSWER = 2
"""Updates for each answer: the answer and what led on from its verdict."""

MOST_UPDATES = 2_000_000
"""Done updates that the inbox remembers at most: eight days with a quarter of a million each."""

VETERAN = TELEGRAM + 2
"""Who has answered more than anybody else."""

VETERAN_ANSWERS = 5_000

TEACHER = TELEGRAM + 3
"""Who teaches one class, of `PUPILS`; all other classes of the log grow with it."""

PUPILS = 30

PUSHED = 6
"""Rounds that each pupil has played of what was pushed to the class."""

_INBOX = """
WITH RECURSIVE n (i) AS (SELECT 1 WHERE :updates > 0
    UNION ALL SELECT i + 1 FROM n WHERE i < :updates)
INSERT INTO inbox (update_id, received_at, done_at) SELECT i, :now, :now FROM n
"""

_VETERAN = """
CREATE TEMP TABLE taken AS SELECT id FROM rounds WHERE push IS NULL ORDER BY id LIMIT :rounds;
UPDATE answers SET learner = 2 WHERE round IN (SELECT id FROM taken);
UPDATE rounds SET learner = 2 WHERE id IN (SELECT id FROM taken);
INSERT INTO cards (learner, slug, question, ask, card, due)
    SELECT DISTINCT 2, slug, question, ask, '{}', '2025-06-01T08:00:00.000+00:00' FROM answers
    WHERE learner = 2 AND score < 1;
"""

_CLASS = """
INSERT INTO classes (id, name, code, zone, made_at)
    VALUES (1000, 'The class', 'the-class', 'UTC', :now);
INSERT INTO members (class, learner, nickname, ranked, joined_at)
    SELECT 1000, id, 'Pupil ' || id, 1, :now FROM learners WHERE id > 1 ORDER BY id LIMIT :pupils;
DELETE FROM members WHERE class != 1000
    AND learner IN (SELECT learner FROM members WHERE class = 1000);
INSERT INTO pushes (id, class, slug, version, options, state, send_at)
    SELECT 1000, 1000, slug, version, options, state, send_at FROM pushes WHERE id = 1;
UPDATE rounds SET push = NULL
    WHERE learner IN (SELECT learner FROM members WHERE class = 1000);
UPDATE rounds SET push = 1000 WHERE id IN (SELECT id FROM
    (SELECT id, row_number() OVER (PARTITION BY learner ORDER BY id) AS place FROM rounds
        WHERE learner IN (SELECT learner FROM members WHERE class = 1000)) WHERE place <= :pushed);
INSERT INTO class_instructors (class, learner, leads) VALUES (1000, 3, 1);
INSERT INTO roles (learner, role, since) VALUES (3, :role, :now);
"""


def write_history(
    path: Path, answers: int, *, veteran: int = VETERAN_ANSWERS, pupils: int = PUPILS
) -> None:
    """Make a store at a path with so many answers, and so many of them of the veteran.

    For none it is a new one with the same class. Nothing in it tells SQLite how long its tables
    are, as in the data of a bot.
    """
    write_log(path, max(answers, ANSWERS_A_ROUND))
    values = {
        "updates": min(MOST_UPDATES, answers * UPDATES_AN_ANSWER),
        "rounds": veteran // ANSWERS_A_ROUND,
        "now": to_text(datetime.now(UTC)),
        "pupils": pupils,
        "pushed": PUSHED,
        "role": Role.INSTRUCTOR,
    }
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA synchronous=OFF")
        for statement in (*_INBOX.split(";"), *_VETERAN.split(";"), *_CLASS.split(";")):
            db.execute(statement, values)
        db.execute("DELETE FROM sqlite_stat1")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

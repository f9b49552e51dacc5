"""Learners, classes, pushes, rounds and answers in a store, by SQL that multiplies the forms."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

from bot.app.resources import seed_files
from bot.quiz.options import USUAL
from bot.quiz.rounds import Item
from bot.store import learners
from bot.store.database import Store
from bot.store.log import COLUMNS
from bot.teaching.library import Library
from tests.operate.generated import forms
from tests.operate.generated.forms import TYPED
from tests.quiz.builders import NOW

ANSWERS_A_ROUND = 8
TEMPLATES = 64
"""Different rounds; the log is these over and over, answered by different learners."""

ANSWERS_A_LEARNER = 200
TELEGRAM = 7_000_000_000
"""What Telegram ids of generated learners begin after, so that a test can look for them."""

__all__ = ["ANSWERS_A_ROUND", "TELEGRAM", "TYPED", "write_log"]

_DAYS = 300
_FIRST_ROUND = 1_000_000_000  # above the rounds that hold the forms

_SETUP = """
CREATE TEMP TABLE form AS
    SELECT answers.*, row_number() OVER (PARTITION BY slug, question, ask ORDER BY id) - 1 AS place
    FROM answers;
CREATE TEMP TABLE item (template INTEGER, position INTEGER, slug TEXT, question TEXT, ask TEXT,
    hard REAL, PRIMARY KEY (template, position)) WITHOUT ROWID;
CREATE UNIQUE INDEX temp.forms ON form (slug, question, ask, place);
"""

_LEARNERS = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :learners)
INSERT INTO learners (id, created_at) SELECT i + 1, '2025-05-01T08:00:00.000+00:00' FROM n;
"""

_ROUNDS = """
WITH RECURSIVE n (r) AS (SELECT 0 UNION ALL SELECT r + 1 FROM n WHERE r + 1 < :rounds)
INSERT INTO rounds (id, learner, items, shown, closed, started_at, push, options)
SELECT :first + r, 2 + (r * 7919) % :learners,
    (SELECT items FROM template WHERE number = r % :templates), :size, 1,
    strftime('%Y-%m-%dT%H:%M:%f+00:00', '2025-05-01', '+' || (r * :step) || ' seconds'),
    CASE WHEN r % 4 = 0 THEN 1 + (r / 4) % :pushes END, :options
FROM n;
"""

_ANSWERS = """
INSERT INTO answers ({columns})
SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', rounds.started_at,
        '+' || (item.position * 21) || ' seconds'),
    rounds.learner, rounds.id, item.position, {copied},
    3 + ((rounds.id * 31 + item.position * 7919) % 1000) / 25.0
FROM rounds
JOIN item ON item.template = (rounds.id - :first) % :templates
JOIN form ON form.slug = item.slug AND form.question = item.question AND form.ask = item.ask
    AND form.place = min(:forms - 1, CAST(:forms * hard
        * (((rounds.id * 2654435761 + item.position * 40503) % 1000003) / 1000003.0)
        * (1.4 - (rounds.learner * 48271 % 997) / 997.0) AS INTEGER))
WHERE rounds.id >= :first;
"""

_BESIDE = """
INSERT INTO disputes (answer, at, words)
    SELECT id, at, 'I see it otherwise' FROM answers WHERE score < 1 AND id % 40 = 0;
INSERT INTO settlements (answer, at, decision)
    SELECT answer, at, CASE WHEN answer % 80 = 0 THEN 'accepted' ELSE 'upheld' END
    FROM disputes WHERE answer % 3 > 0;
INSERT INTO regrades (answer, at, why, version, score, verdict, graded_by, expected, marks, matched)
    SELECT answers.id, settlements.at, 'decided', version, 1, 'right', 'person', expected, marks,
        matched FROM settlements JOIN answers ON answers.id = answer WHERE decision = 'accepted';
INSERT INTO deliveries (push, learner, state) SELECT DISTINCT push, learner, 'sent' FROM rounds
    WHERE push IS NOT NULL;
UPDATE deliveries SET state = 'blocked' WHERE (push * 31 + learner) % 50 = 0;
"""


def write_log(path: Path, answers: int, seed: int = 0) -> None:
    """Make a store at a path whose score log has so many answers (rounded down to whole rounds).

    Telegram ids count up from `TELEGRAM`, nicknames are "Nick 12", typed reasons hold `TYPED`.
    """
    rng = Random(seed)
    with Store(path) as store:
        library = Library(store)
        library.publish(seed_files(), NOW)
        items = forms.items_of(library.everything(), rng)
        first = store.write_now(lambda db: learners.enrol(db, TELEGRAM, NOW))

        def write_forms(db: sqlite3.Connection) -> None:
            for number, item in enumerate(items):
                forms.write(db, first, item, 1 + number * forms.FORMS, rng)

        store.write_now(write_forms)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA synchronous=OFF")
        _fill(db, items, answers // ANSWERS_A_ROUND, rng)
        db.commit()
        db.execute("ANALYZE")
        db.commit()


def _fill(db: sqlite3.Connection, items: list[Item], rounds: int, rng: Random) -> None:
    people = max(8, rounds * ANSWERS_A_ROUND // ANSWERS_A_LEARNER)
    db.executescript(_SETUP)
    db.execute("DELETE FROM answers")
    db.execute("DELETE FROM rounds")
    _templates(db, items, rng)
    db.execute(_LEARNERS, {"learners": people})
    db.execute(
        "INSERT INTO identities (telegram_id, learner) SELECT ? + id, id FROM learners"
        " WHERE id > 1",
        (TELEGRAM,),
    )
    pushes = _classes(db, items[0], people)
    values = {
        "rounds": rounds,
        "learners": people,
        "templates": TEMPLATES,
        "first": _FIRST_ROUND,
        "size": ANSWERS_A_ROUND,
        "pushes": pushes,
        "step": _DAYS * 86_400 // max(1, rounds),
        "options": USUAL.to_json(),
        "forms": forms.FORMS,
    }
    db.execute(_ROUNDS, values)
    copied = [f"form.{name}" for name in COLUMNS[4:-1]]
    statement = _ANSWERS.format(columns=", ".join(COLUMNS), copied=", ".join(copied))
    db.execute(statement, values)
    db.executescript(_BESIDE)


def _templates(db: sqlite3.Connection, items: list[Item], rng: Random) -> None:
    """Put together the rounds that are played: eight different questions each."""
    db.execute("CREATE TEMP TABLE template (number INTEGER PRIMARY KEY, items TEXT)")
    by_question = {item.ref: [other for other in items if other.ref == item.ref] for item in items}
    hard = {ref: 0.6 + rng.random() for ref in by_question}
    for number in range(TEMPLATES):
        chosen = [rng.choice(by_question[ref]) for ref in rng.sample([*by_question], 8)]
        kept = [[one.slug, one.version, one.question.id, one.ask, False] for one in chosen]
        db.execute("INSERT INTO template VALUES (?, ?)", (number, json.dumps(kept)))
        db.executemany(
            "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, place, one.slug, one.question.id, one.ask, hard[one.ref])
                for place, one in enumerate(chosen)
            ],
        )


def _classes(db: sqlite3.Connection, item: Item, people: int) -> int:
    """Make classes with members and pushes; return how many pushes there are."""
    count = min(20, people)
    for number in range(1, count + 1):
        db.execute(
            "INSERT INTO classes (id, name, code, zone, made_at) VALUES (?, ?, ?, 'UTC', ?)",
            (number, f"Class {number}", f"code-{number}", "2025-05-01T08:00:00.000+00:00"),
        )
        db.executemany(
            "INSERT INTO pushes (class, slug, version, options, state, send_at)"
            " VALUES (?, ?, ?, ?, 'sent', ?)",
            [
                (number, item.slug, item.version, USUAL.to_json(), f"2025-0{month}-02T09:00:00Z")
                for month in (5, 6, 7)
            ],
        )
    db.execute(
        "INSERT INTO members (class, learner, nickname, joined_at)"
        " SELECT 1 + id % ?, id, 'Nick ' || id, created_at FROM learners WHERE id > 1",
        (count,),
    )
    return 3 * count

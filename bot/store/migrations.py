"""The schema, as numbered steps that are never changed once released."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("whosays")

_TABLES = (
    # Numbers stay unused after a learner was forgotten, so that an old export names nobody new.
    """CREATE TABLE learners (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        created_at TEXT NOT NULL
    ) STRICT""",
    # The only place where a Telegram identity stands beside a learner.
    """CREATE TABLE identities (
        telegram_id INTEGER PRIMARY KEY,
        learner INTEGER NOT NULL UNIQUE REFERENCES learners (id) ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE sets (
        slug TEXT NOT NULL,
        version INTEGER NOT NULL,
        title TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        origin TEXT NOT NULL,
        body TEXT NOT NULL,
        published_at TEXT NOT NULL,
        PRIMARY KEY (slug, version)
    ) STRICT""",
    """CREATE TABLE rounds (
        id INTEGER PRIMARY KEY,
        learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        items TEXT NOT NULL,
        shown INTEGER NOT NULL DEFAULT 0,
        shown_at TEXT,
        message_id INTEGER,
        closed INTEGER NOT NULL DEFAULT 0,
        started_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX rounds_by_learner ON rounds (learner, closed)",
    # The score log: rows are added, never changed; only forgetting a learner removes them.
    """CREATE TABLE answers (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        round INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        slug TEXT NOT NULL,
        version INTEGER NOT NULL,
        question TEXT NOT NULL,
        ask TEXT NOT NULL,
        said TEXT NOT NULL,
        expected TEXT NOT NULL,
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        verdict TEXT NOT NULL,
        graded_by TEXT NOT NULL,
        marks TEXT NOT NULL,
        matched TEXT NOT NULL,
        borderline INTEGER NOT NULL,
        model_label TEXT NOT NULL,
        model_p REAL,
        model_version TEXT NOT NULL,
        model_sure INTEGER,
        seconds REAL,
        UNIQUE (round, slug, question)
    ) STRICT""",
    "CREATE INDEX answers_by_learner ON answers (learner, id)",
    """CREATE TABLE disputes (
        answer INTEGER PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
        at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE readings (
        text_hash TEXT NOT NULL,
        model TEXT NOT NULL,
        reading TEXT NOT NULL,
        PRIMARY KEY (text_hash, model)
    ) STRICT""",
    """CREATE TABLE cards (
        learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        slug TEXT NOT NULL,
        question TEXT NOT NULL,
        ask TEXT NOT NULL,
        card TEXT NOT NULL,
        due TEXT NOT NULL,
        PRIMARY KEY (learner, slug, question, ask)
    ) STRICT""",
    # body is emptied when the update is done, replies and chat_id when they are sent: what remains
    # is the number by which a second delivery of the same update is recognised.
    """CREATE TABLE inbox (
        update_id INTEGER PRIMARY KEY,
        received_at TEXT NOT NULL,
        chat_id INTEGER,
        body TEXT,
        done_at TEXT,
        replies TEXT,
        failure TEXT
    ) STRICT""",
    "CREATE INDEX inbox_by_chat ON inbox (chat_id) WHERE chat_id IS NOT NULL",
    "CREATE INDEX inbox_open ON inbox (update_id) WHERE body IS NOT NULL OR replies IS NOT NULL",
)


@migrations()
def m001_first_tables(db: Database) -> None:
    """Create what a learner's round needs."""
    for statement in _TABLES:
        db.execute(statement)

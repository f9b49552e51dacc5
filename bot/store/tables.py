"""What each step to a newer schema does, in SQL that is never changed once released."""

from __future__ import annotations

TABLES = (
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

TEACHING = (
    # Who may do more than learn; whoever stands in no row is a learner.
    """CREATE TABLE roles (
        learner INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
        role TEXT NOT NULL,
        since TEXT NOT NULL
    ) STRICT""",
    # Numbers are not given out twice, so this log names nobody once they are forgotten.
    """CREATE TABLE role_changes (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        learner INTEGER NOT NULL,
        role TEXT NOT NULL,
        class INTEGER,
        granted INTEGER NOT NULL,
        by INTEGER
    ) STRICT""",
    """CREATE TABLE classes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        code TEXT NOT NULL UNIQUE,
        zone TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE class_instructors (
        class INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
        learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        leads INTEGER NOT NULL,
        PRIMARY KEY (class, learner)
    ) STRICT""",
    # The key itself is shown once and never kept.
    """CREATE TABLE invitations (
        key_hash TEXT PRIMARY KEY,
        role TEXT NOT NULL,
        class INTEGER REFERENCES classes (id) ON DELETE CASCADE,
        made_by INTEGER REFERENCES learners (id) ON DELETE CASCADE,
        expires_at TEXT NOT NULL,
        used_at TEXT
    ) STRICT""",
    """CREATE TABLE members (
        class INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
        learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        nickname TEXT NOT NULL DEFAULT '',
        ranked INTEGER NOT NULL DEFAULT 0,
        reminders INTEGER NOT NULL DEFAULT 1,
        joined_at TEXT NOT NULL,
        PRIMARY KEY (class, learner)
    ) STRICT""",
    "CREATE INDEX members_by_learner ON members (learner)",
    """CREATE TABLE pushes (
        id INTEGER PRIMARY KEY,
        class INTEGER NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
        slug TEXT NOT NULL,
        version INTEGER NOT NULL,
        options TEXT NOT NULL,
        made_by INTEGER REFERENCES learners (id) ON DELETE SET NULL,
        state TEXT NOT NULL,
        send_at TEXT,
        deadline TEXT,
        remind_at TEXT,
        progress_id INTEGER
    ) STRICT""",
    """CREATE TABLE deliveries (
        push INTEGER NOT NULL REFERENCES pushes (id) ON DELETE CASCADE,
        learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        state TEXT NOT NULL,
        why TEXT NOT NULL DEFAULT '',
        reminder TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (push, learner)
    ) STRICT""",
    "CREATE INDEX deliveries_by_learner ON deliveries (learner)",
    # What a person was asked to type next, where that is no answer to a question.
    """CREATE TABLE awaited (
        learner INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
        what TEXT NOT NULL,
        subject TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE drafts (
        id INTEGER PRIMARY KEY,
        learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        made_at TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT""",
    "ALTER TABLE sets ADD COLUMN published_by INTEGER REFERENCES learners (id) ON DELETE SET NULL",
    "ALTER TABLE sets ADD COLUMN listed INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE rounds ADD COLUMN push INTEGER REFERENCES pushes (id) ON DELETE SET NULL",
    "ALTER TABLE rounds ADD COLUMN options TEXT NOT NULL DEFAULT '{}'",
    "CREATE INDEX rounds_by_push ON rounds (push) WHERE push IS NOT NULL",
    "ALTER TABLE disputes ADD COLUMN words TEXT NOT NULL DEFAULT ''",
    # What a person decided on a disputed or unsure answer.
    """CREATE TABLE settlements (
        answer INTEGER PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        by INTEGER REFERENCES learners (id) ON DELETE SET NULL,
        decision TEXT NOT NULL
    ) STRICT""",
    # Grades that take the place of an answer's own, the newest last; nothing is overwritten.
    """CREATE TABLE regrades (
        id INTEGER PRIMARY KEY,
        answer INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        by INTEGER REFERENCES learners (id) ON DELETE SET NULL,
        why TEXT NOT NULL,
        version INTEGER NOT NULL,
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        verdict TEXT NOT NULL,
        graded_by TEXT NOT NULL,
        expected TEXT NOT NULL,
        marks TEXT NOT NULL,
        matched TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX regrades_by_answer ON regrades (answer)",
)

LOG_INDEXES = (
    # Whoever looks through the log looks at its newest rows: of all, of a set, of a verdict.
    "CREATE INDEX answers_by_time ON answers (at)",
    "CREATE INDEX answers_by_set ON answers (slug, at)",
    "CREATE INDEX answers_by_verdict ON answers (verdict, at)",
)

ARRIVALS = (
    # Telegram's ids may come again for other updates, and what has none is kept too. An update is
    # known by its id and its content (checksum) together.
    """CREATE TABLE arrived (
        number INTEGER PRIMARY KEY,
        update_id INTEGER,
        checksum INTEGER,
        received_at TEXT NOT NULL,
        chat_id INTEGER,
        body TEXT,
        done_at TEXT,
        replies TEXT,
        failure TEXT
    ) STRICT""",
    """INSERT INTO arrived (update_id, received_at, chat_id, body, done_at, replies, failure)
        SELECT update_id, received_at, chat_id, body, done_at, replies, failure FROM inbox
        ORDER BY received_at, update_id""",
    "DROP TABLE inbox",
    "ALTER TABLE arrived RENAME TO inbox",
    "CREATE INDEX inbox_by_update ON inbox (update_id)",
    "CREATE INDEX inbox_by_chat ON inbox (chat_id) WHERE chat_id IS NOT NULL",
    "CREATE INDEX inbox_open ON inbox (number) WHERE body IS NOT NULL OR replies IS NOT NULL",
)

PRESSES = (
    # What everybody pressed last, by the update that it came with.
    """CREATE TABLE presses (
        learner INTEGER PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        message_id INTEGER,
        data TEXT NOT NULL
    ) STRICT""",
)

"""The schema, as numbered steps that are never changed once released."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from bot.store.tables import ARRIVALS, LOG_INDEXES, PRESSES, TABLES, TEACHING

migrations = Migrations("whosays")


@migrations()
def m001_first_tables(db: Database) -> None:
    """Create what a learner's round needs."""
    for statement in TABLES:
        db.execute(statement)


@migrations()
def m002_teaching(db: Database) -> None:
    """Add roles, classes, pushes, drafts, disputes in words, and regrades."""
    for statement in TEACHING:
        db.execute(statement)


@migrations()
def m004_log_indexes(db: Database) -> None:
    """Keep looking through a long log quick."""
    for statement in LOG_INDEXES:
        db.execute(statement)


@migrations()
def m005_arrivals(db: Database) -> None:
    """Give what comes into the inbox numbers of its own."""
    for statement in ARRIVALS:
        db.execute(statement)


@migrations()
def m006_presses(db: Database) -> None:
    """Know a press that comes twice in a row."""
    for statement in PRESSES:
        db.execute(statement)

"""One unit of work inside the transaction of its group."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
Unit = Callable[[sqlite3.Connection], T]


def attempt(connection: sqlite3.Connection, unit: Unit[Any]) -> tuple[Any, BaseException | None]:
    """Run one unit inside a savepoint: what it raises is its caller's to see.

    A full disk or a lost file is not the unit's fault and fails the whole group.
    """
    connection.execute("SAVEPOINT unit")
    try:
        result = unit(connection)
    except Exception as error:
        if not _own_fault(error):
            raise
        connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")
        return None, error
    connection.execute("RELEASE unit")
    return result, None


def _own_fault(error: Exception) -> bool:
    """Whether a unit is wrong itself, as against the disk or the file."""
    if isinstance(error, sqlite3.OperationalError):
        code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR)
        return code & 0xFF == sqlite3.SQLITE_ERROR
    # Exactly this class means a file that is damaged, or is no database.
    return type(error) is not sqlite3.DatabaseError

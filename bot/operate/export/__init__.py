"""The score log as a file for other programs, written in constant memory."""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.errors import LogError
from bot.operate.export.columns import chosen_columns
from bot.operate.export.document import document
from bot.operate.export.formats import Format, writer
from bot.store import logbook
from bot.store.filters import Filter

__all__ = ["AT_ONCE", "Format", "document", "export", "saved"]

AT_ONCE = 1_000
"""Rows read, and held in memory, at once."""


def export(
    db: sqlite3.Connection,
    chosen: Filter,
    chosen_format: Format,
    stream: BinaryIO,
    *,
    with_text: bool,
    is_file: bool,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write the answers that are meant, the oldest first, and return how many they were.

    `progress` is told how many are written of about how many. No transaction stays open, so that
    a reader at the other end of a pipe who takes hours does not keep the database from shrinking
    its write-ahead log.
    """
    columns = chosen_columns(with_text=with_text)
    out = writer(chosen_format, stream, columns, is_file=is_file)
    last = logbook.newest(db)
    total, lowest = logbook.extent(db, chosen)
    cursor, done = lowest - 1, 0
    while cursor < last:
        some = logbook.columns_after(db, cursor, chosen, AT_ONCE)
        known = bisect_right(some["id"], last)  # an answer may have come while others were read
        if known:
            cursor = some["id"][known - 1]
            out.write({name: values[:known] for name, values in some.items()})
        done += known
        progress(done, total)
        if known < AT_ONCE:
            break
    out.close()
    return done


@contextmanager
def saved(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Yield a stream whose content becomes the file when all of it is on disk, and never a half.

    LogError for a file that is there already, unless `force` allows to replace it, and for one
    that cannot be written.
    """
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _refuse(path, force=force)
        with half.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _refuse(path, force=force)
        half.replace(path)
    except OSError as error:
        raise LogError(f"cannot write {path}: {error.strerror}") from error
    finally:
        half.unlink(missing_ok=True)


def _refuse(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise LogError(f"{path} is there already; --force replaces it")

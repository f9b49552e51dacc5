"""Checking and converting quiz-set files, for the command line: files in, lines and files out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.errors import SetError
from bot.sets import read_file, report, report_lines, write_file
from bot.sets.formats import format_of
from bot.sets.notes import Notes
from bot.store.database import Store
from bot.teaching.drafts import difference
from bot.teaching.library import Library, published

Say = Callable[[str], None]


def check(files: tuple[Path, ...], say: Say, warn: Say) -> bool:
    """Say of each file what its set can balance, warn of every error and note; whether all hold."""
    sound = True
    for file in files:
        try:
            quiz_set, notes = read_file(_bytes(file), str(file))
        except SetError as error:
            sound = False
            warn(str(error))
        else:
            _warn(notes, file, warn)
            say(f"{file}: {quiz_set.title}")
            for line in report_lines(report(quiz_set)):
                say(f"  {line}")
    return sound


def convert(source: Path, target: Path, warn: Say, *, force: bool) -> None:
    """Write the set in one file as another, each in the format of its ending; warn of every note.

    Raises SetError, with nothing written, for a broken file, an ending that names no format, and a
    file that is there already unless `force` allows to replace it.
    """
    format_of(str(target))
    quiz_set, notes = read_file(_bytes(source), str(source))
    data, more = write_file(quiz_set, str(target))
    try:
        with target.open("wb" if force else "xb") as file:
            file.write(data)
    except FileExistsError:
        raise SetError(f"{target} is there already; --force replaces it") from None
    except OSError as error:
        raise SetError(f"cannot write {target}: {error.strerror}") from error
    _warn(notes, source, warn)
    _warn(more, target, warn)


def publish(store: Store, file: Path, now: datetime, say: Say, warn: Say, *, listed: bool) -> None:
    """Publish the set in a file and say what is new in it; SetError for a broken file."""
    quiz_set, notes = read_file(_bytes(file), str(file))
    _warn(notes, file, warn)
    before = Library(store).find(quiz_set.slug)
    version = store.write_now(published(quiz_set, None, now, listed=listed))
    say(f"{quiz_set.slug}: {quiz_set.title}, version {version}")
    if before is not None:
        change = difference(before, quiz_set)
        for what, ids in (
            ("new", change.new),
            ("changed", change.changed),
            ("gone", change.removed),
        ):
            say(f"  {what}: {', '.join(ids) or 'none'}")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SetError(f"cannot read {file}: {error.strerror}") from error


def _warn(notes: Notes, file: Path, warn: Say) -> None:
    for note in notes:
        warn(f"{file}: note: {note}")

"""Checking and converting quiz-set files, for the command line: files in, lines and files out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.errors import SetError
from bot.sets import read_file, report, report_lines, write_file
from bot.sets.formats import format_of
from bot.sets.notes import Notes

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


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SetError(f"cannot read {file}: {error.strerror}") from error


def _warn(notes: Notes, file: Path, warn: Say) -> None:
    for note in notes:
        warn(f"{file}: note: {note}")

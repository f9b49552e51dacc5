"""Quiz-set files by format: one small module each, with `read(data, name)` and `write(quiz_set)`.

A reader turns bytes into a tree and leaves its fields, checks and problems to `bot.sets.reading`; a
writer starts from `bot.sets.document`. Both return notes on what the format could not hold. Which
module serves which file is decided here, by the ending of its name. No file is opened here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from bot.quiz.values import QuizSet
from bot.sets.decoding import check_size
from bot.sets.formats import gift, h5p, jsonl, marked, table, yaml_file
from bot.sets.notes import Notes
from bot.sets.problems import BrokenSetError, Problem, quote


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one kind are read and written."""

    read: Callable[[bytes, str], tuple[QuizSet, Notes]]
    write: Callable[[QuizSet], tuple[bytes, Notes]]


_yaml = Format(yaml_file.read, yaml_file.write)

FORMATS = {
    "yaml": _yaml,
    "yml": _yaml,
    "csv": Format(table.read, table.write),
    "jsonl": Format(jsonl.read, jsonl.write),
    "gift": Format(gift.read, gift.write),
    "h5p": Format(h5p.read, h5p.write),
    "txt": Format(marked.read, marked.write),
}
"""Formats by the ending of a file's name, without its dot, in small letters."""


def read_file(data: bytes, name: str) -> tuple[QuizSet, Notes]:
    """Return the set in a file's bytes, and notes on what of the file is not in it.

    The ending of `name` says the format. Raises BrokenSetError with every problem found.
    """
    return format_of(name).read(data, name)


def write_file(quiz_set: QuizSet, name: str) -> tuple[bytes, Notes]:
    """Return a file of a set that a reader returned, and notes on what of the set is not in it.

    Raises BrokenSetError when nothing of the set would be in the file, or too much.
    """
    data, notes = format_of(name).write(quiz_set)
    if not data:
        problems = [
            Problem(name, 0, "", str(note), "questions that the format holds") for note in notes
        ]
        raise BrokenSetError(problems)
    check_size(len(data), name)
    return data, notes


def is_set(name: str) -> bool:
    """Whether a file that comes without a word is a quiz set; bare text is taken for an article."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    return ending in FORMATS and ending != "txt"


def checked(quiz_set: QuizSet) -> QuizSet:
    """Return a set that no file was read for as a file would give it; BrokenSetError likewise."""
    name = f"{quiz_set.slug}.yaml"
    data, _ = write_file(quiz_set, name)
    return read_file(data, name)[0]


def format_of(name: str) -> Format:
    """Return the format of a file's name; BrokenSetError when its ending names none."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        found = f"the ending {quote('.' + ending)}" if ending else "no ending"
        raise BrokenSetError([Problem(name, 0, "", found, ", ".join(FORMATS))])
    return FORMATS[ending]

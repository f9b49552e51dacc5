"""The results of a class from the shell: the same counts and files as in the chat."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.errors import ClassError
from bot.quiz.discernment import Axis, Discernment
from bot.store import classes
from bot.store.database import Store
from bot.teaching import classbook
from bot.teaching.classbook import ClassBook
from bot.teaching.library import Library
from bot.teaching.results import best_first, hardest_first

NONE = "–"
"""Stands where there is no figure."""


def open_book(store: Store, name: str) -> ClassBook:
    """Return the book of a class by its number, code or name.

    ClassError where none fits, and where several of one name do.
    """
    there = classes.everything(store.reader)
    fitting = [one for one in there if name in (str(one.id), one.code)]
    fitting = fitting or [one for one in there if one.name == name]
    if len(fitting) > 1:
        codes = ", ".join(one.code for one in fitting)
        raise ClassError(f"{len(fitting)} classes are called {name!r}: by code {codes}")
    for one in fitting:
        if book := classbook.open_book(store.reader, Library(store), one.id):
            return book
    raise ClassError(f"no class {name!r}: whosays class list shows them")


def print_learners(console: Console, book: ClassBook) -> None:
    """Print how the class discerns, and a row per learner, the best first."""
    counted = book.counted
    for axis, found in counted.discernment.items():
        figures = f"d′ {_sensitivity(found)} ({found.low:.2f} to {found.high:.2f})"
        console.print(f"{axis}: {figures}, lean c {found.lean:+.2f}")
    columns = ("learner", "mean score", "answers", "d′ stance", "retries", "again", "over-marked")
    table = Table(*columns, title=book.of.name)
    for one in best_first(counted.learners):
        table.add_row(
            book.called(one.learner),
            _score(one.score),
            str(one.answers),
            _sensitivity(one.discernment.get(Axis.STANCE)),
            str(one.retries),
            _score(one.retried),
            str(one.over),
        )
    console.print(table)
    agree, total = book.agreed
    if total:
        console.print(f"unsure answers that a person settled as the machine read: {agree}/{total}")


def print_questions(console: Console, book: ClassBook) -> None:
    """Print a row per question, the most missed first."""
    columns = ("set", "question", "asked", "facility", "discrimination", "answers", "retries")
    table = Table(*columns, "said", "", title=book.of.name)
    for one in hardest_first(book.counted.questions):
        index = one.discrimination
        table.add_row(
            *one.asked,
            _score(one.facility),
            NONE if index is None else f"{index:+.2f}",
            str(one.answers),
            str(one.retries),
            ", ".join(f"{said} {count}" for said, count in one.said),
            "key may be wrong" if one.suspect else "",
        )
    console.print(table)


def write_files(
    store: Store, book: ClassBook, csv: Path | None, jsonl: Path | None, *, identities: bool
) -> None:
    """Write every answer to the files that are named; ClassError where that cannot be done."""
    made = classbook.files(store.reader, Library(store), book.of.id, identities=identities)
    for path, content in ((csv, made.csv), (jsonl, made.jsonl)):
        if path is None:
            continue
        try:
            path.write_bytes(content)
        except OSError as error:
            raise ClassError(f"cannot write {path}: {error.strerror}") from error


def _score(score: float | None) -> str:
    return NONE if score is None else f"{score:.2f}"


def _sensitivity(found: Discernment | None) -> str:
    return NONE if found is None else f"{found.sensitivity:.2f}"

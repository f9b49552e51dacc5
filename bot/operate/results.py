"""The results of a class from the shell: the same counts and files as in the chat."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.errors import ClassError
from bot.store import classes
from bot.store.database import Store
from bot.teaching import classbook, exports
from bot.teaching.classbook import ClassBook
from bot.teaching.library import Library


def open_book(store: Store, name: str) -> ClassBook:
    """Return the book of a class by its number, code or name; ClassError where none fits."""
    for one in classes.everything(store.reader):
        fits = name in (str(one.id), one.code, one.name)
        if fits and (book := classbook.open_book(store.reader, one.id)):
            return book
    raise ClassError(f"no class {name!r}: whosays class list shows them")


def print_learners(console: Console, book: ClassBook) -> None:
    """Print a row per learner, the best first."""
    table = Table(
        "learner", "mean score", "answers", "retries", "marked too much", title=book.of.name
    )
    for one in sorted(book.counted.learners, key=lambda one: one.score, reverse=True):
        table.add_row(
            book.called(one.learner),
            f"{one.score:.2f}",
            str(one.answers),
            str(one.retries),
            str(one.tally.over),
        )
    console.print(table)


def print_questions(console: Console, book: ClassBook) -> None:
    """Print a row per question, the most missed first."""
    columns = ("set", "question", "asked", "facility", "discrimination", "answers", "said", "")
    table = Table(*columns, title=book.of.name)
    for one in sorted(book.counted.questions, key=lambda one: one.facility):
        index = one.discrimination
        table.add_row(
            *one.asked,
            f"{one.facility:.2f}",
            "–" if index is None else f"{index:+.2f}",
            str(one.answers),
            ", ".join(f"{said} {count}" for said, count in one.said),
            "key may be wrong" if one.suspect else "",
        )
    console.print(table)


def write_files(
    store: Store, book: ClassBook, csv: Path | None, jsonl: Path | None, *, identities: bool
) -> None:
    """Write every answer to the files that are named; ClassError where that cannot be done."""
    rows = classbook.rows(store.reader, Library(store), book, identities=identities)
    for path, write in ((csv, exports.to_csv), (jsonl, exports.to_jsonl)):
        if path is None:
            continue
        try:
            path.write_bytes(write(rows))
        except OSError as error:
            raise ClassError(f"cannot write {path}: {error.strerror}") from error

"""Quiz sets as CSV, for spreadsheets: everything that a set holds, one question per row.

Columns are known by their names in the first row, in any order; `,`, `;` and tabs are understood
between them, whichever the names show, and quoting is that of RFC 4180. What the set has stands
in the row of its first question; how a cell holds a list is `cells`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from typing import Any

from bot.quiz.values import QuizSet
from bot.sets.decoding import PRINTABLE, decode, unshowable
from bot.sets.document import Document, header, question_fields
from bot.sets.formats.cells import DIVIDER, cell_list, cell_text, list_cell, text_cell
from bot.sets.formats.columns import CALLED, COLUMNS, DIVIDERS, NEEDED, QUESTION, SET
from bot.sets.limits import PROBLEMS, QUESTIONS
from bot.sets.notes import Notes
from bot.sets.problems import BrokenSetError, Problem, fit, quote
from bot.sets.reading import build
from bot.sets.tree import Fields, Items, Node, Text, grow, grow_fields


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row by their columns, and the line in which it begins."""

    line: int
    cells: Mapping[str, str]


def read(data: bytes, name: str) -> tuple[QuizSet, Notes]:
    """Return the set in a CSV file, with nothing to note."""
    problems: list[Problem] = []
    rows = list(_rows(decode(data, name), name, problems))
    fields = _set_fields(rows[:QUESTIONS], name, problems)
    questions: list[Node] = [
        _grown(row.line, _question_cells(row), name, problems, {}) for row in rows[:QUESTIONS]
    ]
    # what is beyond the limit only counts
    questions += [Text(row.line, None) for row in rows[QUESTIONS:]]
    line = rows[0].line if rows else 1
    listed: Node = Items(line, tuple(questions))
    root = Fields(1, {**fields.fields, "questions": listed}, {**fields.lines, "questions": line})
    return build(root, name, problems, CALLED), ()


def write(quiz_set: QuizSet) -> tuple[bytes, Notes]:
    """Return a CSV file of the set for any spreadsheet, with nothing to note."""
    of_set = _cells(header(quiz_set), SET)
    rows = [
        _cells(question_fields(question, quiz_set.source), QUESTION)
        for question in quiz_set.questions
    ]
    rows[0] = {**of_set, **rows[0]}
    used = {column for row in rows for column in row}
    columns = [column for column in COLUMNS if column in used]
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    # spreadsheets take a file without the mark for one in an older encoding
    return text.getvalue().encode("utf-8-sig"), ()


def _rows(text: str, name: str, problems: list[Problem]) -> Iterator[_Row]:
    """Yield the rows below the names of the columns, empty ones left out."""
    first, lines = 1, StringIO(text, newline="")
    if text.lower().startswith("sep="):
        # some spreadsheets say first what stands between the columns
        lines.readline()
        first += 1
    delimiter = _delimiter(text[lines.tell() :])
    table = csv.reader(lines, strict=True, delimiter=delimiter)
    columns: list[str] = []
    line = first
    try:
        for cells in table:
            filled = any(cell.strip() for cell in cells)
            if not columns and filled:
                columns = _known([_normal(cell) for cell in cells], name, line, problems)
            elif filled:
                nameless = [
                    cell.strip()
                    for column, cell in zip_longest(columns, cells, fillvalue="")
                    if cell.strip() and not column
                ]
                if nameless:
                    found = f"{quote(nameless[0])} in a column without a name"
                    problems.append(Problem(name, line, "", found, "nothing there"))
                yield _Row(line, dict(zip(columns, cells, strict=False)))
            if len(problems) > PROBLEMS:
                return
            line = first + table.line_num
    except csv.Error as error:
        problems.append(Problem(name, line, "", *_syntax(str(error))))
        raise BrokenSetError(problems) from None
    if not columns:
        raise BrokenSetError([Problem(name, 0, "", "an empty file", "a quiz set")])


def _syntax(said: str) -> tuple[str, str]:
    if "unexpected end" in said:
        return "a quotation mark that is never closed", "a closed one, or two for one in a text"
    if "expected after" in said:
        return "text after a closing quotation mark", "two quotation marks for one in a text"
    if "larger than" in said:
        return "a cell without end", "quotation marks that are closed"
    return f"broken CSV ({said})", "rows as a spreadsheet writes them"


def _delimiter(text: str) -> str:
    """Return what stands between the columns: what divides the first row into most known names."""
    first = text.partition("\n")[0]

    def known(delimiter: str) -> int:
        return sum(_normal(cell.strip().strip('"')) in COLUMNS for cell in first.split(delimiter))

    return max(",;\t", key=known)


def _normal(column: str) -> str:
    return re.sub(r"[\s_]+", " ", column).strip().lower()


def _known(columns: list[str], name: str, line: int, problems: list[Problem]) -> list[str]:
    """Return the columns' names; BrokenSetError when one is missing that every row needs."""
    for number, column in enumerate(columns):
        if len(problems) >= PROBLEMS:
            break
        if column and column not in COLUMNS:
            found = "an unknown column"
            problems.append(Problem(name, line, fit(column), found, ", ".join(COLUMNS)))
        elif column and column in columns[:number]:
            problems.append(Problem(name, line, column, "the column a second time", "once"))
    missing = [column for column in NEEDED if column not in columns]
    problems += [Problem(name, line, column, "no such column", "one") for column in missing]
    if missing:
        raise BrokenSetError(problems)
    return columns


def _set_fields(rows: list[_Row], name: str, problems: list[Problem]) -> Fields:
    """Return what the set has: of each column the first cell that is filled; all must agree."""
    cells: dict[str, tuple[int, str]] = {}
    for row in rows:
        for path, column in SET.items():
            cell = row.cells.get(column, "").strip()
            line, said = cells.setdefault(path, (row.line, cell)) if cell else (0, cell)
            if cell != said:
                allowed = f"{quote(said)} as in line {line}, or nothing"
                problems.append(Problem(name, row.line, column, quote(cell), allowed))
    named = {path: (line, SET[path], cell) for path, (line, cell) in cells.items()}
    return _grown(1, named, name, problems, {"source": {}})


def _question_cells(row: _Row) -> dict[str, tuple[int, str, str]]:
    return {
        path: (row.line, column, cell)
        for path, column in QUESTION.items()
        if (cell := row.cells.get(column, "")).strip()
    }


def _grown(
    line: int,
    cells: Mapping[str, tuple[int, str, str]],
    name: str,
    problems: list[Problem],
    fields: Document,
) -> Fields:
    """Return the fields that cells hold, those with a dot in their path inside one another."""
    for path, (at, column, cell) in cells.items():
        if found := unshowable(cell.replace("\r\n", "\n")):
            problems.append(Problem(name, at, column, found, PRINTABLE))
        outer, _, inner = path.rpartition(".")
        place = fields.setdefault(outer, {}) if outer else fields
        place[inner] = grow(_value(path, cell), at)
    return grow_fields(fields, line)


def _value(path: str, cell: str) -> str | list[str]:
    return cell_list(cell, DIVIDERS[path]) if path in DIVIDERS else cell_text(cell)


def _cells(fields: Document, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of fields, by column."""
    cells = {}
    for path, column in columns.items():
        outer, _, inner = path.rpartition(".")
        place = fields.get(outer) or {} if outer else fields
        if inner in place:
            cells[column] = _cell(place[inner], DIVIDERS.get(path, DIVIDER))
    return cells


def _cell(value: Any, dividers: str) -> str:
    match value:
        case list():
            return list_cell(value, dividers)
        case bool():
            return str(value).lower()
        case _:
            return text_cell(value)

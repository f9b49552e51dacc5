"""What a table of the snapshot is: its columns as SQLite and as an operator read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `unit` is one that Datasette shows beside numbers, empty for none."""

    name: str
    type: str
    what: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `facets` are columns offered as filters; `indexes` make filters on them fast.

    `latest` is the column by which the newest or largest rows come first.
    """

    name: str
    what: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    latest: str = ""

    def create(self) -> str:
        """Return the statement that makes the table."""
        parts = [f'"{column.name}" {column.type}' for column in self.columns]
        if self.key:
            parts.append(f"PRIMARY KEY ({', '.join(map(quoted, self.key))})")
        return f'CREATE TABLE review."{self.name}" ({", ".join(parts)})'

    def insert(self) -> str:
        """Return the statement that adds a row."""
        return f'INSERT INTO review."{self.name}" VALUES ({", ".join("?" * len(self.columns))})'

    def index(self) -> list[str]:
        """Return the statements that make the indexes that are not there."""
        return [
            f'CREATE INDEX IF NOT EXISTS review."{self.name}_{name}" ON "{self.name}" ("{name}")'
            for name in self.indexes
        ]

    @property
    def names(self) -> str:
        """The names of the columns, as a statement lists them."""
        return ", ".join(quoted(column.name) for column in self.columns)

    def with_columns(self, *columns: Column) -> Table:
        """Return the table with further columns."""
        return replace(self, columns=(*self.columns, *columns))


@dataclass(frozen=True, slots=True)
class View:
    """A view with the columns of a table; `taken` says what stands for those named otherwise."""

    name: str
    what: str
    columns: tuple[Column, ...]
    taken: Mapping[str, str]

    @property
    def selected(self) -> str:
        """The columns, as the view selects them from another table."""
        return ", ".join(
            f"{self.taken.get(column.name, quoted(column.name))} AS {quoted(column.name)}"
            for column in self.columns
        )


def quoted(name: str) -> str:
    """Return a name as an identifier; `set` is a word of SQL."""
    return f'"{name}"'


def whole(name: str, what: str, unit: str = "") -> Column:
    """Return a column of whole numbers."""
    return Column(name, "INTEGER", what, unit)


def real(name: str, what: str, unit: str = "") -> Column:
    """Return a column of numbers."""
    return Column(name, "REAL", what, unit)


def text(name: str, what: str) -> Column:
    """Return a column of text."""
    return Column(name, "TEXT", what)

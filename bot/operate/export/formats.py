"""Rows of the score log as CSV, JSON Lines and Parquet, written as they come."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

from bot.errors import LogError
from bot.operate.export.columns import Column, Type
from bot.store.logbook import Columns
from bot.teaching.exports import FORMULA, cell

ROW_GROUP = 100_000
"""Rows of a Parquet row group at least: with fewer its columns are packed badly."""

MARK = "\ufeff"
"""Byte order mark, by which spreadsheets know UTF-8."""


class Format(StrEnum):
    """A format, by its name, which is the ending of its files too."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


class Writer(Protocol):
    """Writes rows, which come as columns, to a stream; nothing is whole before `close`."""

    def write(self, log: Columns) -> None:
        """Write some rows."""

    def close(self) -> None:
        """Write what comes after the last row; the stream stays open."""


def writer(chosen: Format, stream: BinaryIO, columns: Sequence[Column], *, is_file: bool) -> Writer:
    """Return what writes a format; LogError where what it needs is not installed."""
    match chosen:
        case Format.CSV:
            return _Csv(stream, columns, MARK if is_file else "")
        case Format.JSONL:
            return _JsonLines(stream, columns)
        case Format.PARQUET:
            return _Parquet(stream, columns)


class _Csv:
    def __init__(self, stream: BinaryIO, columns: Sequence[Column], mark: str) -> None:
        self._stream, self._columns = stream, columns
        self._put([[column.name for column in columns]], mark)

    def write(self, log: Columns) -> None:
        self._put(zip(*(_cells(column, log) for column in self._columns), strict=True))

    def close(self) -> None:
        pass

    def _put(self, lines: Iterable[Sequence[object]], mark: str = "") -> None:
        text = io.StringIO()
        text.write(mark)
        csv.writer(text).writerows(lines)
        self._stream.write(text.getvalue().encode())


class _JsonLines:
    def __init__(self, stream: BinaryIO, columns: Sequence[Column]) -> None:
        self._stream, self._columns = stream, columns

    def write(self, log: Columns) -> None:
        encoded = json.JSONEncoder(ensure_ascii=False).encode
        names = [column.name for column in self._columns]
        values = zip(*(column.values(log) for column in self._columns), strict=True)
        lines = (encoded(dict(zip(names, row, strict=True))) for row in values)
        self._stream.write("".join(f"{line}\n" for line in lines).encode())

    def close(self) -> None:
        pass


class _Parquet:
    def __init__(self, stream: BinaryIO, columns: Sequence[Column]) -> None:
        try:
            import pyarrow  # type: ignore[import-untyped] # noqa: PLC0415 - an extra, without types
            from pyarrow import parquet  # noqa: PLC0415 - the same
        except ImportError as error:
            message = "Parquet needs pyarrow: pip install 'whosays[review]'"
            raise LogError(message) from error
        self._arrow, self._columns = pyarrow, columns
        self._schema = _schema(pyarrow, columns)
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._batches: list[Any] = []

    def write(self, log: Columns) -> None:
        text = self._arrow.string()
        arrays = [
            self._arrow.array(column.values(log), text if column.type is Type.TIME else None)
            for column in self._columns
        ]
        arrays = [array.cast(kind) for array, kind in zip(arrays, self._schema.types, strict=True)]
        self._batches.append(self._arrow.RecordBatch.from_arrays(arrays, schema=self._schema))
        if sum(batch.num_rows for batch in self._batches) >= ROW_GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._batches:
            self._writer.write_table(self._arrow.Table.from_batches(self._batches))
            self._batches = []


def _schema(pyarrow: Any, columns: Sequence[Column]) -> Any:
    types = {
        Type.WHOLE: pyarrow.int64(),
        Type.NUMBER: pyarrow.float64(),
        Type.TEXT: pyarrow.string(),
        Type.TIME: pyarrow.timestamp("ms", tz="UTC"),
        Type.TRUTH: pyarrow.bool_(),
    }
    return pyarrow.schema(
        [
            pyarrow.field(
                one.name,
                types[one.type],
                metadata={"unit": one.unit, "meaning": one.meaning},
            )
            for one in columns
        ]
    )


def _cells(column: Column, log: Columns) -> list[Any]:
    """Return the cells of a column: a text that looks like a formula is none any more."""
    values = column.values(log)
    match column.type:
        case Type.TEXT:
            return [cell(value) if value and value[0] in _SUSPECT else value for value in values]
        case Type.TRUTH:
            return [_TRUTH[value] for value in values]
    return [*values]


_SUSPECT = frozenset(FORMULA)
_TRUTH = {True: "true", False: "false", None: None}

"""The exported score log: its columns, its three formats, and what never stands in it."""

from __future__ import annotations

import builtins
import csv
import io
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow  # type: ignore[import-untyped] # it has no types
import pytest
from pyarrow import parquet

from bot.errors import LogError
from bot.operate.export import AT_ONCE, Format, document, export, saved
from bot.operate.export.columns import COLUMNS, Type, chosen_columns
from bot.store.database import connect
from bot.store.filters import EVERYTHING, Filter
from tests.operate.generated import TELEGRAM, TYPED, write_log

DOCS = Path(__file__).parents[2] / "docs"
SIZE = AT_ONCE + 200


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """Return a log that is a little longer than what is read at once."""
    path = tmp_path_factory.mktemp("log") / "log.sqlite3"
    write_log(path, SIZE)
    return connect(path)


def exported(
    db: sqlite3.Connection,
    chosen_format: Format,
    chosen: Filter = EVERYTHING,
    *,
    with_text: bool = False,
    is_file: bool = False,
) -> bytes:
    """Return what is written."""
    stream = io.BytesIO()
    export(db, chosen, chosen_format, stream, with_text=with_text, is_file=is_file)
    return stream.getvalue()


def lines(content: bytes) -> list[dict[str, Any]]:
    """Return the rows of JSON Lines."""
    return [json.loads(line) for line in content.decode().splitlines()]


def test_the_documentation_is_of_these_columns() -> None:
    """The page in docs is what the code says, each column has a meaning, and none comes twice."""
    assert (DOCS / "export.md").read_text(encoding="utf-8") == document()
    assert all(column.meaning for column in COLUMNS)
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)


def test_the_columns_are_kept() -> None:
    """Programs rely on these names in this order: a new one comes behind them."""
    names = " ".join(column.name for column in COLUMNS)
    assert names.startswith(
        "answer at learner round position push feedback set version question ask said expected"
        " score verdict graded_by hits misses over matched borderline model_label model_p"
        " model_version model_sure differs seconds disputed settled regraded regraded_at"
        " regraded_why key_version original_score original_verdict typed objection"
    )


@pytest.mark.parametrize("with_text", [False, True])
def test_the_formats_say_the_same(db: sqlite3.Connection, with_text: bool) -> None:
    """All three hold every answer once, the oldest first, with equal values."""
    objects = lines(exported(db, Format.JSONL, with_text=with_text))
    columns = chosen_columns(with_text=with_text)
    assert [one["answer"] for one in objects] == [*range(1, SIZE + 1)]
    assert all([*one] == [column.name for column in columns] for one in objects)

    text = exported(db, Format.CSV, with_text=with_text).decode()
    rows = [*csv.DictReader(io.StringIO(text, newline=""))]
    assert [{name: in_csv(value) for name, value in one.items()} for one in objects] == rows

    table = parquet.read_table(io.BytesIO(exported(db, Format.PARQUET, with_text=with_text)))
    found = table.to_pylist()
    for name in ("at", "regraded_at"):
        for row in found:
            assert row[name] is None or row[name].tzinfo is not None
            row[name] = row[name] and row[name].astimezone(UTC).isoformat(timespec="milliseconds")
    assert found == objects


def in_csv(value: object) -> str:
    """Return a value as its cell."""
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text


def test_the_parquet_schema(db: sqlite3.Connection) -> None:
    """Each column has the type that the documentation gives it, and carries unit and meaning."""
    types = {
        Type.WHOLE: pyarrow.int64(),
        Type.NUMBER: pyarrow.float64(),
        Type.TEXT: pyarrow.string(),
        Type.TIME: pyarrow.timestamp("ms", tz="UTC"),
        Type.TRUTH: pyarrow.bool_(),
    }
    for chosen in (EVERYTHING, Filter(slug="nowhere")):
        schema = parquet.read_schema(io.BytesIO(exported(db, Format.PARQUET, chosen)))
        for column, field in zip(chosen_columns(with_text=False), schema, strict=True):
            assert (field.name, field.type) == (column.name, types[column.type])
            assert field.metadata[b"meaning"].decode() == column.meaning
            assert field.metadata[b"unit"].decode() == column.unit


@pytest.mark.parametrize("chosen_format", Format)
def test_nobody_stands_in_it(db: sqlite3.Connection, chosen_format: Format) -> None:
    """No Telegram id, no nickname, and nothing typed unless it is asked for."""
    for with_text in (False, True):
        content = exported(db, chosen_format, with_text=with_text)
        if chosen_format is Format.PARQUET:
            content = str(parquet.read_table(io.BytesIO(content)).to_pylist()).encode()
        assert str(TELEGRAM)[:6].encode() not in content
        assert b"Nick" not in content
        for typed in (TYPED, "stray", "I see it otherwise"):
            assert (typed.encode() in content) is with_text, typed


def test_what_stands_and_what_was_first(db: sqlite3.Connection) -> None:
    """A regraded answer has the new grade, and the first one beside it; others have it twice."""
    rows = lines(exported(db, Format.JSONL))
    again = [row for row in rows if row["regraded"]]
    assert again
    for row in again:
        assert (row["score"], row["verdict"], row["graded_by"]) == (1.0, "right", "person")
        assert row["original_score"] < 1
        assert row["regraded_why"] == "decided"
        assert row["settled"] == "accepted"
    for row in rows:
        if not row["regraded"]:
            assert (row["score"], row["verdict"]) == (
                row["original_score"],
                row["original_verdict"],
            )
            assert row["regraded_at"] is None


def test_a_part_of_the_log(db: sqlite3.Connection) -> None:
    """A set and a stretch of time leave out the rest."""
    middle = datetime(2025, 9, 1, tzinfo=UTC)
    everything = lines(exported(db, Format.JSONL))
    for chosen, expected in (
        (Filter(slug="practice"), [row for row in everything if row["set"] == "practice"]),
        (Filter(since=middle), [row for row in everything if row["at"] >= "2025-09-01"]),
        (Filter(until=middle), [row for row in everything if row["at"] < "2025-09-01"]),
    ):
        assert lines(exported(db, Format.JSONL, chosen)) == expected
        assert 0 < len(expected) < SIZE


def test_formulas_are_made_harmless(tmp_path: Path) -> None:
    """What a learner typed does not run in a spreadsheet; JSON keeps it as it was."""
    path = tmp_path / "log.sqlite3"
    write_log(path, 16)
    with connect(path) as db:
        db.execute("""UPDATE answers SET ask = 'reason', said = '{"reason": "=1+1"}'""")
        text = exported(db, Format.CSV, with_text=True).decode()
        assert {row["typed"] for row in csv.DictReader(io.StringIO(text))} == {"'=1+1"}
        assert {row["typed"] for row in lines(exported(db, Format.JSONL, with_text=True))} == {
            "=1+1"
        }


def test_spreadsheets_know_the_encoding_of_a_file(db: sqlite3.Connection) -> None:
    """A file begins with the mark of UTF-8, and what goes to another program does not."""
    few = Filter(learner=2)
    assert exported(db, Format.CSV, few, is_file=True).startswith(b"\xef\xbb\xbfanswer,")
    assert exported(db, Format.CSV, few).startswith(b"answer,")


def test_progress(db: sqlite3.Connection) -> None:
    """It is told after each part how far the export has come, up to the whole."""
    told: list[tuple[int, int]] = []
    done = export(
        db,
        EVERYTHING,
        Format.JSONL,
        io.BytesIO(),
        with_text=False,
        is_file=False,
        progress=lambda *numbers: told.append(numbers),
    )
    assert done == SIZE
    assert told == [(AT_ONCE, SIZE), (SIZE, SIZE)]


def test_parquet_without_its_library(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told in a line what to install."""
    installed = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "pyarrow":
            raise ImportError(name)
        return installed(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(LogError, match=r"pip install 'whosays\[review\]'"):
        exported(db, Format.PARQUET)


def save_half(file: Path, *, force: bool) -> None:
    """Begin to write a file and fail."""
    with saved(file, force=force) as stream:
        stream.write(b"half")
        raise ZeroDivisionError


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """What fails in the middle leaves neither a half file nor a changed one behind."""
    file = tmp_path / "log.csv"
    with pytest.raises(ZeroDivisionError):
        save_half(file, force=False)
    assert [*tmp_path.iterdir()] == []
    with saved(file, force=False) as stream:
        stream.write(b"whole")
        assert not file.exists()
    assert file.read_bytes() == b"whole"
    with pytest.raises(LogError, match="is there already; --force replaces it"):
        saved(file, force=False).__enter__()
    with pytest.raises(ZeroDivisionError):
        save_half(file, force=True)
    with saved(file, force=True) as stream:
        assert file.read_bytes() == b"whole"
        stream.write(b"new")
    assert file.read_bytes() == b"new"
    assert [*tmp_path.iterdir()] == [file]
    with pytest.raises(LogError, match="cannot write"):
        saved(tmp_path / "no" / "such.csv", force=False).__enter__()

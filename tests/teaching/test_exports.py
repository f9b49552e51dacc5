"""Files of results: stable columns, times in ISO 8601, nothing that runs or names anybody."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, Kind
from bot.store.results import Result
from bot.teaching import exports
from bot.teaching.exports import COLUMNS, files
from tests.quiz.builders import NOW, TEXT, span_of
from tests.teaching.answered import result


def rows(*results: Result, ids: dict[int, int] | None = None) -> list[exports.Row]:
    """Return the rows of answers of a class in which learner 1 is called "Owl"."""
    return [*exports.rows(7, results, {1: "Owl"}, lambda _: TEXT, ids)]


def read(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_columns_are_those_that_are_documented() -> None:
    """Both files have the columns in their order; identities only where they were asked for."""
    plain = [name for name in COLUMNS if name != "telegram_id"]
    (row,) = rows(result(1, "a"))
    assert list(row) == plain
    (named,) = rows(result(1, "a"), ids={1: 70})
    assert tuple(named) == COLUMNS
    assert list(read(files([row]).csv)[0]) == plain
    assert tuple(read(files([named], identities=True).csv)[0]) == COLUMNS
    assert all(f"`{name}`" in str(exports.__doc__) for name in COLUMNS)


def test_a_file_without_answers_has_its_columns() -> None:
    """A class that answered nothing gets the header in CSV and no line in JSON Lines."""
    assert files([]).csv.decode("utf-8-sig").strip().split(",")[:3] == ["at", "class", "push"]
    assert files([]).jsonl == b""


def test_who_is_in_a_file() -> None:
    """Learners are numbers with the nickname that they chose; a forgotten one has no identity."""
    first, second = rows(result(1, "a"), result(2, "a"), ids={1: 70})
    assert (first["learner"], first["nickname"], first["telegram_id"]) == (1, "Owl", 70)
    assert (second["learner"], second["nickname"], second["telegram_id"]) == (2, "", None)
    assert read(files([first, second], identities=True).csv)[1]["telegram_id"] == ""


def test_times_are_iso_8601() -> None:
    """A time stamp says its offset, and is read back as the moment that it was."""
    (row,) = rows(result(1, "a"))
    assert datetime.fromisoformat(str(row["at"])) == NOW


# What was asked and said, and how it stands in a file.
WORDS: list[tuple[Ask, Said, str]] = [
    (Ask.KIND, Chosen(Kind.OPINION), "opinion"),
    (Ask.KIND, Passed(), "not sure"),
    (Ask.LOADED, Marked(()), "[]"),
    (Ask.LOADED, Marked((span_of(TEXT, "despot"),), ("tyrant",)), "despot | tyrant"),
    (Ask.REASON, Reasoned("it, „judges“\n him"), "it, „judges“\n him"),
]


@pytest.mark.parametrize(("ask", "said", "words"), WORDS)
def test_what_was_said(ask: Ask, said: Said, words: str) -> None:
    """Every answer stands in words, the same in both files."""
    found = rows(result(1, "a", ask=ask, said=said))
    assert read(files(found).csv)[0]["said"] == words
    assert json.loads(files(found).jsonl)["said"] == words


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(evil: str) -> None:
    """A text that a spreadsheet would run gets a quote in front; JSON keeps it as it is."""
    found = rows(result(1, "a", ask=Ask.REASON, said=Reasoned(evil)))
    assert read(files(found).csv)[0]["said"].startswith("'")
    assert json.loads(files(found).jsonl)["said"] == evil

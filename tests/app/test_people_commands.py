"""Giving roles and making classes from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.settings import load
from bot.store import roles
from bot.store.database import Store
from bot.store.roles import Role
from bot.teaching.invitations import accept
from tests.app.test_commands import whosays
from tests.quiz.builders import NOW


@pytest.mark.parametrize("role", ["operator", "instructor"])
def test_grant_prints_a_code_that_gives_the_role(folder: Path, role: str) -> None:
    """What is printed can be sent to the bot, and its key gives the role once."""
    result = whosays("grant", role)
    assert result.exit_code == 0
    key = result.stdout.split("/claim ")[1].strip()
    with Store(load().database) as store:
        store.write_now(
            lambda db: db.execute("INSERT INTO learners VALUES (7, '2026-01-01T00:00:00+00:00')")
        )
        taken = store.write_now(lambda db: accept(db, key, 7, NOW))
        assert taken is not None
        assert roles.of(store.reader, 7) is Role(role)
        assert store.write_now(lambda db: accept(db, key, 7, NOW)) is None


def test_a_class_from_the_shell(folder: Path) -> None:
    """A class that is made is listed, with its code, as a table and as JSON."""
    assert "no class yet" in whosays("class", "list").stdout
    made = whosays("class", "new", "Class 7b", "--zone", "Europe/Kyiv")
    assert made.exit_code == 0
    (record,) = map(json.loads, whosays("class", "list", "--json").stdout.splitlines())
    assert record["name"] == "Class 7b"
    assert record["zone"] == "Europe/Kyiv"
    assert record["members"] == 0
    assert f"/join {record['code']}" in made.stdout
    assert record["code"] in whosays("class", "list").stdout


BAD = [(("Class", "--zone", "Kyiv"), "Kyiv"), ((" \n ",), "1 to 60"), (("n" * 61,), "1 to 60")]


@pytest.mark.parametrize(("arguments", "why"), BAD)
def test_a_bad_class_is_refused(folder: Path, arguments: tuple[str, ...], why: str) -> None:
    """A name or zone that cannot be used is said to be, and nothing is made."""
    result = whosays("class", "new", *arguments)
    assert result.exit_code == 1
    assert why in result.stderr
    assert "no class yet" in whosays("class", "list").stdout

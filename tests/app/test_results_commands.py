"""`whosays results` and `whosays regrade`: what the chat shows and does, from the shell."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.quiz.labels import Kind
from bot.quiz.values import Question
from bot.settings import DATABASE
from bot.store.database import Store
from bot.teaching.regrades import with_kind
from bot.teaching.settling import rekey
from tests.chat.classroom import number
from tests.chat.taught import chat_of, taught
from tests.quiz.builders import NOW


@pytest.fixture
async def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of a bot whose class called a fact a fact, and an opinion."""
    monkeypatch.setenv("WHOSAYS_DATA", str(tmp_path))
    async with chat_of(tmp_path) as chat:
        room = await taught(chat)
        for pupil, said in zip(room.pupils, ("[Sourced fact]", "[Opinion]"), strict=True):
            await room.play(pupil, said, "[Opinion]")
        assert [number(chat, pupil) for pupil in room.pupils] == [2, 3]
    return tmp_path


def whosays(*words: str, status: int = 0) -> Result:
    """Run a command and check how it ends."""
    result = CliRunner().invoke(main, [*words])
    assert result.exit_code == status, result.output
    return result


def test_learners_and_questions(folder: Path) -> None:
    """Tables show means, discernment, facility and what was said; by learner unless asked."""
    for words in (("7b",), ("1", "--learners"), ("Class 7b",)):
        lines = whosays("results", *words).stdout
        assert "stance: d′ 0.97 (" in lines, "z(2.5 / 3) − z(1.5 / 3)"
        first, second = (line for line in lines.splitlines() if "#" in line)
        assert [cell.strip() for cell in first.split("│")[1:4]] == ["#2", "1.00", "2"]
        assert [cell.strip() for cell in second.split("│")[1:4]] == ["#3", "0.50", "2"]
    by_question = whosays("results", "7b", "--questions").stdout
    assert by_question.index("q0") < by_question.index("q1"), "the hardest comes first"
    assert "sourced_fact 1, opinion 1" in by_question


def test_files(folder: Path, tmp_path: Path) -> None:
    """Both files may be written at once; Telegram ids stand in them when they are asked for."""
    table, lines = tmp_path / "a.csv", tmp_path / "a.jsonl"
    written = whosays("results", "7b", "--csv", str(table), "--jsonl", str(lines))
    assert written.stdout == ""
    rows = [*csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines())]
    assert [json.loads(line)["said"] for line in lines.read_text().splitlines()] == [
        row["said"] for row in rows
    ]
    assert "telegram_id" not in rows[0]
    whosays("results", "7b", "--csv", str(table), "--with-identities")
    named = [*csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines())]
    assert {row["telegram_id"] for row in named} == {"800001", "800002"}


# What is typed, and the one line that says what is wrong with it.
REFUSED = [
    (("results", "8a"), "no class '8a': whosays class list shows them"),
    (("results", "7b", "--csv", "no/such/folder/a.csv"), "cannot write no/such/folder/a.csv"),
    (("regrade", "large"), "there is no set 'large'; there are: little"),
    (("regrade", "large", "--undo"), "there is no set 'large'; there are: little"),
]


@pytest.mark.parametrize(("words", "told"), REFUSED)
def test_what_cannot_be_is_told(folder: Path, words: tuple[str, ...], told: str) -> None:
    """Each slip is told in one line."""
    result = whosays(*words, status=1)
    assert result.stderr.startswith(f"whosays: {told}")
    assert result.stderr.count("\n") == 1


def test_a_name_that_two_classes_have(folder: Path) -> None:
    """It is told which codes tell them apart, and a code does."""
    whosays("class", "new", "Class 7b")
    assert (
        "2 classes are called 'Class 7b': by code 7b, "
        in whosays("results", "Class 7b", status=1).stderr
    )
    whosays("results", "7b")


def test_a_regrade_from_the_shell(folder: Path) -> None:
    """Looking changes nothing; applying adds grades, undoing adds the earlier ones again."""
    assert "0 grades would change" in whosays("regrade", "little").stdout
    with Store(folder / DATABASE) as store:
        store.write_now(lambda db: rekey(db, "little", "q0", _opinion, None, NOW))
    looked = whosays("regrade", "little").stdout
    assert "wrong 0.00" in looked
    assert "right 1.00" in looked
    assert "1 scores would fall and are left" in looked
    assert "2 grades would change" in whosays("regrade", "little", "--may-lower").stdout
    assert regrades(folder) == []
    assert "1 answers have a new grade" in whosays("regrade", "little", "--apply").stdout
    assert regrades(folder) == [("key changed", 2, 1.0)]
    assert "1 answers have their earlier grade" in whosays("regrade", "little", "--undo").stdout
    assert regrades(folder) == [("key changed", 2, 1.0), ("undone", 1, 0.0)]


def _opinion(question: Question) -> Question:
    return with_kind(question, Kind.OPINION)


def regrades(folder: Path) -> list[tuple[str, int, float]]:
    """Return the regrades in the store, the oldest first."""
    with Store(folder / DATABASE) as store:
        rows = store.reader.execute("SELECT why, version, score FROM regrades ORDER BY id")
        return rows.fetchall()

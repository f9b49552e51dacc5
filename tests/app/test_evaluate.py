"""The classifier measured again from the shell, on a handful of the rows that are held out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.reader.card import Figure, load_card
from bot.training import costs
from bot.training import evaluate as evaluating
from bot.training.corpus import Corpus
from bot.training.rows import TEST, load_answers, load_own, usable

FEW = 12


@pytest.fixture(autouse=True)
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a handful of held-out rows to measure on: all of them take a minute."""
    few = Corpus(
        usable(load_own(), TEST)[:FEW],
        [],
        [],
        [*load_answers()[:4], *usable(load_answers(), TEST)[:FEW]],
    )
    monkeypatch.setattr(Corpus, "load", lambda _folder: few)
    monkeypatch.setattr(costs, "_SAMPLE", FEW)


def test_evaluate_prints_every_figure_with_its_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    """`evaluate` shows what was measured as a table: here, to be quick, what the card has."""
    monkeypatch.setattr(evaluating, "evaluate", lambda directory, _: load_card(directory))
    result = CliRunner().invoke(main, ["evaluate"])
    assert result.exit_code == 0
    for words in ("kind accuracy", "reason weighted kappa", "sentence alone", "95 % interval"):
        assert words in result.stdout


def test_evaluate_writes_one_figure_a_line() -> None:
    """`evaluate --json` gives objects in the form of the card's figures."""
    result = CliRunner().invoke(main, ["evaluate", "--json"])
    figures = [Figure.model_validate_json(line) for line in result.stdout.splitlines()]
    assert {one.n for one in figures if one.name == "stance macro-F1" and one.split == TEST} == {
        FEW
    }
    assert all(
        set(json.loads(line)) >= {"name", "split", "n"} for line in result.stdout.splitlines()
    )


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """`--data` takes a folder; another path is a mistake of whoever typed it."""
    result = CliRunner().invoke(main, ["evaluate", "--data", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "none" in result.stderr

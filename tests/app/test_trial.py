"""`whosays evaluate --on`: a model on an operator's own labels, from the shell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.reader.directories import bert, tables, write

FACT, OPINION = "The office said that exports fell.", "This shameful budget will ruin us."
LINES: list[dict[str, Any]] = [
    {"text": FACT, "kind": "sourced_fact", "loaded": []},
    {"text": OPINION, "stance": "opinion", "source": "none", "loaded": ["shameful", "ruin"]},
    {"text": "Exports fell in March.", "stance": "opinion", "id": 3},
    {
        "context": FACT,
        "target": FACT,
        "kind": "sourced_fact",
        "answer": "because it names the office",
        "label": "good",
    },
    {"target": FACT, "kind": "sourced_fact", "answer": "I just feel so", "label": "good"},
]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Write a tiny model that knows the words above."""
    return write(tmp_path / "model")


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """Write the labelled lines."""
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in LINES), encoding="utf-8")
    return path


def evaluate(*arguments: object, given: str | None = None) -> Result:
    """Type the command."""
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)], input=given)


def test_every_figure_is_shown_and_what_is_not_measured_is_told(model: Path, labels: Path) -> None:
    """Figures with their intervals on standard output, notes on standard error."""
    shown = evaluate("--on", labels, "--model", model)
    assert shown.exit_code == 0, shown.stderr
    words = ("macro F1", "weighted kappa", "off called good", "character F1", "calibration error")
    for word in (*words[:2], *words[3:], "95 % interval", "ms a sentence", "called opinion"):
        assert word in shown.stdout
    assert "an impression" in shown.stdout
    assert shown.stderr == "whosays: ignored fields: id\n"


def test_json_has_one_object_a_line(model: Path, labels: Path) -> None:
    """Figures, labels, confusion; three sentences have a stance, two of them as labelled."""
    shown = evaluate("--on", labels, "--model", model, "--json")
    found = [json.loads(line) for line in shown.stdout.splitlines()]
    (stance,) = (one for one in found if (one["head"], one.get("figure")) == ("stance", "accuracy"))
    assert (stance["n"], stance["value"]) == (3, 0.6667)
    assert stance["low"] < 0.6667 < stance["high"]
    (table,) = (one for one in found if one["head"] == "reason" and "confusion" in one)
    assert table["confusion"] == {"good": {"good": 1, "off": 1}}


def test_what_was_missed_is_written_for_looking_at(
    model: Path, labels: Path, tmp_path: Path
) -> None:
    """Each miss has its line, head, label, what was said, and the text."""
    missed = tmp_path / "missed.jsonl"
    evaluate("--on", labels, "--model", model, "--errors", missed)
    found = [json.loads(line) for line in missed.read_text(encoding="utf-8").splitlines()]
    assert [(one["line"], one["head"], one["expected"], one["found"]) for one in found] == [
        (3, "stance", "opinion", "claim"),
        (5, "reason", "good", "off"),
    ]
    assert found[0]["text"] == "Exports fell in March."
    assert found[1]["answer"] == "I just feel so"


def test_the_installed_model_is_measured_beside_another(model: Path, labels: Path) -> None:
    """`--beside` alone is the installed one, and few lines tell nothing apart."""
    shown = evaluate("--on", labels, "--model", model, "--beside")
    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout.splitlines()[-1].startswith("On these 5 lines tiny-1 and ")
    assert shown.stdout.splitlines()[-1].endswith("cannot be told apart.")


def test_a_worse_model_is_called_worse(model: Path, tmp_path: Path) -> None:
    """Twenty clear opinions show that a model takes none for one; the misses show both."""
    other = write(tmp_path / "deaf", made=tables(bert(), opinion=-8.0), version="deaf-1")
    lines = "\n".join(
        json.dumps({"text": f"This shameful budget will ruin us {n}.", "stance": "opinion"})
        for n in range(20)
    )
    missed = tmp_path / "missed.jsonl"
    told = ("--on", "-", "--model", other, "--beside", model)
    shown = evaluate(*told, "--errors", missed, "--json", given=lines)
    assert json.loads(shown.stdout.splitlines()[-1]) == {
        "verdict": "worse",
        "sentence": "On these 20 lines deaf-1 is worse than tiny-1 at stances.",
    }
    first = json.loads(missed.read_text(encoding="utf-8").splitlines()[0])
    assert (first["found"], first["beside"]) == ("claim", "opinion")


def test_the_model_of_the_settings_is_measured(
    model: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`WHOSAYS_MODEL` is what is measured unless `--model` names another."""
    monkeypatch.setenv("WHOSAYS_MODEL", str(model))
    assert "tiny-1 on" in evaluate("--on", labels).stdout


def test_a_model_that_judges_no_reasons_is_measured_on_the_rest(
    tmp_path: Path, labels: Path
) -> None:
    """What is left out is told; a file of reasons alone leaves nothing."""
    made = tables(bert())
    del made["reason"]
    model = write(tmp_path / "older", made=made, reason_labels=None)
    shown = evaluate("--on", labels, "--model", model)
    assert shown.exit_code == 0
    assert "tiny-1 judges no reasons: 2 lines are left out" in shown.stderr
    assert "kappa" not in shown.stdout
    beside = evaluate("--on", labels, "--model", model, "--beside", write(tmp_path / "newer"))
    assert beside.stdout.splitlines()[-1].startswith("On these 3 lines ")
    nothing = evaluate("--on", "-", "--model", model, given=json.dumps(LINES[4]))
    assert nothing.exit_code == 1
    assert "holds reasons only" in nothing.stderr


REFUSED: list[tuple[str, list[str], int, list[str]]] = [
    ("no such file", ["--on", "none.jsonl"], 2, ["none.jsonl"]),
    ("no such model", ["--on", "labels.jsonl", "--model", "none"], 1, ["none: is no directory"]),
    ("a broken file", ["--on", "broken.jsonl"], 1, ["line 1, `stance`", "line 2, `text`"]),
    (
        "errors over the labels",
        ["--on", "labels.jsonl", "--errors", "labels.jsonl"],
        1,
        ["another"],
    ),
    (
        "errors nowhere",
        ["--on", "labels.jsonl", "--errors", "no/e.jsonl"],
        1,
        ["cannot be written"],
    ),
    ("beside nothing", ["--beside"], 2, ["need --on"]),
    ("errors of nothing", ["--errors", "e.jsonl"], 2, ["need --on"]),
    ("both corpora", ["--on", "labels.jsonl", "--data", "."], 2, ["--data"]),
]


@pytest.mark.parametrize(
    ("what", "arguments", "status", "words"), REFUSED, ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_measured_is_told(
    labels: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    arguments: list[str],
    status: int,
    words: list[str],
) -> None:
    """Nothing is half measured: not a figure is shown, and the labels stay as they were."""
    monkeypatch.chdir(labels.parent)
    Path("broken.jsonl").write_text('{"text": "x", "stance": 1}\n{"stance": "claim"}')
    before = labels.read_bytes()
    shown = evaluate(*arguments)
    assert shown.exit_code == status
    assert shown.stdout == ""
    for word in words:
        assert word in shown.stderr
    assert labels.read_bytes() == before

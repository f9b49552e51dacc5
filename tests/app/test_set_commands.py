"""The commands for quiz-set files: checking and converting them, the schema and the template."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.sets import json_schema, read_file
from bot.sets.template import template

from .test_commands import SEEDS, whosays

ENDINGS = ["yml", "csv", "jsonl", "gift", "h5p", "txt"]

BROKEN = "set: A B\ntitle: T\nquestions: []\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with one good set and one broken one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_bytes((SEEDS / "practice.yaml").read_bytes())
    (tmp_path / "broken.yaml").write_text(BROKEN)
    return tmp_path


@pytest.mark.parametrize("ending", ENDINGS)
def test_converting(folder: Path, ending: str) -> None:
    """`sets convert` writes the format of the ending, and tells what it leaves out."""
    out = f"out.{ending}"
    result = whosays("sets", "convert", "good.yaml", out)
    assert (result.exit_code, result.stdout) == (0, "")
    whole, _ = read_file((folder / "good.yaml").read_bytes(), "good.yaml")
    back, _ = read_file((folder / out).read_bytes(), out)
    assert back.slug == whole.slug
    assert (back == whole) == (result.stderr == "")
    for line in result.stderr.splitlines():
        assert line.startswith(f"{out}: note: ")
    checked = whosays("sets", "check", out)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.startswith(f"{out}: Practice passages\n")


def test_converting_a_broken_file(folder: Path) -> None:
    """Of a broken file every error is told, and nothing is written."""
    result = whosays("sets", "convert", "broken.yaml", "out.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "broken.yaml: line 1, `set`: found `A B`" in result.stderr
    assert result.stderr.count("broken.yaml: ") >= 3
    assert not (folder / "out.csv").exists()


def test_never_overwriting(folder: Path) -> None:
    """A file that is there stays as it is without `--force`, and is replaced with it."""
    (folder / "out.csv").write_text("mine")
    result = whosays("sets", "convert", "good.yaml", "out.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "whosays: out.csv is there already; --force replaces it\n"
    assert (folder / "out.csv").read_text() == "mine"
    assert whosays("sets", "convert", "good.yaml", "out.csv", "--force").exit_code == 0
    assert whosays("sets", "check", "out.csv").exit_code == 0


@pytest.mark.parametrize("out", ["out.doc", "out", "nowhere/out.csv"])
def test_converting_to_nothing(folder: Path, out: str) -> None:
    """An ending that names no format, or a folder that is not there, ends with one line."""
    result = whosays("sets", "convert", "good.yaml", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert out in result.stderr
    assert result.stderr.count("\n") == 1


def test_checking_many_formats(folder: Path) -> None:
    """`sets check` takes every format, names the file in each error, and passes the good ones."""
    (folder / "a.csv").write_text("id,passage,ask\none,It rained.,sort\n")
    (folder / "b.gift").write_text("Rain? {=fact ~opinion}\n")
    (folder / "c.h5p").write_bytes(b"PK")
    result = whosays("sets", "check", "a.csv", "good.yaml", "b.gift", "c.h5p")
    assert result.exit_code == 1
    assert result.stdout.startswith("good.yaml: Practice passages\n")
    assert "a.csv: line 2, `ask` of question `one`: found `sort`, allowed: kind" in result.stderr
    assert "b.gift: line 1, `kind` of question `q1`: found `fact`, allowed: so" in result.stderr
    assert "c.h5p: found a broken archive" in result.stderr


def test_checking_what_is_assumed(folder: Path) -> None:
    """What a foreign file does not state is told beside the report."""
    (folder / "rain.gift").write_text("::r::Rain fell. {=opinion ~sourced fact #### So it is.}\n")
    result = whosays("sets", "check", "rain.gift")
    assert result.exit_code == 0
    assert "rain.gift: note: `set`: not stated in the file, taken as `rain`" in result.stderr


def test_the_schema() -> None:
    """`sets schema` prints the schema as JSON."""
    result = whosays("sets", "schema")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == json_schema()


def test_the_template() -> None:
    """`sets template` prints the very bytes of the template."""
    result = whosays("sets", "template")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == template()


ARTICLE = """Houses sold

The council sold forty houses last year, its treasurer Ann Ode told the paper on Monday.

It is a shameful circus, and nobody who voted for it should ever be trusted with a key again.

A bridge across the river was closed for repairs in March and will open again in the autumn.
"""


def test_a_draft_is_a_set_that_passes_the_check(folder: Path) -> None:
    """What `draft` prints can be checked and published as it is; a second time nothing is new."""
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    drafted = whosays("sets", "draft", "article.txt", "--author", "Ann Author", "--size", "3")
    assert drafted.exit_code == 0
    assert "title: Houses sold" in drafted.stdout
    assert "author: Ann Author" in drafted.stdout
    assert drafted.stdout.count("# s00") == drafted.stdout.count("- id: s00") == 3
    assert drafted.stderr.splitlines() == [
        "article.txt: the title is taken to be `Houses sold`; --title states another",
        "article.txt: where is it from? Please state --publisher, --date, --url",
    ]
    (folder / "draft.yaml").write_text(drafted.stdout, encoding="utf-8")
    assert whosays("sets", "check", "draft.yaml").exit_code == 0
    published = whosays("sets", "publish", "draft.yaml", "--unlisted")
    assert "version 1" in published.stdout
    again = whosays("sets", "publish", "draft.yaml", "--unlisted")
    assert "version 1\n  new: none\n  changed: none\n  gone: none" in again.stdout


def test_a_draft_that_says_where_it_is_from(folder: Path) -> None:
    """With all options nothing is asked for, and the set says what was stated."""
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    stated = {
        "title": "Sold",
        "author": "Ann",
        "publisher": "The Paper",
        "date": "2026-01-31",
        "url": "https://paper.example/sold",
    }
    options = [word for name, text in stated.items() for word in (f"--{name}", text)]
    result = whosays("sets", "draft", "article.txt", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    quiz_set, _ = read_file(result.stdout_bytes, "draft.yaml")
    assert {name: getattr(quiz_set.source, name) for name in stated} == stated


def test_a_draft_of_a_foreign_text(folder: Path) -> None:
    """A text that is not English has its keys left to a person, and is a sound set."""
    text = "Der Rat der Stadt hat im vergangenen Jahr vierzig Häuser verkauft, und das ist viel."
    (folder / "rat.md").write_text(text, encoding="utf-8")
    result = whosays("sets", "draft", "rat.md", "--language", "de")
    assert result.exit_code == 0
    assert "does not seem to be English; every key is left to you" in result.stderr
    assert "# s001: not read; LOOK CLOSELY: not english" in result.stdout
    quiz_set, _ = read_file(result.stdout_bytes, "draft.yaml")
    assert quiz_set.language == "de"
    assert [question.key for question in quiz_set.questions] == [None]


WRONG = [
    ("--date", "31/1/2026", "`date`: found `31/1/2026`, allowed: YYYY-MM-DD"),
    ("--url", "paper", "`url`: found `paper`, allowed: an address"),
    ("--title", "x" * 300, "`title`: found 300 characters, allowed: at most 200"),
    ("--author", "a\nb", "`author`: found"),
    ("--language", "English", "`language`: found `English`, allowed: two small letters"),
]


@pytest.mark.parametrize(("option", "text", "why"), WRONG)
def test_options_that_no_set_could_hold(folder: Path, option: str, text: str, why: str) -> None:
    """A field that `sets check` would refuse is refused at once, and nothing is printed."""
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    result = whosays("sets", "draft", "article.txt", option, text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert why in result.stderr


UNREAD = [
    ("a.txt", "", "no text"),
    ("a.exe", "x", "txt, md"),
    ("a.txt", "Heading\n\nHere.", "no running text"),
]


@pytest.mark.parametrize(("name", "text", "why"), UNREAD)
def test_what_cannot_be_drafted(folder: Path, name: str, text: str, why: str) -> None:
    """A file without an article is told on standard error, with exit status 1."""
    (folder / name).write_text(text, encoding="utf-8")
    result = whosays("sets", "draft", name)
    assert result.exit_code == 1
    assert why in result.stderr
    assert not result.stdout

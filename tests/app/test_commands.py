"""The commands of the shell: what they print, where, and with which exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from structlog.testing import capture_logs

from bot.app.resources import resources
from bot.cli import main
from bot.operate.pulse import beat, last_beat, rest
from bot.reader.card import load_card

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ_"
SEEDS = Path(__file__).parents[2] / "seeds"


def whosays(*arguments: str, typed: str | bytes = "") -> Result:
    """Run a command in this process."""
    result = CliRunner().invoke(main, arguments, input=typed, prog_name="whosays")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every command's words, those of groups too."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


COMMANDS = [*commands(main)]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_itself(words: tuple[str, ...], option: str) -> None:
    """The help of every command is a sentence, and each of its options has one too."""
    result = whosays(*words, option)
    assert result.exit_code == 0
    usage, explained, *_ = result.stdout.split("\n\n")
    assert usage.startswith("Usage: ")
    first = explained.strip()
    assert first[0].isupper()
    assert first.endswith(".")


def test_all_commands_are_here() -> None:
    """The commands that the documents name exist."""
    named = {"play", "run", "doctor", "backup", "restore", "read", "judge", "evaluate", "log"}
    assert named <= {words[0] for words in COMMANDS if len(words) == 1}
    assert ("sets", "check") in COMMANDS


def options() -> Iterator[tuple[str, click.Option]]:
    """Yield every option of every command."""
    for words in COMMANDS:
        command: click.Command = main
        for word in words:
            assert isinstance(command, click.Group)
            command = command.commands[word]
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield " ".join(words), parameter


def test_every_option_explains_itself() -> None:
    """No option stands in a help text without saying what it does."""
    silent = [(words, option.name) for words, option in options() if not option.help]
    assert silent == []


def test_the_version() -> None:
    """`--version` prints the version."""
    assert whosays("--version").stdout.startswith("whosays, version 0.")


# What the token is set to, and the one line that is printed.
NO_TOKEN = [
    (None, "whosays: WHOSAYS_TOKEN is not set: ask @BotFather for a token"),
    ("   ", "whosays: WHOSAYS_TOKEN is not set"),
    ("secret-but-short", "whosays: WHOSAYS_TOKEN is malformed: a token is digits, a colon and"),
    (f"{TOKEN}!", "whosays: WHOSAYS_TOKEN is malformed"),
]


@pytest.mark.parametrize(("token", "told"), NO_TOKEN)
def test_running_without_a_token(
    folder: Path, monkeypatch: pytest.MonkeyPatch, token: str | None, told: str
) -> None:
    """Without a token that could be one `run` ends with status 2 and one line, and no trace."""
    if token is not None:
        monkeypatch.setenv("WHOSAYS_TOKEN", token)
    result = whosays("run")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1
    assert not (token and token.strip()) or token not in result.stderr
    assert not (folder / "data").exists()


@pytest.mark.parametrize("command", ["run", "play", "log", "doctor", "read"])
def test_a_malformed_setting_stops_every_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """A setting that cannot be used ends any command with status 2 and a line that names it."""
    (folder / ".env").write_text("WHOSAYS_ROUND_SIZE=lots")
    monkeypatch.setenv("WHOSAYS_TOKEN", TOKEN)
    result = whosays(command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "whosays: WHOSAYS_ROUND_SIZE is 'lots': a number from 1 to 50\n"


def test_a_data_folder_that_cannot_be(folder: Path) -> None:
    """Where the data folder is a file, the command says so in one line."""
    (folder / "data").write_text("I am a file")
    result = whosays("log")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"whosays: cannot open the database {folder}/data/")
    assert result.stderr.count("\n") == 1


def test_an_empty_log(folder: Path) -> None:
    """A log without rows says so, and as JSON prints nothing."""
    assert whosays("log").stdout == "The score log is empty.\n"
    assert whosays("log", "--json").stdout == ""
    assert whosays("log", "--open").stdout == "The score log is empty.\n"
    assert whosays("log", "--open", "--json").stdout == ""


def test_the_sign_of_life(folder: Path) -> None:
    """A beat is a sign of life until a rest; where none can be left, that is logged."""
    with capture_logs() as logged:
        beat(folder / "nowhere")
    assert [line["event"] for line in logged] == ["no sign of life can be left"]
    (folder / "data").mkdir()
    beat(folder / "data")
    assert last_beat(folder / "data") == pytest.approx(0, abs=5)
    rest(folder / "data")
    rest(folder / "data")
    assert last_beat(folder / "data") is None


def test_reading_a_text(folder: Path) -> None:
    """`read` prints each sentence of a text under its kind, from a pipe or from a file."""
    text = "Rain fell on Monday, the weather office said. The despot is a disgrace."
    result = whosays("read", typed=text)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "Rain fell on Monday, the weather office said." in lines
    assert "The despot is a disgrace." in lines
    heads = [line for line in lines if "source" in line]
    assert len(heads) == 2
    assert all(" %  " in head for head in heads)
    (folder / "text.txt").write_text(text, encoding="utf-8")
    assert whosays("read", "text.txt").stdout == result.stdout


def test_reading_lines(folder: Path) -> None:
    """`read --jsonl` answers each line with one object, a broken line with what is wrong."""
    text = "The despot 😀 spoke on Monday."
    lines = [
        json.dumps({"text": text}, ensure_ascii=False),
        "not json",
        json.dumps({"text": "He said so.", "context": "The mayor spoke. He said so."}),
        json.dumps({"context": "no text"}),
    ]
    result = whosays("read", "--jsonl", typed="\n".join(lines))
    assert result.exit_code == 0
    first, second, third, fourth = (json.loads(line) for line in result.stdout.splitlines())
    for record in (first, third):
        assert {"kind", "stance", "p_opinion", "source", "p_source", "loaded", "sure", "model"} <= (
            record.keys()
        )
        assert set(record["p_source"]) == {"named", "vague", "none"}
        assert sum(record["p_source"].values()) == pytest.approx(1, abs=0.001)
        assert 0 <= record["p_opinion"] <= 1
    for start, end, p in first["loaded"]:
        assert text[start:end] == text[start:end].strip() != ""
        assert 0 <= p <= 1
    assert second["error"].startswith("line 2: not JSON")
    assert fourth["error"].startswith('line 4: "text" is missing')


def test_reading_what_is_no_text(folder: Path) -> None:
    """Bytes that are no UTF-8 are read as far as they go."""
    result = whosays("read", typed=b"The \xff man spoke on Monday.")
    assert result.exit_code == 0
    assert "man spoke on Monday." in result.stdout


def test_judging_lines(folder: Path) -> None:
    """`judge --jsonl` answers each line with one object, or says that the model cannot judge."""
    asked = {
        "context": "Rain fell on Monday, the weather office said.",
        "target": "Rain fell on Monday, the weather office said.",
        "kind": "sourced_fact",
        "answer": "the weather office said it 😀",
    }
    lines = [json.dumps(asked), "not json", json.dumps(asked | {"answer": ""}, ensure_ascii=False)]
    result = whosays("judge", "--jsonl", typed="\n".join(lines))
    card = load_card(resources("reader") / "model")
    if not card.reason_labels:
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"whosays: model {card.version} cannot judge reasons\n"
        return
    assert result.exit_code == 0
    first, second, third = (json.loads(line) for line in result.stdout.splitlines())
    for record in (first, third):
        assert {"label", "p", "sure", "missing", "model"} <= record.keys()
        assert set(record["p"]) == {"good", "partly", "off"}
        assert sum(record["p"].values()) == pytest.approx(1, abs=0.001)
        assert record["label"] in record["p"]
    assert second["error"].startswith("line 2: not JSON")
    (folder / "reasons.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert whosays("judge", "--jsonl", "reasons.jsonl").stdout == result.stdout


def test_judging_a_plain_text(folder: Path) -> None:
    """A reason cannot be judged without its passage, so `judge` says how it takes both."""
    result = whosays("judge", typed="the weather office said it")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--jsonl" in result.stderr


def test_checking_good_sets(folder: Path) -> None:
    """`sets check` prints of each good file what it can balance."""
    files = sorted(map(str, SEEDS.glob("*.yaml")))
    result = whosays("sets", "check", *files)
    assert (result.exit_code, result.stderr) == (0, "")
    for file in files:
        assert f"{file}: " in result.stdout
    assert result.stdout.count("\n  ") > 3 * len(files)


def test_checking_broken_sets(folder: Path) -> None:
    """Of broken files every error is printed with file, line and field; good ones still pass."""
    (folder / "broken.yaml").write_text("set: A B\ntitle: T\nquestions: []\n")
    good = str(SEEDS / "practice.yaml")
    result = whosays("sets", "check", "broken.yaml", good)
    assert result.exit_code == 1
    assert f"{good}: " in result.stdout
    assert "broken.yaml: line 1, `set`: " in result.stderr
    assert result.stderr.count("broken.yaml: ") >= 3
    assert "Traceback" not in result.stderr


def test_checking_nothing(folder: Path) -> None:
    """Without a file, or with one that is not there, `sets check` says how it is used."""
    for arguments in ((), ("nowhere.yaml",)):
        result = whosays("sets", "check", *arguments)
        assert result.exit_code == 2
        assert "Usage: " in result.stderr

"""The self-check of the classifier, of what Telegram says, of clock and zones; and its shape."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest
from rich.console import Console

from bot.operate.doctor import State, machine, model, print_lines, telegram
from bot.operate.doctor.lines import failing, ok
from bot.operate.doctor.telegram import BACKLOG, SKEW, Reply
from bot.quiz.labels import Kind
from bot.reader.reader import MODEL_DIRECTORY
from tests.quiz.builders import NOW

ME = Reply(200, {"username": "who_says_bot"}, date=NOW)
URL = "https://bot.example/hook"


def test_the_installed_model_is_well() -> None:
    """The model that comes with the bot has its card and reads plain sentences as they are."""
    assert [(line.what, line.state) for line in model.check(MODEL_DIRECTORY)] == [
        ("model", State.OK),
        ("self-test", State.OK),
    ]


def _card_gone(directory: Path) -> None:
    (directory / "card.json").unlink()


def _weights_cut(directory: Path) -> None:
    weights = directory / "model.onnx"
    weights.write_bytes(weights.read_bytes()[:1_000_000])


def _tokenizer_broken(directory: Path) -> None:
    (directory / "tokenizer.json").write_text("{")


@pytest.mark.parametrize("break_it", [_card_gone, _weights_cut, _tokenizer_broken, shutil.rmtree])
def test_a_broken_model(tmp_path: Path, break_it: Callable[[Path], None]) -> None:
    """A model with a part missing or spoilt fails, in one line that names the file."""
    directory = tmp_path / "model"
    shutil.copytree(MODEL_DIRECTORY, directory)
    break_it(directory)
    last = [*model.check(directory)][-1]
    assert (last.what, last.state) == ("model", State.FAILING)
    assert str(directory) in last.found
    assert "WHOSAYS_MODEL" in last.advice


def test_a_model_that_misreads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that takes something plain for what it is not is told, and works."""
    monkeypatch.setattr(model, "PLAIN", ((model.PLAIN[0][0], Kind.OPINION),))
    last = [*model.check(MODEL_DIRECTORY)][-1]
    assert (last.what, last.state) == ("self-test", State.WARNING)
    assert "opinion as sourced_fact" in last.found


# What getMe was answered with, how the token then is, and part of what is found.
TOKENS = [
    (ME, State.OK, "@who_says_bot"),
    (Reply(401), State.FAILING, "rejects"),
    (Reply(404), State.FAILING, "rejects"),
    (Reply(0, description="ClientConnectorError"), State.FAILING, "ClientConnectorError"),
    (Reply(502), State.FAILING, "502"),
]


@pytest.mark.parametrize(("reply", "state", "found"), TOKENS)
def test_the_token(reply: Reply, state: State, found: str) -> None:
    """A token that is refused and a Telegram that cannot be reached are told apart."""
    line = telegram.token(reply)
    assert line.state is state
    assert found in line.found
    assert bool(line.advice) == (state is not State.OK)


# What getWebhookInfo was answered with, the webhook of the settings, and the lines there are.
WAYS = [
    ({"url": ""}, "", [("polling", State.OK)]),
    ({"url": URL}, "", [("polling", State.WARNING)]),
    ({"url": URL}, URL, [("webhook", State.OK)]),
    ({"url": ""}, URL, [("webhook", State.WARNING)]),
    ({"url": f"{URL}/other"}, URL, [("webhook", State.WARNING)]),
    ({"url": URL, "last_error_message": "SSL error"}, URL, [("webhook", State.WARNING)]),
    (
        {"url": "", "pending_update_count": BACKLOG},
        "",
        [("polling", State.OK), ("waiting", State.WARNING)],
    ),
]


@pytest.mark.parametrize(("result", "url", "expected"), WAYS)
def test_the_way_in(result: dict[str, object], url: str, expected: list[object]) -> None:
    """What is set at Telegram is held against the settings, with errors and a backlog told."""
    lines = [*telegram.way_in(Reply(200, result), url)]
    assert [(line.what, line.state) for line in lines] == expected


def test_the_way_in_of_a_silent_telegram() -> None:
    """Where Telegram did not answer, nothing is said twice."""
    assert [*telegram.way_in(Reply(0), "")] == []


# How far the clock is ahead of Telegram's, how it then is, and part of what is found.
CLOCKS = [
    (timedelta(), State.OK, "as Telegram's"),
    (SKEW, State.OK, "as Telegram's"),
    (2 * SKEW, State.WARNING, "120 s ahead of"),
    (-2 * SKEW, State.WARNING, "120 s behind"),
]


@pytest.mark.parametrize(("off", "state", "found"), CLOCKS)
def test_the_clock(off: timedelta, state: State, found: str) -> None:
    """A clock that is off by more than a minute is worth a warning."""
    line = telegram.clock(ME, NOW + off)
    assert line.state is state
    assert found in line.found


def test_a_clock_that_cannot_be_compared() -> None:
    """Without an answer of Telegram's the clock is shown and not praised."""
    assert telegram.clock(Reply(0), NOW).state is State.WARNING


def test_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without time zone data is told to get them."""
    assert machine.zones(NOW).state is State.OK

    def unknown(key: str) -> None:
        raise ZoneInfoNotFoundError(key)

    monkeypatch.setattr(machine, "ZoneInfo", unknown)
    line = machine.zones(NOW)
    assert line.state is State.FAILING
    assert "tzdata" in line.advice


def test_lines_are_shown_with_their_advice() -> None:
    """A table has a row per line, the advice under it; markup in what was found is plain text."""
    out = io.StringIO()
    lines = [ok("one", "[bold]fine[/]"), failing("two", "broken", "mend it")]
    print_lines(Console(file=out, width=80), lines)
    shown = [row.split() for row in out.getvalue().splitlines()]
    assert shown == [
        ["ok", "one", "[bold]fine[/]"],
        ["failing", "two", "broken"],
        ["→", "mend", "it"],
    ]
    assert json.loads(json.dumps(lines[1].record())) == {
        "what": "two",
        "state": "failing",
        "found": "broken",
        "advice": "mend it",
    }

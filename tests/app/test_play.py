"""`whosays play` from a pipe: whole processes, as a shell starts them."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer

import pytest
from click.testing import CliRunner

from bot.app.resources import now
from bot.chat import says
from bot.cli import main
from bot.store import arrivals, inbox, log
from bot.store.database import Store
from bot.teaching.library import Library
from bot.texts import Markup
from tests.app.processes import PATIENCE, WHOSAYS, environment, whosays
from tests.chat.sets import BUDGET, RAIN, asks, asks_loaded, seeds

WORST = "This is the worst budget of all times."
SHOP = "The shop opens at nine."
MAYOR = "The mayor said that the bridge is closed."
TREES = "Everybody knows that trees are friendly."

SIX = seeds(
    asks(),
    asks(passage=WORST, kind="opinion"),
    asks_loaded(),
    asks("loaded", SHOP, kind="unsourced_claim"),
    asks("reason", MAYOR, reason=["the mayor said it"]),
    asks("reason", TREES, kind="opinion", reason=["nobody can measure friendliness"]),
)

# The passage of a question, the line typed, and what the verdict says; all three types. No
# key knows a reason in another language, and no machine is sure of one.
LINES = {
    RAIN: ("1", "✅ *Right.* The sentence is *a sourced fact*."),
    WORST: ("sourced fact", "❌ *Not this time.* The sentence is *an opinion*."),
    BUDGET: ("> circus act", "🟡 *Partly.*"),
    SHOP: ("Nothing loaded", "✅ *Right.*"),
    MAYOR: ("the mayor said it", "You named what decides it: the mayor said it"),
    TREES: ("Das kann doch niemand messen oder belegen.", "🤝 *Accepted.*"),
}


def played(data: Path) -> tuple[int, str]:
    """Play a round as somebody would who reads each question; return exit status and transcript."""
    with Store(data / "whosays.sqlite3") as store:
        Library(store).publish(SIX, now())
    process = subprocess.Popen(  # noqa: S603 - our own command
        [WHOSAYS, "play", "--set", "little"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment(data),
        cwd=data,
    )
    watch = Timer(PATIENCE, process.kill)
    watch.start()
    shown = ""
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            shown += line
            if line.startswith("[1]") and not re.search("Next|How did|Another", line):
                question = shown[shown.rindex(" of 6*") :]
                (answer,) = [typed for passage, (typed, _) in LINES.items() if passage in question]
                process.stdin.write(f"{answer}\n")
                process.stdin.flush()
    watch.cancel()
    return process.returncode, shown


def test_a_whole_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round of all three types, right and wrong, ends by itself with its score, and is logged."""
    status, shown = played(tmp_path)
    assert status == 0, shown
    assert "Here we go: 6 questions." in shown
    for passage, (_, verdict) in LINES.items():
        assert passage in shown
        assert verdict in shown
    for words in (
        "🏁 *Round finished.* 4.5 of 6 points.",
        "Kinds: 1 of 2 right",
        "Loaded words: 1 found, 1 missed, 0 marked that are not",
        "Reasons: 1 of 2 hit the point, 1 put aside for a person",
    ):
        assert words in shown
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOSAYS_DATA", str(tmp_path))
    check_log()


def check_log() -> None:
    """Check that the log prints one line per answer, as objects and as a table."""
    result = CliRunner().invoke(main, ["log", "--last", "10", "--json"])
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    verdicts = sorted((row["question"], row["verdict"], row["graded_by"]) for row in rows)
    assert verdicts == [
        ("q0", "right", "key"),
        ("q1", "wrong", "key"),
        ("q2", "partly", "key"),
        ("q3", "right", "key"),
        ("q4", "right", "key"),
        ("q5", "unsure", "reader"),
    ]
    assert all(row["seconds"] >= 0 for row in rows)
    # A model without a head for reasons judges none.
    assert all(row["model_version"] for row in rows if row["ask"] != "reason")
    said = {row["question"]: row["said"] for row in rows}
    assert said["q2"] == {"marked": [[4, 14]], "words": ["circus act"], "strays": []}
    assert said["q5"] == {"reason": LINES[TREES][0]}
    assert waiting() == ["q5"]
    (disputed,) = [row for row in rows if row["question"] == "q1"]
    with Store(Path("whosays.sqlite3")) as store:
        place = (disputed["learner"], disputed["round"], disputed["position"])
        store.write_now(lambda db: log.dispute(db, *place, now()))
    assert waiting() == sorted(["q1", "q5"], key=[row["question"] for row in rows].index)
    table = CliRunner().invoke(main, ["log", "--last", "2"]).stdout.splitlines()
    assert [line.split()[0] for line in table[1:]] == [row["at"][:10] for row in rows[-2:]]


def waiting() -> list[str]:
    """Return the questions whose rows `log --open` prints: what waits for a person."""
    result = CliRunner().invoke(main, ["log", "--open", "--json"])
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert all(row["verdict"] == "unsure" or row["disputed"] for row in rows)
    return [row["question"] for row in rows]


def test_piped_rounds(tmp_path: Path) -> None:
    """The same seed gives the same transcript, even side by side; input may end in the middle."""
    data = tmp_path / "data"
    run = ("play", "--seed", "7", "--size", "3")
    with ThreadPoolExecutor(2) as pool:
        first, again = pool.map(lambda typed: whosays(data, *run, typed=typed), ["1\n", "1\n"])
    assert [first.returncode, again.returncode] == [0, 0]
    assert [first.stderr, again.stderr] == ["", ""]
    assert first.stdout == again.stdout
    assert "1 of 3" in first.stdout
    assert "🏁 *Round ended after 1 of 3.*" in first.stdout


def leave_behind(db: sqlite3.Connection) -> None:
    """Leave in the inbox what a bot on Telegram did not come to: an answer, and an update."""
    unhandled = {"update_id": 41, "message": "whatever"}
    arrivals.keep(db, [{"update_id": 40}, unhandled], now())
    inbox.done(db, 1, [says.send(77, Markup("for somebody on Telegram"))], now())


def test_empty_input_beside_a_bot_on_telegram(tmp_path: Path) -> None:
    """With nothing to read the round is ended, and a bot on the same data misses nothing of its."""
    data = tmp_path / "data"
    with Store(data / "whosays.sqlite3") as store:
        store.write_now(leave_behind)
    result = whosays(data, "play")
    assert (result.returncode, result.stderr) == (0, "")
    assert "*1 of 8*" in result.stdout
    assert "🏁 *Round ended.* No question was answered." in result.stdout
    with Store(data / "whosays.sqlite3") as store:
        assert [unsent.number for unsent in inbox.unsent(store.reader)] == [1]
        assert [update["message"] for update in inbox.unhandled(store.reader)] == ["whatever"]
        coming = [{"update_id": number} for number in range(42, 142)]
        assert len(store.write_now(lambda db: arrivals.keep(db, coming, now())).updates) == 100


AN_ARTICLE = (
    f"{MAYOR} It will open in May.\n\n{WORST} Nobody who made it should be trusted again.\n"
)


def test_an_instructor_plays_from_a_pipe(tmp_path: Path) -> None:
    """`--as instructor` makes a class, drafts an article that is sent, and publishes it."""
    article = tmp_path / "budget.txt"
    article.write_text(AN_ARTICLE, encoding="utf-8")
    lines = [
        "/class new Class 7b",
        f"< {article}",
        "look through them",
        *["keep it"] * 3,
        "publish for my classes",
        "/results",
    ]
    result = whosays(tmp_path / "data", "play", "--as", "instructor", typed="\n".join(lines))
    assert result.returncode == 0, result.stderr
    for said in (
        "*Class 7b* is made",
        "and propose the questions below",
        "Question 2 of",
        "Nobody in “Class 7b”",
    ):
        assert said in " ".join(result.stdout.split())
    with Store(tmp_path / "data" / "whosays.sqlite3") as store:
        assert any(one.title == "budget" for one in Library(store).everything())


def test_playing_as_a_learner_teaches_nothing(tmp_path: Path) -> None:
    """Without the option whoever plays is a learner, also on data where they were an instructor."""
    whosays(tmp_path, "play", "--as", "instructor", typed="/class new Class 7b\n")
    result = whosays(tmp_path, "play", typed="/class new Another\n")
    assert "making classes is for instructors" in " ".join(result.stdout.split())

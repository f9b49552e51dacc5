"""What the score log says as a whole, counted from a few rows whose figures are known."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot.errors import LogError
from bot.operate.statistics import draw, print_statistics, to_record
from bot.operate.statistics.counting import FEWEST, statistics
from bot.operate.statistics.figures import Active, Agreement, Hard, Over, Statistics, Times
from bot.quiz.discernment import Axis, Counts, discern
from bot.quiz.labels import Ask, Verdict
from bot.store.moments import to_text
from bot.store.tallies import Row, Short
from tests.quiz.builders import NOW

PLAIN = Short(
    ask="kind",
    verdict="right",
    first="right",
    graded_by="key",
    expected="opinion",
    said='{"kind": "opinion"}',
    borderline=0,
    model_label="opinion",
    model_version="m-1",
    named=0,
    over=0,
)
LOADED = PLAIN._replace(ask="loaded", expected="", said="")
REASON = LOADED._replace(ask="reason", model_label="good", named=1)
WRONG = PLAIN._replace(verdict="wrong", first="wrong", expected="sourced_fact")
DAY = timedelta(days=1)


def row(
    learner: int, question: str, short: Short, score: float = 1.0, *, ago: timedelta = DAY,
    tenths: int | None = 20,
) -> Row:  # fmt: skip
    """Return a short row as the store gives it."""
    return (learner, to_text(NOW - ago), "set", question, score, tenths, *short)


def count(*rows: Row, disputes: dict[str, int] | None = None) -> Statistics:
    """Count rows; today began half a day ago."""
    return statistics(rows, disputes or {}, NOW, NOW - DAY / 2)


def test_who_was_active() -> None:
    """Learners count by their last answer: today, in seven days, ever."""
    found = count(
        row(1, "a", PLAIN, ago=9 * DAY),
        row(1, "b", PLAIN, ago=DAY / 4),
        row(2, "a", PLAIN, ago=6 * DAY),
        row(3, "a", PLAIN, ago=7 * DAY),
        row(4, "a", PLAIN, ago=8 * DAY),
    )
    assert found.active == Active(today=1, week=3, ever=4)
    assert (found.answers, [*found.days.values()]) == (5, [1, 1, 1, 1, 1])


def test_verdicts_and_doubts() -> None:
    """Verdicts that stand are counted by type; doubts by the first grade, whoever settled them."""
    settled = REASON._replace(first="unsure", graded_by="person")
    open_ = REASON._replace(first="unsure", verdict="unsure")
    found = count(row(1, "a", PLAIN), row(1, "b", settled), row(1, "c", open_))
    assert found.verdicts["kind"]["right"] == 1
    assert (found.verdicts["reason"]["right"], found.verdicts["reason"]["unsure"]) == (1, 1)
    assert found.unsure == 2
    assert {*found.verdicts} == {*Ask}
    assert {*found.verdicts["loaded"]} == {*Verdict}


AGREEMENTS: list[tuple[Short, dict[str, Agreement]]] = [
    (PLAIN, {"opinion": Agreement(1, 1)}),
    (WRONG, {"sourced_fact": Agreement(1, 0)}),
    (PLAIN._replace(model_label=""), {}),
    (PLAIN._replace(graded_by="reader"), {}),
    (PLAIN._replace(graded_by="person"), {}),
    (LOADED, {}),
    (REASON, {}),
]


@pytest.mark.parametrize(("short", "agreement"), AGREEMENTS)
def test_the_machine_against_the_key(short: Short, agreement: dict[str, Agreement]) -> None:
    """They are compared where a key graded a kind, and the machine read one."""
    assert count(row(1, "a", short)).agreement == agreement


def test_the_machine_against_named_points() -> None:
    """A reason that names a point of the key should be judged good."""
    off = REASON._replace(model_label="off")
    other = REASON._replace(named=0, model_label="off")
    unread = REASON._replace(model_label="")
    shorts = (REASON, REASON, off, other, unread)
    found = count(*(row(1, str(n), short) for n, short in enumerate(shorts)))
    assert found.named == Agreement(3, 2)


def test_words_marked_beyond() -> None:
    """Answers with words beyond the loaded ones, and those words, are counted of what asks them."""
    found = count(row(1, "a", LOADED._replace(over=3)), row(1, "b", LOADED), row(2, "c", PLAIN))
    assert found.over == Over(answers=2, with_over=1, words=3)


def test_times() -> None:
    """The median and the 90th percentile are by the nearest rank; unknown times are none."""
    found = count(
        *(row(1, str(n), PLAIN, tenths=10 * n) for n in range(1, 11)),
        row(1, "unknown", PLAIN, tenths=None),
        row(1, "one", LOADED, tenths=7),
    )
    assert found.times == {"kind": Times(10, 5.0, 9.0), "loaded": Times(1, 0.7, 0.7)}


def test_first_answers_alone_tell_of_skill_and_hardness() -> None:
    """A second answer to the same counts nowhere but among the answers, also 500 rows later."""
    others = [row(1, f"other-{n}", PLAIN) for n in range(600)]
    again = [row(1, "q", PLAIN), row(1, "q", PLAIN)]
    rows = [row(1, "q", WRONG, 0.0), *others, *again]
    rows += [row(learner, "q", WRONG, 0.0) for learner in range(2, FEWEST + 1)]
    found = count(*rows)
    assert found.hardest[0] == Hard("set", "q", "kind", FEWEST, 0.0)
    assert len(found.hardest) == 1, "of the others there are too few answers"
    counts = Counts(signals=600, hits=600, others=FEWEST, false_alarms=FEWEST)
    assert found.discernment[Axis.STANCE] == discern(counts)
    assert found.answers == 603 + FEWEST - 1


# Answers that say nothing about how somebody tells kinds apart.
SILENT = [
    PLAIN._replace(said='{"passed": true}', verdict="passed"),
    PLAIN._replace(borderline=1),
    PLAIN._replace(verdict="unsure"),
    PLAIN._replace(verdict="late"),
    PLAIN._replace(expected=""),
    LOADED,
    REASON,
]


@pytest.mark.parametrize("short", SILENT)
def test_what_discernment_leaves_out(short: Short) -> None:
    """It counts what `/score` counts, and nothing where one of the classes is missing."""
    fact = PLAIN._replace(expected="sourced_fact", said='{"kind": "sourced_fact"}')
    assert count(row(1, "a", PLAIN), row(1, "b", fact)).discernment.keys() == {*Axis}
    assert count(row(1, "a", short), row(1, "b", fact)).discernment == {}


def printed(found: Statistics) -> list[str]:
    """Return the lines that are printed."""
    console = Console(width=200, file=io.StringIO())
    with console.capture() as screen:
        print_statistics(console, found)
    return [line.rstrip() for line in screen.get().splitlines()]


def rows_of_all_kinds() -> Iterable[Row]:
    """Return rows that give every table of the figures something to show."""
    for learner in range(1, 9):
        yield row(learner, "[bold]a", WRONG, 0.0)
        yield row(learner, "b", PLAIN)
        yield row(learner, "c", LOADED._replace(over=learner % 2))
        yield row(learner, "d", REASON)


def test_the_tables() -> None:
    """Figures stand under their names, shares in percent, and nothing is taken for markup."""
    lines = printed(count(*rows_of_all_kinds(), disputes={"": 1, "upheld": 1}))
    assert lines[:5] == [
        "learners          0 today, 8 in the last 7 days, 8 in all",
        "answers           32",
        "machine not sure  0.0 % (0)",
        "disputed          6.2 % (1 waiting, 1 upheld)",
        "marked too much   50.0 % of the answers about words, 0.50 words each",
    ]
    (kinds,) = (line.split() for line in lines if line.startswith("kind ") and line.endswith(" 16"))
    assert kinds == ["kind", "50.0", "%", "–", "50.0", "%", "–", "–", "–", "–", "16"]
    assert any(line.split() == ["set", "[bold]a", "kind", "8", "0.00"] for line in lines)


def test_an_empty_log() -> None:
    """There is nothing to print, and still a record and a picture."""
    assert printed(count()) == ["No answers were given."]
    assert to_record(count())["answers"] == 0


@pytest.mark.parametrize("rows", [(), [*rows_of_all_kinds()]], ids=["empty", "full"])
def test_the_picture(tmp_path: Path, rows: Iterable[Row]) -> None:
    """It is a PNG of a size that a screen shows, whatever there is to draw."""
    file = tmp_path / "log.png"
    draw(file, count(*rows))
    content = file.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert [int.from_bytes(content[at : at + 4]) for at in (16, 20)] == [1440, 960]
    with pytest.raises(LogError, match="cannot write"):
        draw(tmp_path / "no" / "folder.png", count())


def test_the_record() -> None:
    """All figures stand in it by their names, in types that JSON has."""
    record = to_record(count(*rows_of_all_kinds(), disputes={"": 2, "accepted": 1}))
    assert json.loads(json.dumps(record)) == record
    assert record["disputes"] == {"waiting": 2, "settled": {"accepted": 1}}
    assert record["confusion"] == [
        {"key": "opinion", "machine": "opinion", "answers": 8},
        {"key": "sourced_fact", "machine": "opinion", "answers": 8},
    ]
    assert record["models"] == {"m-1": 32}

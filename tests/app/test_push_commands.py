"""`whosays push`: the shell writes, and the running bot sends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.quiz.labels import Kind
from bot.quiz.options import Feedback, Options, Order
from bot.settings import DATABASE
from bot.store import learners, pushes
from bot.store.classes import Class
from bot.store.database import Store
from bot.store.pushes import PushState
from bot.teaching.classes import create
from bot.teaching.library import Library
from tests.chat.classroom import ARRIVES, TWO, Classroom, classroom
from tests.chat.dialogs import START, Chat


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of a bot with one set and one class."""
    monkeypatch.setenv("WHOSAYS_DATA", str(tmp_path))
    with Store(tmp_path / DATABASE) as store:
        Library(store).publish(TWO, START)
        teacher = store.write_now(lambda db: learners.enrol(db, 1, START))
        made = Class(0, "7b", "code", "Asia/Tokyo")
        store.write_now(lambda db: create(db, made, teacher, START))
    return tmp_path


def whosays(*words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def test_a_push_is_written_with_all_its_options(folder: Path) -> None:
    """Each option of the command ends up in the push, which waits for its time."""
    result = whosays(
        *("push", "little", "7b", "--at", "in 2 hours", "--deadline", "in 3 days"),
        *("--remind", "24", "--kind", "opinion", "--kind", "sourced_fact", "--deferred"),
        *("--first-counts", "--over-marking-is-free", "--seconds", "30", "--fixed", "--size", "5"),
    )
    assert result.exit_code == 0, result.stderr
    assert 'push 1: "A little set" to 7b (0 learners)' in result.stdout
    with Store(folder / DATABASE) as store:
        push = pushes.load(store.reader, 1)
    assert push is not None
    assert push.state is PushState.WAITING
    assert push.options == Options(
        kinds=(Kind.OPINION, Kind.SOURCED_FACT),
        feedback=Feedback.DEFERRED,
        retry=False,
        over_costs=False,
        seconds=30,
        order=Order.FIXED,
        size=5,
    )
    assert push.send_at is not None
    assert push.deadline is not None
    assert push.remind_at is not None
    assert (push.deadline - push.send_at).total_seconds() == pytest.approx(70 * 3600, abs=1)
    assert (push.deadline - push.remind_at).total_seconds() == 24 * 3600


REFUSED = [
    (("other", "7b"), "there is no set 'other'; there are: little"),
    (("little", "8a"), "0 classes are called '8a'; by code there are: code (7b)"),
    (("little", "code", "--at", "soonish"), "--at 'soonish' is no time such as"),
    (("little", "code", "--at", "2020-01-01 9:00"), "is over already (it is"),
    (("little", "code", "--remind", "3"), "--remind needs a --deadline"),
    (("little", "1", "--at", "in 3 days", "--deadline", "in 2 days"), "deadline has to come after"),
]


@pytest.mark.parametrize(("words", "told"), REFUSED)
def test_what_cannot_be_is_told(folder: Path, words: tuple[str, ...], told: str) -> None:
    """Each slip is told in one line, with what there is, and nothing is written."""
    result = whosays("push", *words)
    assert result.exit_code == 1
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Nothing was pushed yet." in whosays("push", "list").stdout


def test_pushes_are_listed_and_stopped(folder: Path) -> None:
    """The list shows the state of each push; one that waits can be stopped, once."""
    whosays("push", "little", "code", "--at", "in 2 hours")
    assert "waiting" in whosays("push", "list").stdout
    assert whosays("push", "cancel", "1").exit_code == 0
    assert "cancelled" in whosays("push", "list").stdout
    assert "push 1 is through" in whosays("push", "cancel", "1").stderr
    assert "there is no push 7" in whosays("push", "cancel", "7").stderr


async def test_the_running_bot_sends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the shell wrote is sent by the bot, and shown to who leads the class."""
    monkeypatch.setenv("WHOSAYS_DATA", str(tmp_path))
    async with Chat(tmp_path, TWO) as chat:
        room: Classroom = await classroom(chat)
        result = CliRunner().invoke(main, ["push", "little", "7b"])
        assert result.exit_code == 0, result.stderr
        chat.clock.moment = chat.clock.moment.replace(year=2030)
        await room.passes(seconds=1)
        assert [room.seen(pupil) for pupil in room.pupils] == [[ARRIVES], [ARRIVES]]
        assert "Sent: 2 of 2" in chat.messages()[-1].text

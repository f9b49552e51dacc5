"""What a log holds at INFO: a line for every update, and nobody's words, name or number."""

from __future__ import annotations

import json
import logging
import sqlite3
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.local.faults import ApiError
from bot.operate import logs
from bot.quiz import rounds
from bot.teaching.readings import Readings
from tests.chat.classroom import TWO, classroom, sent
from tests.chat.dialogs import LEARNER, Chat, verify
from tests.chat.people import new_class
from tests.chat.sets import asks, files, quiz_set, seeds

TOKEN = "123456:stand-in"
TYPED, NICKNAME, FILE = "secretly-typed", "secret-nickname", "secret-file-name"
SECRETS = (TYPED, NICKNAME, FILE, TOKEN, "stand-in", str(LEARNER), "Somebody", "800001")

Lines = list[dict[str, Any]]
Logged = Callable[..., StringIO]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Logged]:
    """Return what lets the log go into a text, until the test ends."""
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level

    def configure(level: str = "INFO", *, as_json: bool = True) -> StringIO:
        stream = StringIO()
        monkeypatch.setattr(sys, "stderr", stream)
        logs.configure(level, as_json=as_json, secret=TOKEN)
        return stream

    yield configure
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: StringIO) -> Lines:
    """Return the lines of a log in JSON."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fails(*_: object) -> None:
    """Raise what quotes the learner, as an error of any library might."""
    raise LookupError(f"cannot grade {TYPED!r} of {LEARNER}")


async def whole_dialogue(folder: Path) -> None:
    """Say every secret where it belongs and where it does not; let things go wrong."""
    async with Chat(
        folder,
        files(quiz_set(asks(), asks(kind="opinion")), quiz_set(asks("reason"), slug="reasons")),
    ) as chat:
        room = await classroom(chat)
        pupil = room.pupils[0]
        await sent(room)
        await verify(chat, [("/join nothing-like-" + TYPED, ()), (TYPED, ()), (f"/{TYPED}", ())])
        await verify(chat, [("/quiz reasons", "1 of 1"), (TYPED, ()), ("[I disagree]", ())])
        await verify(chat, [(TYPED, "put that beside it")])
        code = await new_class(chat, chat.person, NICKNAME)
        await verify(chat, [(f"/join {code}", NICKNAME), ("[Choose a nickname]", ())], pupil)
        await verify(chat, [(NICKNAME, NICKNAME)], pupil)
        await chat.answer_to(lambda: chat.telegram.attach(chat.person, f"{FILE}.yaml", b"x: ["))
        await chat.answer_to(
            lambda: chat.telegram.attach(chat.person, f"{FILE}.txt", TYPED.encode() * 9)
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rounds, "answer", fails)
            patch.setattr(Readings, "_judge", fails)
            await verify(chat, [("/quiz reasons", "1 of 1"), (TYPED, "Something went wrong")])
        await chat.arrive("message", {"message_id": TYPED, "from": LEARNER})
        await chat.arrive("message", {**chat.message(TYPED), "date": NICKNAME})
        chat.telegram.block(pupil)
        chat.telegram.refuse_next("sendMessage", ApiError(400, "Bad Request: chat not found"))
        await chat.say("/help")
        await chat.bot.watch.look()


@pytest.mark.parametrize("as_json", [True, False])
async def test_nobody_is_in_the_log(tmp_path: Path, logged: Logged, as_json: bool) -> None:
    """At INFO a whole dialogue, failures included, leaves no words, names, numbers or token."""
    stream = logged(as_json=as_json)
    await whole_dialogue(tmp_path)
    text = stream.getvalue()
    assert text.count("update handled") > 12
    assert text.count(logs.WITHHELD) >= 2
    assert "LookupError" in text
    assert "update cannot be parsed" in text
    assert "push carried" in text
    assert [secret for secret in SECRETS if secret in text] == []


async def test_words_are_shown_to_who_looks_for_a_fault(tmp_path: Path, logged: Logged) -> None:
    """At DEBUG an error has its text, which may quote; the token is never there."""
    stream = logged("DEBUG")
    async with Chat(tmp_path, seeds(asks())) as chat:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rounds, "answer", fails)
            await verify(chat, [("/quiz", "1 of 1"), ("Opinion", "Something went wrong")])
    (failed,) = [line for line in lines(stream) if line["event"] == "update failed"]
    assert f"cannot grade '{TYPED}'" in failed["exception"]
    assert TOKEN not in stream.getvalue()


async def test_a_line_for_every_update(tmp_path: Path, logged: Logged) -> None:
    """Each handled update has one line: what it was, what came of it, and how long that took."""
    stream = logged()
    async with Chat(tmp_path, seeds(asks())) as chat:
        await verify(chat, [("/quiz", "1 of 1"), ("[Opinion]", "Not this time"), ("hm", ())])
        await chat.answer_to(lambda: chat.telegram.attach(chat.person, "x.txt", b"x"))
        await chat.arrive("message", {**chat.message("x"), "from": None, "text": None})
    handled = [line for line in lines(stream) if line["event"] == "update handled"]
    assert [(line["what"], line["outcome"]) for line in handled] == [
        ("command", "answered"),
        ("answer", "answered"),
        ("text", "answered"),
        ("document", "answered"),
        ("other", "silent"),
    ]
    for line in handled:
        assert line["ms"] > 0
        assert line["sending_ms"] >= 0
        assert ("grading_ms" in line) == (line["what"] == "answer")
        assert line["level"] == "info"
    assert len({line["trace"] for line in handled}) == len(handled)


async def test_one_id_through_handling_grading_and_sending(tmp_path: Path, logged: Logged) -> None:
    """All that is logged while an update is handled, in threads too, has the id of that update."""
    stream = logged()

    def warns(*_: object) -> None:
        logging.getLogger("a.library").warning("read in a thread")

    async with Chat(tmp_path, seeds(asks("reason"))) as chat:
        await chat.say("/quiz")
        stream.truncate(0)
        stream.seek(0)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Readings, "_judge", warns)
            chat.telegram.refuse_next("sendMessage", ApiError(400, "Bad Request: no such chat"))
            await chat.say("for no reason of the key")
        await chat.say("/help")
    found = lines(stream)
    events = [line["event"] for line in found]
    assert events == ["read in a thread", "call refused", "update handled", "update handled"]
    first, second, third, other = (line["trace"] for line in found)
    assert first == second == third != other
    assert first.startswith(f"{found[2]['update_id']}-")
    assert str(LEARNER) not in first


async def test_one_id_for_each_round_of_a_push(tmp_path: Path, logged: Logged) -> None:
    """What is logged while a push goes out has an id of its own, another one each round."""
    stream = logged()
    async with Chat(tmp_path, TWO) as chat:
        room = await classroom(chat)
        await sent(room)
        await sent(room)
    carried = [line for line in lines(stream) if line["event"] == "push carried"]
    assert [(line["errand"], line["count"]) for line in carried] == [("set", 2), ("set", 2)]
    assert len({line["trace"] for line in carried}) == 2
    assert all(line["trace"].startswith("push-") for line in carried)
    assert "trace" not in structlog.contextvars.get_contextvars()


# Errors, and what is told of each while an update is handled.
ERRORS: list[tuple[Exception, str]] = [
    (ValueError(TYPED), f"ValueError: {logs.WITHHELD}"),
    (sqlite3.OperationalError("disk I/O error"), "OperationalError: disk I/O error"),
    (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
]


@pytest.mark.parametrize(("error", "told"), ERRORS)
def test_errors_tell_what_cannot_quote(logged: Logged, error: Exception, told: str) -> None:
    """Errors of disk and database have their texts, others only type and place, causes too."""
    stream = logged()
    with structlog.contextvars.bound_contextvars(trace="x"):
        try:
            try:
                raise error
            except Exception as cause:
                raise RuntimeError(TYPED) from cause
        except RuntimeError:
            structlog.get_logger().exception("failed")
    (line,) = lines(stream)
    assert told in line["exception"]
    assert line["exception"].index(told) < line["exception"].index("RuntimeError: ")
    assert "raise RuntimeError(TYPED) from cause" in line["exception"]
    assert TYPED not in stream.getvalue()

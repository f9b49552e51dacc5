"""Answers that do not get through: tried again, in order, and a question is never asked twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.chat import outbox
from bot.local.faults import ApiError
from bot.store import inbox
from bot.store.calls import Call, dump, load
from tests.chat.dialogs import Chat, Without, check, not_now, verify
from tests.chat.sets import asks, seeds

UNAUTHORIZED = ApiError(401, "Unauthorized")
BAD_GATEWAY = ApiError(502, "Bad Gateway")
CUT_OFF = "The connection broke just as I asked question"
SHOW = "Show me the question"
TWO = seeds(asks(), asks())


class Outage:
    """Lets time pass only where it is told to, and keeps everything from arriving until then."""

    def __init__(self) -> None:
        self.over = asyncio.Event()
        self.waits: list[float] = []

    async def pause(self, seconds: float) -> None:
        """Wait for the end of the outage where somebody waits to send what is left."""
        self.waits.append(seconds)
        await (self.over.wait() if seconds > outbox.FIRST / 2 else asyncio.sleep(0))


async def until(condition: Callable[[], bool]) -> None:
    """Return when a condition holds, which others bring about."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - the stand-in has nothing to wait for
            await asyncio.sleep(0.002)


async def test_what_is_left_comes_when_telegram_is_back(tmp_path: Path) -> None:
    """Answers that could not be sent come while the bot runs, in their order, before any others."""
    outage = Outage()
    async with Chat(tmp_path, TWO, pause=outage.pause) as chat:
        await chat.say("/start")
        seen = len(chat.messages())
        for said in ("/help", "/privacy"):
            chat.telegram.refuse_next("sendMessage", UNAUTHORIZED)
            assert not await chat.say(said)
        assert len(inbox.unsent(chat.bot.store.reader)) == 2
        outage.over.set()
        await until(lambda: not chat.waits())
        first, second = chat.messages()[seen:]
        check(first.text, "What I can do")
        check(second.text, "What is kept")
        await verify(chat, [("/help", "What I can do")])


async def test_what_is_said_next_comes_after_what_is_left(tmp_path: Path) -> None:
    """While something is left, the answer to what is said next stands behind it."""
    async with Chat(tmp_path, TWO, pause=not_now) as chat:
        chat.telegram.refuse_next("sendMessage", UNAUTHORIZED)
        assert not await chat.say("/privacy")
        await verify(chat, [("/help", ("What is kept", "What I can do"))])
        first, second = chat.messages()
        check(first.text, "What is kept")
        check(second.text, "What I can do")
        assert not chat.waits()


async def test_others_do_not_wait_for_a_chat_with_something_left(tmp_path: Path) -> None:
    """What is left for one person holds up nobody else."""
    async with Chat(tmp_path, TWO, pause=not_now) as chat:
        chat.telegram.refuse_next("sendMessage", UNAUTHORIZED)
        assert not await chat.say("/privacy")
        ben = chat.telegram.user(77, "Ben")
        await verify(chat, [("/help", "What I can do")], ben)
        assert chat.waits()


async def test_what_can_never_be_sent_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that Telegram fails at again and again, while it takes others, ends up in the log.

    What stands behind it then comes.
    """
    monkeypatch.setattr(outbox, "HOPELESS", 2)
    async with Chat(tmp_path, TWO) as chat:
        call = chat.telegram.call

        def down(name: str, *args: Any) -> object:
            if name == "sendMessage":
                chat.bot._sender.arrived += 1  # somebody else was answered meanwhile
                raise BAD_GATEWAY
            return call(name, *args)

        monkeypatch.setattr(chat.telegram, "call", down)
        with capture_logs() as logs:
            assert not await chat.say("/privacy")
            await until(lambda: "answer given up" in [line["event"] for line in logs])
        monkeypatch.setattr(chat.telegram, "call", call)
        await verify(chat, [("/help", ("What I can do", Without("What is kept")))])


async def test_a_question_whose_fate_nobody_knows(tmp_path: Path) -> None:
    """After a bad gateway no question is sent again; a press shows it to who does not see it."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time.")])
        chat.telegram.refuse_next("sendMessage", BAD_GATEWAY)
        await verify(chat, [("[Next ▶]", (f"{CUT_OFF} 2 of 2", Without("What kind")))])
        await verify(
            chat, [(f"[{SHOW}]", ("2 of 2", "What kind")), ("[Sourced fact]", ("2 of 2", "Right."))]
        )
        assert [row["position"] for row in chat.rows()] == [0, 1]


async def test_a_question_that_did_arrive_after_all(tmp_path: Path) -> None:
    """Where the question is there beside the line, both copies lead to one answer, and no error."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time.")])
        with losing_a_reply(chat, "sendMessage"):
            await verify(chat, [("[Next ▶]", ("2 of 2", "What kind", CUT_OFF))])
        (older,) = [m for m in chat.messages() if "What kind" in m.text]
        await verify(chat, [(f"[{SHOW}]", ("2 of 2", "What kind"))])
        newer = chat.messages()[-1]
        check(await chat.press(older, "Sourced fact"), "Right.")
        check(await chat.press(newer, "Opinion"), "That one is answered already.")
        check(await chat.press(older, "Opinion"), "That one is answered already.")
        check(await chat.say(f"[{SHOW}]"), "Round finished.")
        assert [row["score"] for row in chat.rows()] == [0.0, 1.0]
        assert not chat.failures()


async def test_words_to_a_question_that_did_arrive(tmp_path: Path) -> None:
    """Typed words answer it, and take no buttons from the question before."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time.")])
        before = chat.asking().id
        with losing_a_reply(chat, "sendMessage"):
            await verify(chat, [("[Next ▶]", CUT_OFF)])
        await verify(chat, [("sourced fact", "Right.")])
        (verdict,) = [message for message in chat.messages() if message.id == before]
        assert [button.text for button in verdict.buttons] == ["I disagree"]


async def test_a_question_being_sent_when_the_bot_died(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the next start no question comes that may be there already, but the way to it does."""

    async def die(*_: object) -> bool:
        return False

    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "1 of 2")])
        monkeypatch.setattr(chat.bot._outbox, "send", die)
        await verify(chat, [("[Next ▶]", Without("What kind"))])
    async with Chat(tmp_path, TWO, after=chat) as later:
        check(later.messages()[-1].text, (CUT_OFF, Without("What kind")))
        assert not later.waits()
        await verify(later, [(f"[{SHOW}]", ("2 of 2", "What kind")), ("[Sourced fact]", "Right.")])


async def test_a_question_that_was_left_is_asked_at_the_next_start(tmp_path: Path) -> None:
    """A question that certainly did not arrive comes itself, at the next start as well."""
    async with Chat(tmp_path, TWO, pause=not_now) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "1 of 2")])
        chat.telegram.refuse_next("sendMessage", UNAUTHORIZED)
        await verify(chat, [("[Next ▶]", Without("What kind"))])
    async with Chat(tmp_path, TWO, after=chat) as later:
        check(later.messages()[-1].text, ("2 of 2", "What kind"))
        await verify(later, [("[Sourced fact]", "Right.")])


def test_what_an_older_version_kept_is_read() -> None:
    """Calls that were stored before there was anything to send instead are sent as they are."""
    call_ = {"method": "sendMessage", "params": {"chat_id": 7}, "files": {"a": ["b", "Yw=="]}}
    old = json.dumps([call_ | {"remember": [1, 0]}])
    (call,) = load(old)
    assert (call.method, call.remember, call.instead) == ("sendMessage", (1, 0), None)
    assert call.files["a"].content == b"c"


@pytest.mark.parametrize("held", [True, False])
def test_what_was_not_sent_is_kept_as_it_is(held: bool) -> None:
    """Calls that nobody is sending come back as they were; of others, what they name instead."""
    line = Call("sendMessage", {"chat_id": 7, "text": "Do you see it?"})
    calls = (Call("sendMessage", {"chat_id": 7}, remember=(1, 0), instead=line), line)
    assert load(dump(calls, held=held)) == (calls if held else (line, line))


@contextmanager
def losing_a_reply(chat: Chat, method: str) -> Iterator[None]:
    """Let the next call of a method have its effect, and answer that the gateway is bad."""
    call = chat.telegram.call
    with pytest.MonkeyPatch.context() as patch:

        def lossy(name: str, *args: Any) -> object:
            result = call(name, *args)
            if name == method:
                patch.setattr(chat.telegram, "call", call)
                raise BAD_GATEWAY
            return result

        patch.setattr(chat.telegram, "call", lossy)
        yield

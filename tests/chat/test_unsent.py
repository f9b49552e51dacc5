"""Answers that do not get through: tried again, in order, and a question is never asked twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

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
TWO = seeds(asks(), asks(kind="opinion"))


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
    async with asyncio.timeout(5):
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
        assert not (await chat.say("/help")).index("What is kept")
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
    async with Chat(tmp_path, TWO, pause=not_now) as chat:
        ben = chat.telegram.user(77, "Ben")

        async def fail() -> str:
            for _ in range(20):
                chat.telegram.refuse_next("sendMessage", BAD_GATEWAY)
            answer = await chat.say("/privacy")
            chat.telegram._refusals.clear()
            return answer

        sender, deliver = chat.bot._sender, chat.bot._sender.deliver

        async def beside(calls: list[Call]) -> object:
            try:
                return await deliver(calls)
            finally:
                sender.arrived += 1

        assert not await fail()
        monkeypatch.setattr(sender, "deliver", beside)
        with capture_logs() as logs:
            assert not await fail()
            await fail()
        assert "answer given up" in [line["event"] for line in logs]
        await verify(chat, [("/help", "What I can do")], ben)


async def test_a_question_whose_fate_nobody_knows(tmp_path: Path) -> None:
    """After a bad gateway no question is sent again; a press shows it to who does not see it."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/start", "Who says?")])
        chat.telegram.refuse_next("sendMessage", ApiError(401, ""))  # lets the opening be left
        chat.telegram._refusals.clear()
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time.")])
        chat.telegram.refuse_next("sendMessage", BAD_GATEWAY)
        await verify(chat, [("[Next ▶]", (f"{CUT_OFF} 2 of 2", Without("What kind")))])
        await verify(
            chat, [(f"[{SHOW}]", ("2 of 2", "What kind")), ("[Opinion]", ("2 of 2", "Right."))]
        )
        assert [row["position"] for row in chat.rows()] == [0, 1]


async def test_a_question_that_did_arrive_after_all(tmp_path: Path) -> None:
    """Where the question is there beside the line, both copies lead to one answer, and no error."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time.")])
        lose_reply(chat, "sendMessage")
        await verify(chat, [("[Next ▶]", ("2 of 2", "What kind", CUT_OFF))])
        (older,) = [m for m in chat.messages() if "What kind" in m.text]
        await verify(chat, [(f"[{SHOW}]", ("2 of 2", "What kind"))])
        newer = chat.messages()[-1]
        check(await chat.press(older, "Opinion"), "Right.")
        check(await chat.press(newer, "Sourced fact"), "That one is answered already.")
        check(await chat.press(older, "Opinion"), "That one is answered already.")
        check(await chat.say(f"[{SHOW}]"), "That round is over.")
        assert [row["score"] for row in chat.rows()] == [0.0, 1.0]
        assert not chat.failures()


async def test_words_to_a_question_that_did_arrive(tmp_path: Path) -> None:
    """Typed words answer it, and take no buttons from the question before."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time.")])
        before = chat.asking().id
        lose_reply(chat, "sendMessage")
        await verify(chat, [("[Next ▶]", CUT_OFF), ("opinion", "Right.")])
        (verdict,) = [message for message in chat.messages() if message.id == before]
        assert [button.text for button in verdict.buttons] == ["I disagree"]


async def test_a_question_being_sent_when_the_bot_died(tmp_path: Path) -> None:
    """At the next start no question comes that may be there already, but the way to it does."""
    async with Chat(tmp_path, TWO) as chat:
        await verify(chat, [("/quiz", "1 of 2")])
        asked = [call for call in sent(chat, "sendMessage") if call.remember][-1]
        await verify(chat, [("[Opinion]", "1 of 2"), ("[Next ▶]", "2 of 2")])
        update_id = 424_242_424
        chat.bot.store.write_now(
            lambda db: db.execute(
                "INSERT INTO inbox (update_id, received_at, done_at, chat_id, replies)"
                " VALUES (?, '2026', '2026', ?, ?)",
                (update_id, chat.person.id, dump([asked])),
            )
        )
    seen = len(chat.messages())
    async with Chat(tmp_path, TWO, after=chat) as later:
        (line,) = later.messages()[seen:]
        check(line.text, CUT_OFF)
        assert not later.waits()
        await verify(later, [(f"[{SHOW}]", ("2 of 2", "What kind")), ("[Opinion]", "Right.")])


async def test_a_question_that_was_left_is_asked_at_the_next_start(tmp_path: Path) -> None:
    """A question that certainly did not arrive comes itself, at the next start as well."""
    async with Chat(tmp_path, TWO, pause=not_now) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "1 of 2")])
        chat.telegram.refuse_next("sendMessage", UNAUTHORIZED)
        await verify(chat, [("[Next ▶]", Without("What kind"))])
    async with Chat(tmp_path, TWO, after=chat) as later:
        check(later.messages()[-1].text, ("2 of 2", "What kind"))
        await verify(later, [("[Opinion]", "Right.")])


def test_what_an_older_version_kept_is_read() -> None:
    """Calls that were stored before there was anything to send instead are sent as they are."""
    old = '[{"method":"sendMessage","params":{"chat_id":7},"files":{"a":["b","Yw=="]},"remember":[1,0]}]'
    (call,) = load(old)
    assert (call.method, call.remember, call.instead) == ("sendMessage", (1, 0), None)
    assert call.files["a"].content == b"c"


@pytest.mark.parametrize("held", [True, False])
def test_what_was_not_sent_is_kept_as_it_is(held: bool) -> None:
    """Calls that nobody is sending come back as they were; of others, what they name instead."""
    line = Call("sendMessage", {"chat_id": 7, "text": "Do you see it?"})
    calls = (Call("sendMessage", {"chat_id": 7}, remember=(1, 0), instead=line), line)
    assert load(dump(calls, held=held)) == (calls if held else (line, line))


def lose_reply(chat: Chat, method: str) -> None:
    """Let the next call of a method have its effect, and answer that the gateway is bad."""
    call = chat.telegram.call

    def lossy(name: str, *args: object) -> object:
        result = call(name, *args)  # type: ignore[arg-type] # as it came
        if name == method:
            chat.telegram.call = call  # type: ignore[method-assign]
            raise BAD_GATEWAY
        return result

    chat.telegram.call = lossy  # type: ignore[assignment, method-assign]


def sent(chat: Chat, method: str) -> list[Call]:
    """Return the calls of a method that the bot would make to show the open round again."""
    raise NotImplementedError

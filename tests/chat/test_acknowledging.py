"""Presses are answered before anything that takes time, and their answers hold up nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot.local.faults import ApiError
from bot.quiz.values import Reading
from tests.chat.dialogs import Chat, FakeReader, check, failing_journeys, verify
from tests.chat.sets import asks, seeds
from tests.chat.test_unsent import until

ANSWERED = "That one is answered already."


class SlowReader(FakeReader):
    """Reads when it is allowed to."""

    def __init__(self) -> None:
        super().__init__()
        self.may = Event()

    def read_many(self, pairs: Any) -> list[Reading]:
        """Wait, then read."""
        assert self.may.wait(5)
        return super().read_many(pairs)


def methods(chat: Chat, patch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which each call that the bot makes from now on is added, but its polls."""
    call, called = chat.telegram.call, list[str]()

    def noting(name: str, *args: Any) -> object:
        if name != "getUpdates":
            called.append(name)
        return call(name, *args)

    patch.setattr(chat.telegram, "call", noting)
    return called


async def test_a_press_is_answered_before_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the classifier takes its time the spinner has stopped; the verdict comes after it."""
    reader = SlowReader()
    async with Chat(tmp_path, seeds(asks()), reader=reader) as chat:
        await verify(chat, [("/quiz", "1 of 1")])
        called = methods(chat, monkeypatch)
        chat.telegram.press(chat.person, chat.asking().id, "Sourced fact")
        await until(lambda: called == ["answerCallbackQuery"])
        await asyncio.sleep(0.05)
        assert called == ["answerCallbackQuery"]
        reader.may.set()
        await chat.idle()
        assert called == ["answerCallbackQuery", "editMessageText"]
        check(chat.asking().text, "Right.")


async def test_a_press_is_answered_before_the_store(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the store is slow to commit, a press has its answer, with its text; the rest waits."""
    await chat.say("/quiz")
    asked = chat.asking()
    await chat.press(asked, "Sourced fact")
    called, may, write, units = methods(chat, monkeypatch), asyncio.Event(), chat.bot.store.write, 0

    async def slow(unit: Any) -> Any:
        nonlocal units
        units += 1
        if units > 1:  # the first takes the update in
            await may.wait()
        return await write(unit)

    monkeypatch.setattr(chat.bot.store, "write", slow)
    shown = len(chat.telegram.chat(chat.person).toasts)
    chat.telegram.press_data(chat.person, asked.id, asked.buttons[1].data)
    await until(lambda: called == ["answerCallbackQuery"])
    await asyncio.sleep(0.05)
    assert called == ["answerCallbackQuery"]
    (toast,) = chat.telegram.chat(chat.person).toasts[shown:]
    assert toast.text == ANSWERED
    may.set()
    await chat.idle()
    assert called == ["answerCallbackQuery", "editMessageText"]


@pytest.mark.parametrize(
    "error",
    [
        ApiError(400, "Bad Request: QUERY_ID_INVALID"),
        ApiError(401, "Unauthorized"),
        ApiError(502, "Bad Gateway"),
        ApiError(500, ""),
    ],
)
async def test_an_answer_to_a_press_that_fails_stops_nothing(chat: Chat, error: ApiError) -> None:
    """Whatever becomes of the answer to a press, its verdict comes, and nothing is kept of it."""
    await chat.say("/quiz")
    chat.telegram.refuse_next("answerCallbackQuery", error)
    await verify(chat, [("[Sourced fact]", "Right.")])
    assert not chat.waits()
    assert len(chat.rows()) == 1


async def test_an_answer_to_a_press_that_hangs_stops_nothing(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While an answer to a press hangs, its verdict comes, and what is said next is answered."""
    await chat.say("/quiz")
    hang = asyncio.Event()

    async def hanging(_: object) -> None:
        await hang.wait()

    monkeypatch.setattr(chat.bot._presses, "_answer", hanging)
    seen = len(chat.messages())
    chat.telegram.press(chat.person, chat.asking().id, "Sourced fact")
    chat.telegram.say(chat.person, "/help")
    await until(lambda: len(chat.messages()) > seen)
    check(chat.asking().text, "Right.")
    hang.set()


async def test_every_press_is_answered(chat: Chat) -> None:
    """A press that leads to nothing and one whose journey fails have their spinner stopped too."""
    await chat.say("/quiz")
    for data in ("", "k:1:0:opinion", "🙂"):
        await chat.forge(data)
    with failing_journeys():
        await chat.say("[Opinion]")
    assert not chat.telegram._world.presses

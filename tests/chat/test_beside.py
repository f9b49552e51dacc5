"""Whoever asks for what goes through a whole class or the log holds up nobody else."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.chat import buttons
from bot.chat.buttons import Press
from bot.store.looking import Looking
from tests.abuse.scene import Scene, chat_of, scene
from tests.chat.dialogs import check

T = TypeVar("T")

PUPIL, TEACHER = "learner whose it is", "instructor"
LONG: list[tuple[str, str | type[Press]]] = [
    (TEACHER, "/results"),
    (TEACHER, buttons.ShowResults),
    (TEACHER, buttons.ShowLearners),
    (TEACHER, buttons.ShowQuestions),
    (TEACHER, buttons.SendResults),
    (TEACHER, "/disputes"),
    (TEACHER, buttons.Uphold),
    (TEACHER, "/regrade little"),
    (TEACHER, buttons.Regrade),
    (TEACHER, buttons.UndoRegrade),
    (TEACHER, "/pushes"),
    (PUPIL, "/leaderboard"),
    (PUPIL, buttons.ShowBoard),
    (PUPIL, buttons.Rank),
]
"""What takes seconds in a class of thousands, and who asks for it."""


@pytest.fixture
async def of(tmp_path: Path) -> AsyncIterator[Scene]:
    """Return a bot with a class that has answered."""
    async with chat_of(tmp_path) as chat:
        yield await scene(chat)


@pytest.mark.parametrize(("who", "asked"), LONG)
async def test_an_answer_comes_before_what_takes_long(
    of: Scene, monkeypatch: pytest.MonkeyPatch, who: str, asked: str | type[Press]
) -> None:
    """While it is being read, which here is until others were answered, others are answered."""
    go_on, real = threading.Event(), Looking._look

    def slow(self: Looking, read: Callable[[sqlite3.Connection], T]) -> T:
        assert go_on.wait(60)
        return real(self, read)

    monkeypatch.setattr(Looking, "_look", slow)
    chat, person, other = of.chat, of.people[who], of.people["newcomer"]
    before = chat.telegram.chat(person).sent
    if isinstance(asked, str):
        chat.telegram.say(person, asked)
    else:
        press = next(of.presses(asked))
        chat.telegram.press_data(person, before[-1].id, buttons.encode(press))
    heard = len(chat.telegram.chat(other).sent)
    for said in ("/quiz", "/score"):
        chat.telegram.say(other, said)
    async with asyncio.timeout(60):
        while len(chat.telegram.chat(other).sent) < heard + 3:  # noqa: ASYNC110 - nothing signals it
            await asyncio.sleep(0.001)
    assert chat.telegram.chat(person).sent == before, "it is not read in a thread"
    check(chat.telegram.chat(other).last.text, "No answers yet.")
    go_on.set()
    await chat.idle()
    assert chat.telegram.chat(person).sent != before
    assert not chat.failures()

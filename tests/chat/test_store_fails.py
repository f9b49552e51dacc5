"""While the store cannot be written nothing is lost, and when it can be all goes on by itself."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.store import arrivals, deliveries, inbox, learners
from bot.store.deliveries import DeliveryState
from tests.chat.classroom import TWO as CLASS
from tests.chat.classroom import classroom, sent
from tests.chat.dialogs import Chat, check
from tests.chat.sets import asks, seeds

TWO = seeds(asks(), asks(kind="opinion"))


@asynccontextmanager
async def failing(module: object, name: str) -> AsyncIterator[Callable[[], int]]:
    """Let a write fail as on a full disk for the length of a block; what is given counts how often.

    Whoever holds on to it finds it working after the block.
    """
    tries, over, real = 0, False, getattr(module, name)

    def write(*given: object, **named: object) -> object:
        nonlocal tries
        if over:
            return real(*given, **named)
        tries += 1
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, write)
        yield lambda: tries
        over = True


async def until(condition: Callable[[], object]) -> None:
    """Return when a condition holds; TimeoutError when it does not."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - nothing signals what is waited for
            await asyncio.sleep(0.01)


async def test_updates_wait_in_their_order(tmp_path: Path) -> None:
    """What was taken in and cannot be handled is handled later, each chat's in its order."""
    async with Chat(tmp_path, TWO) as chat:
        ben = chat.telegram.user(77, "Ben")
        await chat.say("/quiz")
        async with failing(inbox, "done") as tries:
            chat.telegram.press(chat.person, chat.asking().id, "Not sure")
            chat.telegram.say(chat.person, "/score")
            chat.telegram.say(ben, "/start")
            await until(lambda: tries() > 3)
            assert inbox.waiting(chat.bot.store.reader) == (3, 0)
            assert not chat.rows()
        await chat.idle()
        question, score = chat.messages()[-2:]
        assert "fair enough" in question.text
        check(score.text, "One answer so far.")
        count = len(chat.messages())
        check(chat.telegram.chat(ben).last.text, "Who says?")
        assert len(chat.rows()) == 1
        assert not chat.waits()
    async with Chat(tmp_path, TWO, after=chat) as chat:
        assert len(chat.messages()) == count


async def test_somebody_new_gets_an_answer_and_no_apology(tmp_path: Path) -> None:
    """That a store fails in the middle of a journey is no failure of the journey."""
    async with Chat(tmp_path, TWO) as chat:
        async with failing(learners, "enrol") as tries:
            chat.telegram.say(chat.person, "/start")
            await until(lambda: tries() > 1)
        await chat.idle()
        (greeting,) = chat.messages()
        assert "Who says?" in greeting.text
        assert not chat.failures()


async def test_what_was_sent_is_marked_and_not_sent_again(tmp_path: Path) -> None:
    """An answer that went out while its mark could not be written is not sent a second time."""
    async with Chat(tmp_path, TWO) as chat:
        async with failing(inbox, "sent") as tries:
            chat.telegram.say(chat.person, "/help")
            await until(lambda: tries() > 2)
            assert inbox.waiting(chat.bot.store.reader) == (0, 1)
        await chat.idle()
        assert not chat.waits()
    async with Chat(tmp_path, TWO, after=chat) as chat:
        assert len(chat.messages()) == 1


async def test_the_end_does_not_wait_for_the_store(tmp_path: Path) -> None:
    """A bot that ends while nothing can be written ends at once; its next start goes on."""
    async with Chat(tmp_path, TWO) as chat:
        async with failing(inbox, "done") as tries:
            chat.telegram.say(chat.person, "/help")
            await until(tries)
            await asyncio.wait_for(chat.bot.close(), 10)
        assert not chat.messages()
    async with Chat(tmp_path, TWO, after=chat) as chat:
        (help_,) = chat.messages()
        assert "What I can do" in help_.text


async def test_an_unreadable_update_is_noted_later(tmp_path: Path) -> None:
    """Where not even the note on an update that nobody can read finds room, it is made later."""
    async with Chat(tmp_path, TWO) as chat:
        async with failing(inbox, "failed") as tries:
            chat.telegram._world.updates.add("message", "a string")
            await until(lambda: tries() > 1)
        check(await chat.say("/help"), "What I can do")
        await until(chat.failures)


async def test_a_batch_with_everything_in_it(tmp_path: Path) -> None:
    """What has no id, or is nothing at all, is counted, kept for the operator and goes no further.

    So what comes with it is answered.
    """
    async with Chat(tmp_path, TWO) as chat:
        said = {"update_id": 5, "message": chat.message("/help")}
        batch: list[object] = [None, "text", {"update_id": -1}, said, {"message": said["message"]}]
        assert await chat.bot._intake.take_in(batch) == 1
        chat.telegram.say(chat.person, "/start")
        await chat.idle()
        assert len(chat.messages()) == 2
        failures = sorted(why for _, why in chat.failures())
        assert failures == ["no usable update_id"] * 2 + ["not an object"] * 2
        assert "whosays_unparsed_updates_total 4.0" in chat.bot.watch.scraped().decode()
        assert not chat.waits()


async def test_a_push_that_was_sent_is_noted_later(tmp_path: Path) -> None:
    """A push that went out while that could not be noted is noted when it can be, and sent once."""
    async with Chat(tmp_path, CLASS) as chat:
        room = await classroom(chat)
        async with failing(deliveries, "settle") as tries:
            task = asyncio.create_task(sent(room))
            await until(lambda: tries() > 2)
        await task
        states = "SELECT DISTINCT state FROM deliveries"
        db = chat.bot.store.reader
        await until(lambda: db.execute(states).fetchall() == [(DeliveryState.SENT,)])
        for pupil in room.pupils:
            assert len([text for text in room.seen(pupil) if "A little set" in text]) == 1


async def test_a_store_that_fails_at_arrival(tmp_path: Path) -> None:
    """What cannot be kept stays with Telegram, and is answered once when it can be."""
    async with Chat(tmp_path, TWO) as chat:
        async with failing(arrivals, "keep") as tries:
            chat.telegram.say(chat.person, "/help")
            await until(tries)
            assert chat.telegram.unconfirmed
        await chat.idle()
        assert len(chat.messages()) == 1

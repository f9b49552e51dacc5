"""One person who sends thousands, or asks for what is costly again and again, or tries codes."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from bot.chat.allowance import Costly
from bot.local.values import Account
from bot.store import inbox
from bot.store.roles import Role
from bot.transport.crowd import WAITING, Crowd
from tests.abuse.scene import chat_of, scene
from tests.chat.dialogs import LEARNER, START, Chat, check, verify
from tests.chat.people import found, new_class, somebody
from tests.chat.sets import asks, seeds

FLOOD = int(os.environ.get("FLOOD", "1500"))
"""Messages or presses of a flood; the soak run sends ten thousand."""

TOLD = "That is more than I can read at once"


def passed_over(chat: Chat) -> int:
    """Return how many updates the inbox has as too many."""
    (count,) = chat.bot.store.reader.execute(
        "SELECT count(*) FROM inbox WHERE failure = ?", (inbox.TOO_MANY,)
    ).fetchone()
    return int(count)


def flood(chat: Chat, who: Account, by: str) -> None:
    """Send a flood at once."""
    for n in range(FLOOD):
        if by == "press":
            chat.telegram.press_data(who, 1, "h")
        else:
            chat.telegram.say(who, f"/help {n}")


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the numbers of what was passed over only after it was kept."""
    found: list[int] = []
    done = inbox.done

    def watched(db: sqlite3.Connection, number: int, *given: Any) -> None:
        found.extend([number] * (inbox.TOO_MANY in given))
        done(db, number, *given)

    monkeypatch.setattr(inbox, "done", watched)
    return found


@pytest.mark.parametrize("by", ["message", "press"])
async def test_a_flood_from_one_chat(tmp_path: Path, marked: list[int], by: str) -> None:
    """A flooder is answered as far as there is room and told once; others are answered at once."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        flooder = chat.telegram.user(666, "Mallory")
        await chat.say("/start", flooder)
        most, admit = 0, chat.bot.gate.crowd.admit

        def watched(updates, now):  # type: ignore[no-untyped-def] # the same as the crowd's
            nonlocal most
            found = admit(updates, now)
            most = max(most, chat.bot.gate.crowd._waiting[flooder.id])
            return found

        chat.bot.gate.crowd.admit = watched  # type: ignore[method-assign] # looks on
        flood(chat, flooder, by)
        check(await chat.say("/quiz"), "1 of 1")
        seen = [message.text for message in chat.telegram.chat(flooder).sent]
        told = [text for text in seen if TOLD in text]
        assert len(told) == 1
        assert most == WAITING
        assert len(marked) == 1, "but for the one that is told of, a flood is written once"
        seen += [toast.text for toast in chat.telegram.chat(flooder).toasts if toast.text]
        assert passed_over(chat) >= FLOOD - 100 - WAITING - len(seen)
        assert len(seen) + passed_over(chat) >= FLOOD, "each is answered or passed over"
        assert not chat.waits()
        assert not chat.bot.gate.crowd.chats, "nothing is remembered of it"
        await verify(chat, [("/help", "What I can do")], flooder)
        assert chat.bot.store.reader.execute(
            "SELECT count(*) FROM inbox WHERE body"
        ).fetchone() == (0,)
    before = len(chat.telegram.chat(flooder).sent)
    async with Chat(tmp_path, seeds(asks()), after=chat) as chat:
        assert len(chat.telegram.chat(flooder).sent) == before, "nothing of it comes again"
        assert (await chat.bot.watch.health()).failed == 0, "a flood is no failure of ours"


async def test_who_types_fast_is_read(chat: Chat) -> None:
    """As much as a fast typist leaves waiting is all answered."""

    def typing() -> None:
        for n in range(WAITING - 1):
            chat.telegram.say(chat.person, f"/help {n}")

    answer = await chat.answer_to(typing)
    assert answer.count("What I can do") == WAITING - 1
    assert TOLD not in answer
    assert passed_over(chat) == 0


async def test_a_backlog_at_the_start_is_bounded_too(tmp_path: Path) -> None:
    """What an earlier version left of a flood in the inbox is not all handled at the start."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        await chat.say("/start")
        rows = [
            (
                n,
                LEARNER,
                json.dumps({"update_id": n, "message": chat.message("/help") | {"message_id": n}}),
            )
            for n in range(1, 200)
        ]
        chat.bot.store.write_now(
            lambda db: db.executemany(
                "INSERT INTO inbox (update_id, received_at, chat_id, body)"
                " VALUES (?, '2026-03-02T09:00:00', ?, ?)",
                rows,
            )
        )
    async with Chat(tmp_path, seeds(asks()), after=chat) as chat:
        assert passed_over(chat) == len(rows) - WAITING
        assert not chat.waits()


@pytest.mark.parametrize(
    ("update", "places"),
    [
        ({"message": {"chat": {"id": 7}}}, 2),
        ({"callback_query": {"from": {"id": 7}, "message": {"chat": {"id": 7}}}}, 2),
        ({"callback_query": {"from": {"id": 8}}}, 3),
        ({"poll": {"id": "1"}}, 9),
    ],
)
def test_room(update: dict[str, object], places: int) -> None:
    """A chat has the places that nothing of it waits in; who names no chat always has one."""
    crowd = Crowd(3)
    crowd.admit([{"update_id": 1, "message": {"chat": {"id": 7}}}], START)
    room = crowd.room([update, 5, None])
    assert sum(room.take(update) for _ in range(9)) == places
    again = crowd.room([update])
    assert sum(again.take(update) for _ in range(9)) == places, "a room takes nothing of the crowd"


def test_a_crowd_remembers_nobody_for_long() -> None:
    """Thirty thousand chats, one after another, leave nothing behind in memory."""
    crowd = Crowd()
    tracemalloc.start()
    for n in range(30_000):
        crowd.admit([{"update_id": n, "message": {"chat": {"id": n}}}], START)
        crowd.leave(n)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 100_000
    crowd.leave(5)
    assert not crowd.chats


def pages(chat: Chat) -> int:
    """Return how many pages of 4096 bytes the database has."""
    return int(chat.bot.store.reader.execute("PRAGMA page_count").fetchone()[0])


async def test_many_newcomers(tmp_path: Path) -> None:
    """Each newcomer costs about a kilobyte on disk, and nothing in memory."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        people = [chat.telegram.user(10_000 + n, "N") for n in range(400)]
        before = pages(chat)
        for person in people:
            chat.telegram.say(person, "/start")
        await chat.idle()
        assert 4096 * (pages(chat) - before) / len(people) < 1_300
        assert not chat.bot.gate.crowd.chats
        assert not chat.bot.desk.allowance._whole


async def test_forgetting_and_coming_back_for_ever(chat: Chat) -> None:
    """Whoever is forgotten and comes back in a loop leaves no rows, and keeps what they had."""
    for _ in range(8):
        await verify(chat, [("/mydata", "Everything"), ("/forget", "Really?")])
        await verify(chat, [("[Yes, forget me]", "Done.")])
        if not chat.bot.desk.allowance.spent(LEARNER, Costly.FILE, chat.clock()):
            continue
        check(await chat.say("/mydata"), "asked for a lot of it")
        break
    else:
        raise AssertionError("a new number has got them new files")
    (learners,) = chat.bot.store.reader.execute("SELECT count(*) FROM learners").fetchone()
    assert learners == 1


GUESSES = ["/join {}", "/start c-{}", "/claim {}", "/start i-{}"]


@pytest.mark.parametrize("way", GUESSES)
async def test_guessing_codes(chat: Chat, way: str) -> None:
    """After ten codes that open nothing, not even the right one does for some minutes."""
    teacher = somebody(chat, 77, Role.OPERATOR)
    code = await new_class(chat, teacher)
    link = found(re.compile(r"start=i-(\S+)"), await chat.say("/invite", teacher))
    right = code if "join" in way or "c-" in way else link
    for n in range(Costly.GUESS.value.burst):
        answer = await chat.say(way.format(f"WRONG{n}"))
        assert "Too many" not in answer, n
    check(await chat.say(way.format(right)), "Too many codes that open nothing")
    chat.clock.pass_(minutes=7)
    answer = await chat.say(way.format(right))
    assert "Too many" not in answer
    assert "Class 7b" in answer or "instructor" in answer.lower() or "teach" in answer.lower()


async def test_pictures_and_files_are_rationed(tmp_path: Path) -> None:
    """Pictures and files come later for whoever asks for them again and again."""
    async with chat_of(tmp_path) as chat:
        of = await scene(chat)
        teacher = of.people["instructor"]
        for data, most in ((f"cq:{of.class_id}", 6), (f"rf:{of.class_id}:n", 12)):
            for _ in range(9):
                answer = await chat.forge(data, person=teacher)
            assert "asked for a lot of it" in answer
            files = [m for m in chat.telegram.chat(teacher).sent if m.photo or m.document]
            assert len(files) <= most + 6
        chat.clock.pass_(minutes=5)
        before = len(chat.telegram.chat(teacher).sent)
        await chat.forge(f"cq:{of.class_id}", person=teacher)
        assert len(chat.telegram.chat(teacher).sent) == before + 1

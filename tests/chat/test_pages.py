"""Lists that are longer than a message takes buttons: shown page by page, all of them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from bot.chat.buttons import Begin, Listing, ShowPage, encode
from bot.chat.views.pages import ROWS, paged
from bot.store import classes, roles
from bot.store.roles import Role
from tests.chat.dialogs import START, Chat, check
from tests.chat.people import number_of, somebody
from tests.chat.sets import asks, quiz_set, seeds

MANY = [0, 1, 20, 21, 100, 101, 1_000]
BACK, ON = TURNS = ("◀ Back", "On ▶")


async def teaching(chat: Chat, number: int) -> None:
    """Let the chat's person operate the bot, and learn in so many classes."""
    await chat.say("/start")
    learner = number_of(chat, chat.person)

    def unit(db: sqlite3.Connection) -> None:
        roles.grant(db, learner, Role.OPERATOR, None, START)
        for n in range(number):
            made = classes.create(db, f"no. {n:04}", f"CODE{n:04}", "UTC", START)
            classes.join(db, made, learner, START)

    chat.bot.store.write_now(unit)


async def turned(chat: Chat) -> list[str]:
    """Return the numbers on all buttons of the newest list, page after page."""
    found: list[str] = []
    while True:
        labels = chat.labels()
        assert len(labels) <= ROWS + len(TURNS)
        found += [label.partition("no. ")[2][:4] for label in labels if "no. " in label]
        if ON not in labels:
            return found
        await chat.say(f"[{ON}]")


def numbers(most: int) -> list[str]:
    """Return so many numbers as they stand on buttons."""
    return [f"{n:04}" for n in range(most)]


@pytest.mark.parametrize("number", MANY)
async def test_pages(chat: Chat, number: int) -> None:
    """Every row is on one page, every page is reached from its neighbours, none is too long."""
    rows = [[(str(n), Begin("x"))] for n in range(number)]
    texts, seen, page = chat.bot.desk.texts, list[str](), 0
    while True:
        shown = paged(texts, rows, Listing.SETS, page, 7)
        buttons = dict(button for row in shown for button in row)
        own = [label for label in buttons if label not in TURNS]
        assert len(own) <= ROWS
        seen += own
        back, on = (buttons.get(label) for label in TURNS)
        assert back == (ShowPage(Listing.SETS, page - 1, 7) if page else None)
        if on is None:
            break
        page += 1
        assert on == ShowPage(Listing.SETS, page, 7)
    assert seen == [str(n) for n in range(number)]
    assert paged(texts, rows, Listing.SETS, 10**14, 7) == shown, "beyond the last is the last"


@pytest.mark.parametrize("number", [0, 1, 100, 101])
async def test_lists_of_classes(tmp_path: Path, number: int) -> None:
    """Each list of classes has every class once, and Telegram takes it."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        await teaching(chat, number)
        commands = ("/class", "/results", "/push", "/leave", "/leaderboard")
        for command in commands if number > 1 else commands[:1]:
            await chat.say(command)
            found = await turned(chat) if number else []
            assert found == numbers(number), command
        assert not chat.waits()
        assert not chat.failures()


async def test_a_thousand_classes(tmp_path: Path) -> None:
    """Of a thousand classes the last page is as good as the first, and turns back."""
    async with Chat(tmp_path, seeds(asks())) as chat:
        await teaching(chat, 1_000)
        await chat.say("/class")
        assert "no. 0000" in chat.labels()[0]
        await chat.forge(encode(ShowPage(Listing.CLASSES, 49, 0)))
        assert await turned(chat) == numbers(1_000)[980:]
        await chat.forge(encode(ShowPage(Listing.CLASSES, 48, 0)))
        assert "no. 0960" in chat.labels()[0]
        assert not chat.failures()


async def test_lists_of_sets(tmp_path: Path) -> None:
    """Each list of sets has every set once, and a press on any page means that set."""
    made = {
        f"s{n}.yaml": json.dumps(quiz_set(asks(), slug=f"s{n:04}", title=f"no. {n:04}")).encode()
        for n in range(101)
    }
    async with Chat(tmp_path, made) as chat:
        await teaching(chat, 1)
        for command in ("/quiz which", "/preview", "/regrade", "/push"):
            await chat.say(command)
            assert sorted(await turned(chat)) == numbers(101), command
        label = next(one for one in chat.labels() if "no. " in one)
        check(await chat.say(f"[{label}]"), label)
        assert not chat.waits()
        assert not chat.failures()


async def test_a_page_is_for_who_may_see_it(chat: Chat) -> None:
    """A forged page shows nothing of what others teach, to learners and to other teachers."""
    await teaching(chat, 2)
    pupil, other = somebody(chat, 12), somebody(chat, 13, Role.INSTRUCTOR)
    for person in (pupil, other):
        await chat.say("/start", person)
        for listing in Listing:
            await chat.forge(encode(ShowPage(listing, 0, 1)), person=person)
            shown = str([message.buttons for message in chat.telegram.chat(person).sent])
            assert "no. 000" not in shown, listing
    data = encode(ShowPage(Listing.PUSH_SETS, 0, 1))
    check(await chat.forge(data, person=other), "for those who teach")
    check(await chat.forge(encode(ShowPage(Listing.PREVIEW, 0, 0)), person=pupil), "who teach")
    assert not chat.failures()

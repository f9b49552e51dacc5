"""Every button pressed twice in a row: the second press does nothing, and says so at most."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, get_type_hints

import pytest

from bot.chat import buttons, routes
from bot.chat.buttons import Press
from bot.store.roles import Role
from tests.abuse.scene import Scene, chat_of, scene
from tests.chat.dialogs import Chat

TWICE = "Once was enough."

OTHERWISE: dict[type[Press], str] = {
    buttons.Choose: "That one is answered already.",
    buttons.NotSure: "That one is answered already.",
    buttons.NothingLoaded: "That one is answered already.",
    buttons.Disagree: "Noted. Thank you!",
    buttons.Next: "The next question is there already.",
}
"""What the second press of a kind says instead of `TWICE`."""

AGAIN = {
    "Forget (0)": "",
    "Publish (0)": "This button is for those who teach with me.",
    "ShowPage (0)": "This button is for those who teach with me.",
    "Reject (0)": "That is decided already, or not yours to decide.",
}
"""What both presses say where the first leaves nothing to know it by: whoever is forgotten has
pressed nothing, and what is refused may be tried again."""

CASES = [
    (type_, nth)
    for type_ in buttons.ALL
    for nth in range(2 ** sum(hint is bool for hint in get_type_hints(type_).values()))
]
"""Every press there is, once for each yes and no in it."""

RANDOM = re.compile(r"\b[A-Z2-9]{7}\b|start=\S+")
"""Codes and keys, which are different every time."""


class Seen(NamedTuple):
    """What there is afterwards: the messages of everybody, and how many rows each table has."""

    messages: dict[str, list[tuple[str, list[str]]]]
    rows: dict[str, int]


def seen(of: Scene) -> Seen:
    """Return what is to be seen of a scene, for people and in the store."""
    db = of.chat.bot.store.reader
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return Seen(
        {
            who: [
                (RANDOM.sub("…", message.html), [button.text for button in message.buttons])
                for message in of.chat.telegram.chat(person).sent
            ]
            for who, person in of.people.items()
        },
        {
            name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - our own tables
            for name in tables
            if name not in ("inbox", "learners", "sqlite_sequence")
        },
    )


async def pressed(chat: Chat, of: Scene, press: Press, times: int) -> list[str]:
    """Press so often, all before the first is handled; return what fades away."""
    teaches = type(press) in routes.PRESSES[Role.CO_INSTRUCTOR]
    person = of.people["instructor" if teaches else "learner whose it is"]
    under, data = chat.telegram.chat(person).last.id, buttons.encode(press)

    def all_at_once() -> None:
        for _ in range(times):
            chat.telegram.press_data(person, under, data)

    await chat.answer_to(all_at_once, person)
    assert not chat.failures()
    return [toast.text for toast in chat.telegram.chat(person).toasts]


@pytest.mark.parametrize(("type_", "nth"), CASES)
async def test_a_button_pressed_twice(tmp_path: Path, type_: type[Press], nth: int) -> None:
    """After two presses there is what there is after one, for everybody and in the store."""
    after, toasts = {}, {}
    for times in (1, 2):
        folder = tmp_path / str(times)
        folder.mkdir()
        async with chat_of(folder) as chat:
            of = await scene(chat)
            press = [*of.presses(type_)][nth]
            toasts[times] = await pressed(chat, of, press, times)
            after[times] = seen(of)
    assert after[2] == after[1]
    name = f"{type_.__name__} ({nth})"
    second = AGAIN.get(name, OTHERWISE.get(type_, TWICE))
    assert toasts[2] == [*toasts[1], *filter(None, [second])]

"""What every command answers, however it is written, and what is said to what is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.chat.dialogs import SILENCE, Chat, Expected, Without, check, verify
from tests.chat.sets import asks, seeds

QUESTION = "What kind of sentence is the one in bold?"
NO_SUCH_COMMAND = "/help shows all I can do"

# Written like this, where no round is open before the last ones: what is answered.
WRITTEN: list[tuple[str, Expected]] = [
    ("/start", ("Who says?", "/forget deletes it all", Without("round open"))),
    ("/START", "Who says?"),
    ("/start@who_says_bot", "Who says?"),
    ("/start somewhere", "Who says?"),
    ("/Help", "What I can do"),
    ("/help.", "What I can do"),
    ("/quiz large", ("I have no set called “large”. Which of these?", Without(QUESTION))),
    ("/quiz <b>&", "I have no set called “<b>&”"),
    ("/cancel", "There is no round to end. /quiz starts one."),
    ("/review", "Nothing is due for review. /quiz starts a new round."),
    ("/score", "No answers yet. /quiz starts a round."),
    ("/privacy", ("What is kept", "no model is trained on your answers", "/mydata", "/forget")),
    ("/forget", "It cannot be undone. Really?"),
    ("/dance", ("I do not know /dance.", NO_SUCH_COMMAND)),
    ("/quizz", ("I do not know /quizz.", NO_SUCH_COMMAND)),
    ("/помощь", ("I do not know /помощь.", NO_SUCH_COMMAND)),
    (f"/{'x' * 50}", f"I do not know /{'x' * 32}."),
    ("/", "I did not understand that. /quiz starts a round"),
    ("hello", "I did not understand that. /quiz starts a round"),
    ("help", "I did not understand that. /quiz starts a round, /help shows all I can do."),
    ("/quiz", ("Here we go: one question.", "1 of 1", QUESTION)),
    ("/quiz little", ("Here we go: one question.", QUESTION)),
    ("/QUIZ@who_says_bot   LITTLE", QUESTION),
    ("/quiz-little", QUESTION),
]


async def test_commands_however_written(chat: Chat) -> None:
    """A command is known in any case, with the bot's name, and with something behind it."""
    await verify(chat, WRITTEN)


async def test_the_help_is_the_menu(chat: Chat) -> None:
    """/help lists exactly the commands that Telegram's menu was told, with the same words."""
    menu = chat.telegram.call("getMyCommands", {})
    assert isinstance(menu, list)
    registered = [(entry["command"], entry["description"]) for entry in menu]
    shown = re.findall(r"^/(\w+) · (.+)$", await chat.say("/help"), re.MULTILINE)
    assert shown == registered
    assert len(registered) == 13


async def test_every_command_of_the_menu_is_known(chat: Chat) -> None:
    """Nothing in the menu is answered as an unknown command."""
    menu = chat.telegram.call("getMyCommands", {})
    assert isinstance(menu, list)
    for entry in menu:
        answer = await chat.say(f"/{entry['command']}")
        check(answer, Without("I do not know"), entry["command"])
        assert answer


async def test_start_offers_what_to_do(chat: Chat) -> None:
    """The greeting has buttons to play, to choose an article, and for help."""
    await verify(
        chat,
        [
            ("/start", "Who says?"),
            ("[Help]", "What I can do"),
            ("[Choose an article]", "Which text?"),
            ("[A little set]", ("Here we go", QUESTION)),
            ("/start", "Who says?"),
            ("[Play a round]", ("Here we go", QUESTION)),
        ],
    )


async def test_start_in_a_round_offers_to_go_on(tmp_path: Path) -> None:
    """The greeting says where an open round stands, and a button shows its question again."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await verify(chat, [("/quiz", "1 of 2"), ("[Opinion]", "Not this time")])
        asked = chat.asking()
        await verify(
            chat,
            [
                ("/start", "You have a round open, at question 2 of 2."),
                ("[Go on with my round]", ("2 of 2", QUESTION)),
                ("/start", "You have a round open, at question 2 of 2."),
                ("[Go on with my round]", ("2 of 2", QUESTION)),
                ("[Sourced fact]", "Right."),
                ("[How did it go? ▶]", "1 of 2 points"),
                ("/start", Without("round open")),
            ],
        )
        check(await chat.press(asked, "Next ▶"), "That round is over.")


async def test_a_question_shown_again_can_be_answered_once(chat: Chat) -> None:
    """When a round is taken up again its question moves: the older copy loses its buttons."""
    await verify(chat, [("/quiz", QUESTION)])
    first = chat.asking()
    await verify(chat, [("/start", "question 1 of 1"), ("[Go on with my round]", QUESTION)])
    (shown,) = [message for message in chat.messages() if message.id == first.id]
    assert not shown.buttons
    check(await chat.say("[Sourced fact]"), "Right.")


async def test_going_on_with_a_round_that_is_over(chat: Chat) -> None:
    """The button that takes a round up again shows how it went when nothing is left to take up."""
    await verify(chat, [("/quiz", QUESTION), ("/start", "round open"), ("[Opinion]", "The lesson")])
    check(await chat.say("[Go on with my round]"), "0 of 1 right")


async def test_an_unknown_set_can_be_chosen_from_those_there_are(chat: Chat) -> None:
    """Asking for a set that does not exist shows the ones that do, as buttons."""
    await verify(chat, [("/quiz nothing-like-it", "Which of these?"), ("[A little set]", QUESTION)])


async def test_a_bot_without_sets(tmp_path: Path) -> None:
    """Where nothing is published, /quiz says whose turn it is."""
    async with Chat(tmp_path, {}) as chat:
        await verify(
            chat, [("/quiz", "Whoever runs this bot has to publish one."), ("/start", "Who says?")]
        )


async def test_cancel_ends_the_round(tmp_path: Path) -> None:
    """/cancel ends an open round with what was reached in it, once."""
    async with Chat(tmp_path, seeds(asks(), asks())) as chat:
        await verify(chat, [("/quiz", "1 of 2")])
        before = chat.asking()
        await verify(
            chat,
            [
                ("/cancel", ("Round ended.", "No question was answered", Without("0 of 0"))),
                ("/cancel", "There is no round to end."),
                ("Sourced fact", "I did not understand that."),
                ("/quiz", "1 of 2"),
                ("[Sourced fact]", "Right."),
                ("/cancel", ("Round ended after 1 of 2.", "1 of 1 points", "Kinds: 1 of 1 right")),
            ],
        )
        check(await chat.press(before, "Opinion"), "That round is over.")


async def test_cancel_takes_the_buttons_from_the_question(chat: Chat) -> None:
    """After /cancel the question that was open can no longer be pressed."""
    await verify(chat, [("/quiz", QUESTION)])
    asked = chat.asking().id
    await chat.say("/cancel")
    (shown,) = [message for message in chat.messages() if message.id == asked]
    assert not shown.buttons


async def test_a_command_leaves_the_question_open(chat: Chat) -> None:
    """Commands in the middle of a round, known or not, do not answer its question."""
    await verify(
        chat,
        [
            ("/quiz", QUESTION),
            ("/help", "What I can do"),
            ("/opinion", "I do not know /opinion."),
            ("/score", "No answers yet."),
            ("Sourced fact", "Right."),
        ],
    )


GROUP = -1_001_234
STRANGER = {"id": 77, "is_bot": False, "first_name": "Someone"}

# Said in a group: what is answered there.
IN_GROUPS: list[tuple[str, Expected]] = [
    ("/start", "I only work in a private chat: write to me directly."),
    ("/quiz@who_says_bot", "I only work in a private chat"),
    ("/quiz@Who_Says_Bot little", "I only work in a private chat"),
    ("/quiz@another_bot", SILENCE),
    ("hello everybody", SILENCE),
    ("/", SILENCE),
]


async def test_groups(chat: Chat) -> None:
    """In a group the bot answers its own commands by sending people to a private chat."""
    group, world = chat.telegram.user(GROUP, "A group"), chat.telegram._world
    world.chats[GROUP].opened = True
    place = {"id": GROUP, "type": "supergroup", "title": "Us"}

    def write(said: str) -> None:
        world.updates.add("message", {**chat.message(said), "chat": place})

    for said, expected in IN_GROUPS:
        check(await chat.answer_to(partial(write, said), group), expected, said)


# Updates that are no learner's words.
NO_WORDS: list[tuple[str, Mapping[str, Any]]] = [
    ("message", {"chat": {"id": GROUP, "type": "supergroup", "title": "Us"}, "text": None}),
    ("message", {"from": {**STRANGER, "is_bot": True}, "text": "hello"}),
    ("message", {"from": None, "text": "hello"}),
]


@pytest.mark.parametrize(("kind", "change"), NO_WORDS)
async def test_what_no_person_said(chat: Chat, kind: str, change: Mapping[str, Any]) -> None:
    """Service messages, other bots and messages without a sender get no answer and no trouble."""
    raw = {**chat.message("x"), **change}
    known = {name: value for name, value in raw.items() if value is not None}
    assert not await chat.arrive(kind, known)
    check(await chat.say("/start"), "Who says?")

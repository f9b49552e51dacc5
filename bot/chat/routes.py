"""Which journey answers which command and which button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.chat import buttons
from bot.chat.buttons import Press
from bot.chat.desk import Desk, Journey
from bot.chat.event import Event
from bot.chat.learner import answers, data, greeting, rounds, score
from bot.chat.turns import Turn, acknowledge, reply
from bot.store import roles
from bot.store.roles import Role

Pressed = Callable[[Desk, Event, Any], Awaitable[Turn]]

LEARNER: dict[str, Journey] = {
    "start": greeting.start,
    "quiz": rounds.quiz,
    "review": rounds.review,
    "score": score.score,
    "help": greeting.show_help,
    "cancel": rounds.cancel,
    "privacy": data.privacy,
    "mydata": data.mydata,
    "forget": data.forget,
}

COMMANDS: dict[Role, dict[str, Journey]] = {Role.LEARNER: LEARNER}
"""Every command under the least role that it needs."""

LEARNER_PRESSES: dict[type[Press], Pressed] = {
    buttons.Choose: answers.pressed_answer,
    buttons.NotSure: answers.pressed_answer,
    buttons.NothingLoaded: answers.pressed_answer,
    buttons.Disagree: answers.pressed_disagree,
    buttons.Next: rounds.pressed_next,
    buttons.Finish: rounds.pressed_finish,
    buttons.Resume: rounds.pressed_resume,
    buttons.Begin: rounds.pressed_begin,
    buttons.Review: rounds.pressed_review,
    buttons.ShowScore: score.pressed_score,
    buttons.ShowHelp: greeting.pressed_help,
    buttons.ShowSets: greeting.pressed_sets,
    buttons.Forget: data.pressed_forget,
}

PRESSES: dict[Role, dict[type[Press], Pressed]] = {Role.LEARNER: LEARNER_PRESSES}
"""Every press under the least role that it needs."""

_NEEDS = {name: role for role, commands in COMMANDS.items() for name in commands}
_NEEDED = {press: role for role, presses in PRESSES.items() for press in presses}


async def answer(desk: Desk, event: Event) -> Turn:
    """Return what an event leads to; every event leads to something.

    Whether somebody may do what they ask for is looked up anew every time.
    """
    if event.data is not None:
        return await _pressed(desk, event, event.data)
    if event.command is not None:
        name, _ = event.command
        needed = _NEEDS.get(name)
        if needed is None:
            return await greeting.unknown_command(desk, event)
        if not roles.of(desk.db, event.learner).may(needed):
            return reply(event, desk.texts.say("not-your-command", command=name))
        return await COMMANDS[needed][name](desk, event)
    return await greeting.anything(desk, event)


async def _pressed(desk: Desk, event: Event, data: str) -> Turn:
    press = buttons.decode(data)
    if press is None:
        return await greeting.unknown_press(desk, event)
    needed = _NEEDED[type(press)]
    if not roles.of(desk.db, event.learner).may(needed):
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    return await PRESSES[needed][type(press)](desk, event, press)

"""Which journey answers which command and which button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.chat import buttons
from bot.chat.buttons import Press
from bot.chat.buttons import push as push_buttons
from bot.chat.desk import Desk, Journey
from bot.chat.event import Event
from bot.chat.instructor import push
from bot.chat.learner import answers, data, greeting, paging, pushed, rounds, score
from bot.chat.turns import Turn, acknowledge, reply
from bot.store import awaited, roles
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
    "reminders": pushed.reminders,
}

TEACHING: dict[str, Journey] = {
    "push": push.push,
    "pushes": push.listed,
}

COMMANDS: dict[Role, dict[str, Journey]] = {Role.LEARNER: LEARNER, Role.CO_INSTRUCTOR: TEACHING}
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
    buttons.Page: paging.pressed_page,
    buttons.Overview: paging.pressed_overview,
    buttons.Open: pushed.pressed_open,
    buttons.Remind: pushed.pressed_remind,
}

TEACHING_PRESSES: dict[type[Press], Pressed] = {
    push_buttons.ToClass: push.pressed_class,
    push_buttons.TheSet: push.pressed_set,
    push_buttons.Choice: push.pressed_choice,
    push_buttons.ChooseTime: push.pressed_when,
    push_buttons.SetTime: push.pressed_time,
    push_buttons.TypeTime: push.pressed_type,
    push_buttons.ChooseKinds: push.pressed_kinds,
    push_buttons.Settings: push.pressed_settings,
    push_buttons.Confirm: push.pressed_confirm,
    push_buttons.Drop: push.pressed_drop,
}

PRESSES: dict[Role, dict[type[Press], Pressed]] = {
    Role.LEARNER: LEARNER_PRESSES,
    Role.CO_INSTRUCTOR: TEACHING_PRESSES,
}
"""Every press under the least role that it needs."""

AWAITED: dict[str, Journey] = {push.TIME: push.typed_time}
"""What takes what somebody was asked to type; a command instead of it ends the waiting."""

_NEEDS = {name: role for role, commands in COMMANDS.items() for name in commands}
_NEEDED = {press: role for role, presses in PRESSES.items() for press in presses}


async def answer(desk: Desk, event: Event) -> Turn:
    """Return what an event leads to; every event leads to something.

    Whether somebody may do what they ask for is looked up anew every time.
    """
    if event.data is not None:
        return await _pressed(desk, event, event.data)
    waiting = awaited.of(desk.db, event.learner)
    if event.command is not None:
        name, _ = event.command
        needed = _NEEDS.get(name)
        if needed is None:
            return await greeting.unknown_command(desk, event)
        if not roles.of(desk.db, event.learner).may(needed):
            return reply(event, desk.texts.say("not-your-command", command=name))
        turn = await COMMANDS[needed][name](desk, event)
        return turn if waiting is None else _forgotten(event).then(turn)
    if waiting is not None and event.text is not None and waiting.what in AWAITED:
        return await AWAITED[waiting.what](desk, event)
    return await greeting.anything(desk, event)


def _forgotten(event: Event) -> Turn:
    """Await nothing that was asked for before, unless the command asks for something itself."""
    return Turn(writes=(lambda db: awaited.clear(db, event.learner),))


async def _pressed(desk: Desk, event: Event, data: str) -> Turn:
    press = buttons.decode(data)
    if press is None:
        return await greeting.unknown_press(desk, event)
    needed = _NEEDED[type(press)]
    if not roles.of(desk.db, event.learner).may(needed):
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    return await PRESSES[needed][type(press)](desk, event, press)

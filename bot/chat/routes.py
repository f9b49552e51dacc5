"""Which journey answers which command and which button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.chat import buttons
from bot.chat.desk import Desk, Journey
from bot.chat.event import Event
from bot.chat.learner import answers, data, greeting, rounds, score
from bot.chat.turns import Turn

COMMANDS: dict[str, Journey] = {
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

PRESSES: dict[type, Callable[[Desk, Event, Any], Awaitable[Turn]]] = {
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


async def answer(desk: Desk, event: Event) -> Turn:
    """Return what an event leads to; every event leads to something."""
    if event.data is not None:
        press = buttons.decode(event.data)
        if press is None:
            return await greeting.unknown_press(desk, event)
        return await PRESSES[type(press)](desk, event, press)
    if event.command is not None:
        name, _ = event.command
        return await COMMANDS.get(name, greeting.unknown_command)(desk, event)
    return await greeting.anything(desk, event)

"""Greeting, help, and a helpful word to whatever was not understood."""

from __future__ import annotations

from bot.chat.buttons import Begin, Press, Resume, ShowHelp, ShowSets
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.instructor.invitations import INVITATION, accept
from bot.chat.learner import answers, rounds
from bot.chat.learner.classes import join_by
from bot.chat.menu import commands
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views.classes import CLASS
from bot.store import roles
from bot.texts import Markup, joined


async def start(desk: Desk, event: Event) -> Turn:
    """/start: take up what a link hands over; else say what this is, and offer the open round."""
    _, word = event.command or ("", "")
    if word.startswith(INVITATION):
        return await accept(desk, event, word.removeprefix(INVITATION))
    if word.startswith(CLASS):
        return join_by(desk, event, word.removeprefix(CLASS))
    texts = desk.texts
    rows: list[list[tuple[str, Press]]] = [
        [(texts.plain("button-play"), Begin())],
        [(texts.plain("button-sets"), ShowSets()), (texts.plain("button-help"), ShowHelp())],
    ]
    html, round_ = texts.say("start"), desk.open_round(event.learner)
    if round_ is None:
        return reply(event, html, rows)
    position = texts.say("start-open-round", number=round_.position + 1, total=len(round_.items))
    resume: list[tuple[str, Press]] = [(texts.plain("button-resume"), Resume(round_.id))]
    return reply(event, joined([html, position], "\n\n"), [resume, *rows])


async def show_help(desk: Desk, event: Event) -> Turn:
    """/help: every command with what it does."""
    texts, role = desk.texts, roles.of(desk.db, event.learner)
    lines = [
        texts.say("help-line", command=command, what=line)
        for command, line in commands(texts, role).items()
    ]
    parts = [texts.say("help-head"), joined(lines, "\n"), texts.say("help-tail")]
    return reply(event, joined(parts, "\n\n"))


async def pressed_help(desk: Desk, event: Event, _press: ShowHelp) -> Turn:
    """Show the help from a button."""
    return acknowledge(event).then(await show_help(desk, event))


async def pressed_sets(desk: Desk, event: Event, _press: ShowSets) -> Turn:
    """Show the sets to choose from."""
    choice = rounds.choose_set(desk, event, desk.texts.say("choose-set"))
    return acknowledge(event).then(choice)


async def unknown_command(desk: Desk, event: Event) -> Turn:
    """Say that a command is not known."""
    command, _ = event.command or ("", "")
    return reply(event, desk.texts.say("unknown-command", command=command[:32]))


async def unknown_press(desk: Desk, event: Event) -> Turn:
    """Say that a button is not known."""
    return acknowledge(event, desk.texts.plain("toast-unknown"))


async def anything(desk: Desk, event: Event) -> Turn:
    """Take what was written as an answer where a question is open; else help."""
    round_ = desk.open_round(event.learner)
    if round_ is None:
        return reply(event, desk.texts.say("no-round"))
    if not round_.waiting:
        return reply(event, _lead_on(desk))
    if event.text is None:
        return reply(event, desk.texts.say("type-text-only"))
    return await answers.typed(desk, event, round_)


def _lead_on(desk: Desk) -> Markup:
    return desk.texts.say("type-next", button=desk.texts.plain("button-next"))

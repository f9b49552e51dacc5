"""What a learner sees of a push: the message that brings it, the reminder, where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.buttons import Open, Remind
from bot.chat.says import Keyboard
from bot.store.classes import Class
from bot.store.pushes import Push
from bot.teaching.times import shown
from bot.texts import Markup, Texts, joined

NAME_ON_BUTTON = 24
"""Characters of a class's name on a button: a phone shows no more of it."""


def invitation(texts: Texts, push: Push, title: str, class_: Class) -> tuple[Markup, Keyboard]:
    """Return the message that brings a set, with the button that begins it."""
    lines = [
        texts.say("push-arrives", class_name=class_.name, title=title),
        _deadline(texts, push, class_),
        Markup() if push.options.retry else texts.say("push-first-counts"),
    ]
    return joined(lines, "\n"), [[(texts.plain("button-push-begin"), Open(push.id))]]


def reminder(texts: Texts, push: Push, title: str, class_: Class) -> tuple[Markup, Keyboard]:
    """Return the message that reminds of a set."""
    lines = [
        texts.say("push-reminds", class_name=class_.name, title=title),
        _deadline(texts, push, class_),
        texts.say("push-reminds-off"),
    ]
    return joined(lines, "\n"), [[(texts.plain("button-push-begin"), Open(push.id))]]


def reminders(texts: Texts, wanted: Sequence[tuple[Class, bool]]) -> tuple[Markup, Keyboard]:
    """Return in which classes somebody is reminded, with a button for each to change it."""
    lines = [
        texts.say("reminders-line", class_name=class_.name, wanted="yes" if on else "no")
        for class_, on in wanted
    ]
    keyboard = [
        [(_switch(texts, class_.name, on=on), Remind(class_.id, not on))] for class_, on in wanted
    ]
    return joined([texts.say("reminders-head"), *lines], "\n"), keyboard


def _switch(texts: Texts, name: str, *, on: bool) -> str:
    short = name[:NAME_ON_BUTTON]
    key = "button-reminders-off" if on else "button-reminders-on"
    return texts.plain(key, class_name=short)


def _deadline(texts: Texts, push: Push, class_: Class) -> Markup:
    if push.deadline is None:
        return Markup()
    time = shown(push.deadline, class_.zone)
    return texts.say("push-until", time=time, zone=class_.zone)

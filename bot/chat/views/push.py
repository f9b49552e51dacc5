"""A push while it is put together: its settings, its times, its kinds; and the list of pushes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.buttons import Press
from bot.chat.buttons.push import (
    Choice,
    ChooseKinds,
    ChooseTime,
    Confirm,
    Drop,
    Field,
    SetTime,
    Settings,
    TheSet,
    ToClass,
    TypeTime,
    When,
)
from bot.chat.instructor import choices
from bot.chat.says import Keyboard
from bot.chat.views.labels import KIND_TEXT
from bot.quiz.labels import Kind
from bot.quiz.options import LEAST_KINDS, Options
from bot.quiz.values import QuizSet
from bot.store.classes import Class
from bot.store.pushes import Push
from bot.teaching.pushes import PushProblem
from bot.teaching.times import TimeProblem, shown
from bot.texts import Markup, Texts, joined

Rows = list[list[tuple[str, Press]]]

TITLE_ON_BUTTON = 60
"""Characters of a title on a button: Telegram shows no more of it anywhere."""

PROBLEM_TEXT = {
    PushProblem.NO_QUESTIONS: "push-problem-no-questions",
    PushProblem.DEADLINE_FIRST: "push-problem-deadline",
    PushProblem.REMINDER_FIRST: "push-problem-reminder-first",
    PushProblem.REMINDER_LAST: "push-problem-reminder-last",
}
TIME_PROBLEM_TEXT = {
    TimeProblem.UNREADABLE: "push-time-unreadable",
    TimeProblem.PAST: "push-time-past",
    TimeProblem.FAR: "push-time-far",
    TimeProblem.SKIPPED: "push-time-skipped",
}
_ASK_TIME_TEXT = {
    When.SEND: "push-ask-send",
    When.DEADLINE: "push-ask-deadline",
    When.REMINDER: "push-ask-reminder",
}
_OFFER_TEXT = {
    When.SEND: ("button-push-now", "button-push-hour", "button-push-morning"),
    When.DEADLINE: ("button-push-none", "button-push-1d", "button-push-3d", "button-push-7d"),
    When.REMINDER: ("button-push-none", "button-push-1h", "button-push-24h", "button-push-48h"),
}


def which_class(texts: Texts, classes: Sequence[Class]) -> tuple[Markup, Keyboard]:
    """Return the classes to choose from."""
    rows: Rows = [[(class_.name[:TITLE_ON_BUTTON], ToClass(class_.id))] for class_ in classes]
    return texts.say("push-which-class"), rows


def which_set(texts: Texts, class_: Class, sets: Sequence[QuizSet]) -> tuple[Markup, Keyboard]:
    """Return the sets to choose from."""
    rows: Rows = [[(one.title[:TITLE_ON_BUTTON], TheSet(class_.id, one.slug))] for one in sets]
    return texts.say("push-which-set", class_name=class_.name), rows


def settings(
    texts: Texts, push: Push, title: str, class_: Class, learners: int
) -> tuple[Markup, Keyboard]:
    """Return a push as it would go out, with a button for everything that can be changed."""
    options = push.options
    lines = [
        texts.say("push-head", title=title, class_name=class_.name, learners=learners),
        texts.say("push-zone", zone=class_.zone),
    ]
    rows: Rows = [
        [_time(texts, push, When.SEND, class_)],
        [_time(texts, push, When.DEADLINE, class_)],
        *([[_time(texts, push, When.REMINDER, class_)]] if push.deadline else []),
        [_choice(texts, push, Field.FEEDBACK)],
        [_choice(texts, push, Field.RETRY)],
        [_choice(texts, push, Field.OVER_COSTS)],
        [_choice(texts, push, Field.ORDER), _choice(texts, push, Field.SIZE)],
        [_choice(texts, push, Field.SECONDS), (_kinds(texts, options), ChooseKinds(push.id))],
        [
            (texts.plain("button-push-confirm"), Confirm(push.id)),
            (texts.plain("button-push-drop"), Drop(push.id)),
        ],
    ]
    return joined(lines, "\n"), rows


def times(texts: Texts, push: Push, when: When, class_: Class) -> tuple[Markup, Keyboard]:
    """Return from which times to choose."""
    offers: list[tuple[str, Press]] = [
        (texts.plain(key), SetTime(push.id, when, place))
        for place, key in enumerate(_OFFER_TEXT[when])
    ]
    rows: Rows = [
        *(offers[n : n + 2] for n in range(0, len(offers), 2)),
        [(texts.plain("button-push-type"), TypeTime(push.id, when))],
        [(texts.plain("button-push-back"), Settings(push.id))],
    ]
    return texts.say(_ASK_TIME_TEXT[when], zone=class_.zone), rows


def kinds(texts: Texts, push: Push) -> tuple[Markup, Keyboard]:
    """Return which kinds are offered, with a button for each; two at least stay."""
    mask = choices.mask_of(push.options.kinds)
    rows: Rows = []
    for n, kind in enumerate(Kind):
        on = bool(mask >> n & 1)
        changed = mask ^ (1 << n)
        kept = mask if changed.bit_count() < LEAST_KINDS else changed
        label = texts.plain(KIND_TEXT[kind])
        mark = texts.plain("button-push-on" if on else "button-push-off", label=label)
        rows.append([(mark, Choice(push.id, Field.KINDS, kept))])
    rows.append([(texts.plain("button-push-back"), Settings(push.id))])
    return texts.say("push-ask-kinds"), rows


def _time(texts: Texts, push: Push, when: When, class_: Class) -> tuple[str, Press]:
    moments: dict[When, datetime | None] = {
        When.SEND: push.send_at,
        When.DEADLINE: push.deadline,
        When.REMINDER: push.remind_at,
    }
    moment = moments[when]
    time = shown(moment, class_.zone) if moment else "none"
    match when:
        case When.SEND:
            label = texts.plain("button-push-send", time=time)
        case When.DEADLINE:
            label = texts.plain("button-push-deadline", time=time)
        case When.REMINDER:
            label = texts.plain("button-push-reminder", time=time)
    return label, ChooseTime(push.id, when)


def _choice(texts: Texts, push: Push, field: Field) -> tuple[str, Press]:
    """Return the button that shows an option and changes it to its next value."""
    options = push.options
    match field:
        case Field.FEEDBACK:
            label = texts.plain("button-push-feedback", value=options.feedback)
        case Field.RETRY:
            label = texts.plain("button-push-retry", value="yes" if options.retry else "no")
        case Field.OVER_COSTS:
            label = texts.plain("button-push-over", value="yes" if options.over_costs else "no")
        case Field.SECONDS:
            label = texts.plain("button-push-seconds", value=options.seconds or "none")
        case Field.ORDER:
            label = texts.plain("button-push-order", value=options.order)
        case _:
            label = texts.plain("button-push-size", value=options.size or "none")
    return label, Choice(push.id, field, choices.next_place(options, field))


def _kinds(texts: Texts, options: Options) -> str:
    return texts.plain("button-push-kinds", count=len(options.kinds or tuple(Kind)))

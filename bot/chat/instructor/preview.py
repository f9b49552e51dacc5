"""/preview: a set as a learner would meet it. Nothing of it is kept: no round, no answer, no score.

A question that is tried out is made anew from the set at every press.
"""

from __future__ import annotations

from dataclasses import replace

from bot.chat import says
from bot.chat.allowance import Costly
from bot.chat.buttons import (
    Choose,
    Listing,
    NothingLoaded,
    NotSure,
    Press,
    Try,
    TryClean,
    TryKind,
    TryPass,
)
from bot.chat.buttons.press import read_number
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.learner.typed import read_typed
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import question as question_view
from bot.chat.views import verdict as verdict_view
from bot.chat.views.pages import paged
from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.marking import mark
from bot.quiz.rounds import Item, Round, askable
from bot.quiz.values import QuizSet
from bot.store import awaited, drafts
from bot.teaching.drafts import from_json
from bot.texts import Markup, joined

TRIED = "tried-answer"
"""What is awaited of somebody who tries a question out; the subject is `subject:position`."""

DRAFT = "d."
"""Beginning of the subject that is a draft: no slug has a dot."""


async def preview(desk: Desk, event: Event) -> Turn:
    """/preview [SET]: try a set out, or choose one."""
    _, slug = event.command or ("", "")
    found = _published(desk, event, slug.lower())
    if found is not None:
        return _ask(desk, event, found.slug, found, 0)
    html, rows = shelf(desk, event)
    return reply(event, html, paged(desk.texts, rows, Listing.PREVIEW))


def shelf(desk: Desk, event: Event) -> tuple[Markup, says.Keyboard]:
    """Return the sets that somebody may try out, all of them."""
    rows: list[list[tuple[str, Press]]] = [
        [(desk.texts.plain("button-set", title=one.title), Try(one.slug, 0))]
        for one in desk.library.teachable(event.learner)
    ]
    return desk.texts.say("preview-which"), rows


async def pressed_try(desk: Desk, event: Event, press: Try) -> Turn:
    """Show a question to be tried out."""
    quiz_set = _set_of(desk, event, press.subject)
    if quiz_set is None:
        return acknowledge(event, desk.texts.plain("toast-draft-gone"))
    asked = _ask(desk, event, press.subject, quiz_set, press.position)
    return acknowledge(event).then(asked)


async def pressed_answer(desk: Desk, event: Event, press: TryKind | TryClean | TryPass) -> Turn:
    """Show what a pressed answer would be graded."""
    quiz_set = _set_of(desk, event, press.subject)
    if quiz_set is None or press.position >= len(quiz_set.questions):
        return acknowledge(event, desk.texts.plain("toast-draft-gone"))
    match press:
        case TryKind(kind=kind):
            said: Said = Chosen(kind)
        case TryClean():
            said = Marked(())
        case TryPass():
            said = Passed()
    graded = await _graded(desk, event, press.subject, quiz_set, press.position, said)
    return acknowledge(event).then(graded)


async def typed_answer(desk: Desk, event: Event, subject: str) -> Turn:
    """Show what a typed answer would be graded."""
    name, _, place = subject.rpartition(":")
    quiz_set, position = _set_of(desk, event, name), int(place)
    if quiz_set is None or position >= len(quiz_set.questions):
        return reply(event, desk.texts.say("draft-gone"))
    if not desk.allows(event, Costly.TRIAL):
        again = _awaiting(event, name, position)
        return reply(event, desk.texts.say("wait-costly")).then(again)
    said = read_typed(desk, event, _items(quiz_set)[position], quiz_set.kinds)
    if isinstance(said, Turn):
        return said.then(_awaiting(event, name, position))
    return await _graded(desk, event, name, quiz_set, position, said)


def _ask(desk: Desk, event: Event, subject: str, quiz_set: QuizSet, position: int) -> Turn:
    items = _items(quiz_set)
    if position >= len(items):
        return reply(event, desk.texts.say("preview-end", title=quiz_set.title))
    round_ = _round(desk, items, position)
    html, keyboard = question_view.question(desk.texts, round_, quiz_set.kinds)
    head = desk.texts.say("preview-head")
    shown = reply(event, joined([head, html], "\n\n"), _tried(keyboard, subject))
    return shown.then(_awaiting(event, subject, position))


async def _graded(
    desk: Desk, event: Event, subject: str, quiz_set: QuizSet, position: int, said: Said
) -> Turn:
    """Show the verdict on an answer; where it does not fit the question, the question again."""
    item = _items(quiz_set)[position]
    item = replace(item, reading=await desk.readings.of(item.question.passage))
    judgement = None
    if isinstance(said, Reasoned):
        judgement = await desk.readings.judge(item.question, said.text)
    try:
        grade = mark(item.question, item.ask, said, item.reading, judgement)
    except ValueError:
        return _ask(desk, event, subject, quiz_set, position)
    items = list(_items(quiz_set))
    items[position] = item
    round_ = replace(_round(desk, tuple(items), position), grades=(grade,) * (position + 1))
    html = verdict_view.verdict(desk.texts, round_, position, said)
    rows: list[list[tuple[str, Press]]] = [
        [(desk.texts.plain("button-next"), Try(subject, position + 1))]
    ]
    return reply(event, html, rows)


def _items(quiz_set: QuizSet) -> tuple[Item, ...]:
    """Return every question of a set with the first thing that it asks."""
    return tuple(
        Item(quiz_set.slug, quiz_set.version, question, askable(question)[0])
        for question in quiz_set.questions
    )


def _round(desk: Desk, items: tuple[Item, ...], position: int) -> Round:
    """Return a round that stands at a position; it is shown and never kept."""
    grade = mark(items[0].question, items[0].ask, Passed(), None)
    return Round(id=0, learner=0, items=items, grades=(grade,) * position, shown=position + 1)


def _tried(keyboard: says.Keyboard, subject: str) -> says.Keyboard:
    """Return a question's keyboard with presses that keep nothing."""
    return [[(label, _as_tried(press, subject)) for label, press in row] for row in keyboard]


def _as_tried(press: Press, subject: str) -> Press:
    match press:
        case Choose(position=position, kind=kind):
            return TryKind(subject, position, kind)
        case NothingLoaded(position=position):
            return TryClean(subject, position)
        case NotSure(position=position):
            return TryPass(subject, position)
    return press


def _awaiting(event: Event, subject: str, position: int) -> Turn:
    place = f"{subject}:{position}"
    return Turn(writes=(lambda db: awaited.ask(db, event.learner, TRIED, place),))


def _set_of(desk: Desk, event: Event, subject: str) -> QuizSet | None:
    """Return what is tried out: a published set, or a draft of one's own."""
    if not subject.startswith(DRAFT):
        return _published(desk, event, subject)
    number = read_number(subject.removeprefix(DRAFT))
    body = drafts.load(desk.db, number, event.learner) if number is not None else None
    return from_json(body).quiz_set if body else None


def _published(desk: Desk, event: Event, slug: str) -> QuizSet | None:
    sets = desk.library.teachable(event.learner)
    return next((one for one in sets if one.slug == slug), None)

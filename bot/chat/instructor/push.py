"""/push: a set for a class, now or at a time, by buttons; /pushes: what is on its way and was."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import says
from bot.chat.buttons.lists import Listing
from bot.chat.buttons.push import (
    Choice,
    ChooseKinds,
    ChooseTime,
    Confirm,
    Drop,
    SetTime,
    Settings,
    TheSet,
    ToClass,
    TypeTime,
    When,
)
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.instructor import choices
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import progress as progress_view
from bot.chat.views import push as view
from bot.chat.views.pages import paged
from bot.chat.views.push import PROBLEM_TEXT, TIME_PROBLEM_TEXT
from bot.store import awaited, classes, deliveries, pushes
from bot.store.classes import Class
from bot.store.pushes import Push, PushState
from bot.teaching import pushes as teaching
from bot.teaching.classes import may_teach, taught
from bot.teaching.times import TimeProblem, read_moment, shown
from bot.texts import Markup

TIME = "push-time"
"""What is awaited of somebody who types a time; about "push:when"."""

LISTED = 8
"""Pushes that /pushes shows, each in a message of its own with its button."""

Page = tuple[Markup, says.Keyboard]
Found = tuple[Push, Class]


async def push(desk: Desk, event: Event) -> Turn:
    """/push: ask for the class, or for the set where there is only one class."""
    mine = taught(desk.db, event.learner)
    if not mine:
        return reply(event, desk.texts.say("push-no-class"))
    if len(mine) == 1:
        return reply(event, *_sets(desk, event, mine[0]))
    html, rows = view.which_class(desk.texts, mine)
    return reply(event, html, paged(desk.texts, rows, Listing.PUSH_CLASSES))


async def listed(desk: Desk, event: Event) -> Turn:
    """/pushes: the newest pushes to one's classes, with a button where one can be stopped."""
    mine = [class_.id for class_ in taught(desk.db, event.learner)]
    found = pushes.confirmed(desk.db, mine)[:LISTED]
    if not found:
        return reply(event, desk.texts.say("push-none"))
    turn = Turn()
    for push_ in reversed(found):
        class_ = classes.load(desk.db, push_.class_id)
        if class_ is not None:
            turn = turn.then(reply(event, *await _progress(desk, push_, class_)))
    return turn


async def pressed_class(desk: Desk, event: Event, press: ToClass) -> Turn:
    """Ask which set."""
    class_ = classes.load(desk.db, press.class_id)
    if class_ is None or not may_teach(desk.db, class_.id, event.learner):
        return _gone(desk, event)
    return _edited(event, _sets(desk, event, class_))


async def pressed_set(desk: Desk, event: Event, press: TheSet) -> Turn:
    """Begin a push of this set, and show what can be set about it."""
    class_ = classes.load(desk.db, press.class_id)
    found = [one for one in desk.library.teachable(event.learner) if one.slug == press.slug]
    if class_ is None or not found or not may_teach(desk.db, class_.id, event.learner):
        return _gone(desk, event)
    fresh = Push(
        id=0,
        class_id=class_.id,
        slug=press.slug,
        version=found[0].version,
        made_by=event.learner,
    )
    # The number of the draft must be known for its buttons, so it is made at once and not with
    # the other writes; made twice it is the same one.
    number = await desk.store.write(lambda db: pushes.draft(db, fresh))
    kept = pushes.load(desk.db, number)
    if kept is None:
        return _gone(desk, event)
    return _edited(event, _settings(desk, kept, class_))


async def pressed_choice(desk: Desk, event: Event, press: Choice) -> Turn:
    """Change one option and show the settings, or the kinds, as they are then."""
    found = _draft(desk, event, press.push)
    options = found and choices.chosen(found[0].options, press.field, press.value)
    if found is None or options is None:
        return _gone(desk, event)
    changed = replace(found[0], options=options)
    is_kinds = press.field is press.field.KINDS
    page = view.kinds(desk.texts, changed) if is_kinds else _settings(desk, changed, found[1])
    return _edited(event, page).then(_kept(changed))


async def pressed_kinds(desk: Desk, event: Event, press: ChooseKinds) -> Turn:
    """Show which kinds are offered."""
    found = _draft(desk, event, press.push)
    return _edited(event, view.kinds(desk.texts, found[0])) if found else _gone(desk, event)


async def pressed_when(desk: Desk, event: Event, press: ChooseTime) -> Turn:
    """Show from which times to choose."""
    found = _draft(desk, event, press.push)
    if found is None:
        return _gone(desk, event)
    return _edited(event, view.times(desk.texts, found[0], press.when, found[1]))


async def pressed_time(desk: Desk, event: Event, press: SetTime) -> Turn:
    """Set one of the offered times."""
    found = _draft(desk, event, press.push)
    if found is None:
        return _gone(desk, event)
    changed = choices.with_offered(found[0], press.when, press.place, found[1].zone, event.now)
    if changed is None:
        return _gone(desk, event)
    return _edited(event, _settings(desk, changed, found[1])).then(_kept(changed))


async def pressed_type(desk: Desk, event: Event, press: TypeTime) -> Turn:
    """Ask for a time to be typed."""
    found = _draft(desk, event, press.push)
    if found is None:
        return _gone(desk, event)
    subject = f"{press.push}:{press.when}"
    asked = reply(event, desk.texts.say("push-type-time", zone=found[1].zone))
    ask = Turn(writes=(lambda db: awaited.ask(db, event.learner, TIME, subject),))
    return acknowledge(event).then(asked).then(ask)


async def typed_time(desk: Desk, event: Event, subject: str) -> Turn:
    """Take a time that was asked for, or say what is wrong with it and wait for another."""
    number, _, when = subject.partition(":")
    found = _draft(desk, event, int(number))
    if found is None:
        return reply(event, desk.texts.say("push-is-gone"))
    push_, class_ = found
    moment = read_moment(event.text or "", class_.zone, event.now)
    if isinstance(moment, TimeProblem):
        now = shown(event.now, class_.zone)
        again = Turn(writes=(lambda db: awaited.ask(db, event.learner, TIME, subject),))
        return reply(event, desk.texts.say(TIME_PROBLEM_TEXT[moment], now=now)).then(again)
    changed = choices.with_typed(push_, When(when), moment)
    return reply(event, *_settings(desk, changed, class_)).then(_kept(changed))


async def pressed_settings(desk: Desk, event: Event, press: Settings) -> Turn:
    """Show the settings again."""
    found = _draft(desk, event, press.push)
    return _edited(event, _settings(desk, *found)) if found else _gone(desk, event)


async def pressed_confirm(desk: Desk, event: Event, press: Confirm) -> Turn:
    """Let a push go out, or say what keeps it from going out; a second press changes nothing."""
    found = _draft(desk, event, press.push)
    if found is None:
        return _gone(desk, event)
    push_, class_ = found
    problem = teaching.problem(desk.library, push_, event.now)
    if problem is not None:
        return acknowledge(event, desk.texts.plain(PROBLEM_TEXT[problem]))
    ready = replace(push_, state=PushState.WAITING, send_at=push_.send_at or event.now)
    confirm = Turn(
        writes=(lambda db: pushes.confirm(db, push_.id, event.now, event.message_id),), wakes=True
    )
    return _edited(event, await _progress(desk, ready, class_)).then(confirm)


async def pressed_drop(desk: Desk, event: Event, press: Drop) -> Turn:
    """Give up a draft or stop a push; what was sent stays sent."""
    found = _mine(desk, event, press.push)
    if found is None:
        return _gone(desk, event)
    push_, class_ = found
    if push_.state in (PushState.SENT, PushState.CANCELLED):
        return acknowledge(event, desk.texts.plain("toast-push-through"))
    stopped = replace(push_, state=PushState.CANCELLED)
    cancel = Turn(writes=(lambda db: pushes.cancel(db, push_.id),), wakes=True)
    return _edited(event, await _progress(desk, stopped, class_)).then(cancel)


def _mine(desk: Desk, event: Event, push_id: int) -> Found | None:
    """Return a push with its class, where whoever asks teaches there."""
    found = pushes.load(desk.db, push_id)
    class_ = classes.load(desk.db, found.class_id) if found else None
    if found is None or class_ is None:
        return None
    return (found, class_) if may_teach(desk.db, class_.id, event.learner) else None


def _draft(desk: Desk, event: Event, push_id: int) -> Found | None:
    """Return a draft of one's own."""
    found = _mine(desk, event, push_id)
    if found is None or found[0].state is not PushState.DRAFT:
        return None
    return found if found[0].made_by == event.learner else None


def _sets(desk: Desk, event: Event, class_: Class) -> Page:
    html, rows = view.which_set(desk.texts, class_, desk.library.teachable(event.learner))
    return html, paged(desk.texts, rows, Listing.PUSH_SETS, about=class_.id)


def _settings(desk: Desk, push_: Push, class_: Class) -> Page:
    learners = classes.count(desk.db, class_.id)
    title = desk.library.version(push_.slug, push_.version).title
    return view.settings(desk.texts, push_, title, class_, learners)


async def _progress(desk: Desk, push_: Push, class_: Class) -> Page:
    title = desk.library.version(push_.slug, push_.version).title
    members, rows = await desk.store.look(
        lambda db: (classes.members(db, class_.id), deliveries.of_push(db, push_.id))
    )
    return progress_view.progress(desk.texts, push_, title, class_, members, rows)


def _edited(event: Event, page: Page) -> Turn:
    """Answer a press by turning its message into another page."""
    if event.message_id is None:
        return acknowledge(event)
    return acknowledge(event).then(Turn((says.edit(event.chat_id, event.message_id, *page),)))


def _kept(push_: Push) -> Turn:
    return Turn(writes=(lambda db: pushes.change(db, push_),))


def _gone(desk: Desk, event: Event) -> Turn:
    return acknowledge(event, desk.texts.plain("toast-push-gone"))

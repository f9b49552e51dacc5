"""Joining a class, being called something in it, leaving it."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import says
from bot.chat.allowance import Costly
from bot.chat.buttons import AskNickname, Leave, Listing, StayAnonymous
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import classes as view
from bot.chat.views.pages import paged
from bot.store import awaited, classes
from bot.store.classes import Class, Member
from bot.teaching.classes import LONGEST_NICKNAME, clean_code, nickname_taken
from bot.teaching.names import clean_name
from bot.texts import Markup

NICKNAME = "nickname"
"""What is awaited of a learner who is to type a nickname; the subject is the class."""


async def join(desk: Desk, event: Event) -> Turn:
    """/join CODE: join a class."""
    _, code = event.command or ("", "")
    if not code:
        return reply(event, desk.texts.say("join-how"))
    return join_by(desk, event, code)


def join_by(desk: Desk, event: Event, code: str) -> Turn:
    """Join the class that a code opens."""
    if desk.allowance.spent(event.telegram_id, Costly.GUESS, event.now):
        return reply(event, desk.texts.say("wait-guesses"))
    found = classes.by_code(desk.db, clean_code(code))
    if found is None:
        desk.allows(event, Costly.GUESS)
        return reply(event, desk.texts.say("join-unknown"))
    member = classes.member(desk.db, found.id, event.learner)
    joined = Turn(writes=(lambda db: classes.join(db, found.id, event.learner, event.now),))
    newcomer = Member(event.learner, "", ranked=False, reminders=True)
    html, keyboard = view.joined_page(desk.texts, found, member or newcomer)
    return reply(event, html, keyboard).then(joined)


async def leave(desk: Desk, event: Event) -> Turn:
    """/leave: leave a class, the only one at once."""
    joined = classes.joined_by(desk.db, event.learner)
    if not joined:
        return reply(event, desk.texts.say("leave-none"))
    if len(joined) == 1:
        return reply(event, desk.texts.say("left", name=joined[0].name)).then(
            _left(event, joined[0])
        )
    html, rows = view.leaving(desk.texts, joined)
    return reply(event, html, paged(desk.texts, rows, Listing.LEAVE))


def shelf(desk: Desk, event: Event) -> tuple[Markup, says.Keyboard]:
    """Return the classes that somebody may leave, all of them."""
    return view.leaving(desk.texts, classes.joined_by(desk.db, event.learner))


async def pressed_leave(desk: Desk, event: Event, press: Leave) -> Turn:
    """Leave a class from a button."""
    found, member = _membership(desk, event, press.class_id)
    if found is None or member is None:
        return acknowledge(event, desk.texts.plain("toast-not-in-class"))
    said = _shown(event, desk.texts.say("left", name=found.name), ())
    return acknowledge(event).then(said).then(_left(event, found))


async def pressed_nickname(desk: Desk, event: Event, press: AskNickname) -> Turn:
    """Ask for a nickname."""
    found, member = _membership(desk, event, press.class_id)
    if found is None or member is None:
        return acknowledge(event, desk.texts.plain("toast-not-in-class"))
    asked = reply(event, desk.texts.say("nickname-ask", name=found.name, most=LONGEST_NICKNAME))
    subject = str(found.id)
    wait = Turn(writes=(lambda db: awaited.ask(db, event.learner, NICKNAME, subject),))
    return acknowledge(event).then(asked).then(wait)


async def typed_nickname(desk: Desk, event: Event, subject: str) -> Turn:
    """Take a nickname that was asked for."""
    found, member = _membership(desk, event, int(subject))
    if found is None or member is None:
        return reply(event, desk.texts.say("class-gone"))
    nickname = clean_name(event.text or "", LONGEST_NICKNAME)
    if nickname is None:
        return _again(desk, event, subject, "nickname-bad")
    nobody = desk.texts.plain("leaderboard-anonymous")
    if nickname_taken(desk.db, found.id, event.learner, nickname, nobody):
        return _again(desk, event, subject, "nickname-taken")
    return _called(desk, event, found, replace(member, nickname=nickname))


async def pressed_anonymous(desk: Desk, event: Event, press: StayAnonymous) -> Turn:
    """Give up a nickname."""
    found, member = _membership(desk, event, press.class_id)
    if found is None or member is None:
        return acknowledge(event, desk.texts.plain("toast-not-in-class"))
    anonymous = replace(member, nickname="")
    html, keyboard = view.joined_page(desk.texts, found, anonymous)
    keep = Turn(writes=(lambda db: classes.change(db, found.id, anonymous),))
    return acknowledge(event).then(_shown(event, html, keyboard)).then(keep)


def _called(desk: Desk, event: Event, found: Class, member: Member) -> Turn:
    html, keyboard = view.joined_page(desk.texts, found, member)
    keep = Turn(writes=(lambda db: classes.change(db, found.id, member),))
    return reply(event, html, keyboard).then(keep)


def _again(desk: Desk, event: Event, subject: str, key: str) -> Turn:
    """Say what is wrong with a nickname and await another."""
    wait = Turn(writes=(lambda db: awaited.ask(db, event.learner, NICKNAME, subject),))
    return reply(event, desk.texts.say(key, most=LONGEST_NICKNAME)).then(wait)


def _membership(desk: Desk, event: Event, class_id: int) -> tuple[Class | None, Member | None]:
    found = classes.load(desk.db, class_id)
    return found, classes.member(desk.db, class_id, event.learner)


def _left(event: Event, found: Class) -> Turn:
    return Turn(writes=(lambda db: classes.leave(db, found.id, event.learner),))


def _shown(event: Event, html: Markup, keyboard: says.Keyboard) -> Turn:
    """Turn the message that was pressed into something else."""
    if event.message_id is None:
        return Turn()
    return Turn((says.edit(event.chat_id, event.message_id, html, keyboard),))

"""/class: making classes, and what those who teach one may do with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.chat import says
from bot.chat.allowance import Costly
from bot.chat.buttons import (
    DeleteClass,
    ListClasses,
    Listing,
    NewClass,
    NewCode,
    OpenClass,
    Rename,
    SetZone,
    ShowQr,
)
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import classes as view
from bot.chat.views.pages import paged
from bot.store import awaited, classes, roles
from bot.store.classes import Class
from bot.store.roles import Role
from bot.teaching import classes as teaching
from bot.teaching.names import clean_name
from bot.texts import Markup

NAME, NEW_NAME, ZONE = "class-name", "class-new-name", "class-zone"
"""What is awaited of those who teach: the name of a new class, a class's new name or zone."""

CLASS_ASK_TEXT = {NAME: "class-name-ask", NEW_NAME: "class-new-name-ask", ZONE: "class-zone-ask"}


async def classes_(desk: Desk, event: Event) -> Turn:
    """/class: the classes that one teaches; /class new [NAME]: make one."""
    _, words = event.command or ("", "")
    verb, _, name = words.partition(" ")
    if verb.lower() != "new":
        return _list(desk, event)
    if not _may_make(desk, event):
        return reply(event, desk.texts.say("class-not-yours-to-make"))
    return _make(desk, event, name) if name.strip() else _await(desk, event, NAME, "")


async def pressed_list(desk: Desk, event: Event, _press: ListClasses) -> Turn:
    """Show the classes from a button."""
    return acknowledge(event).then(_list(desk, event))


async def pressed_new(desk: Desk, event: Event, _press: NewClass) -> Turn:
    """Ask for the name of a new class."""
    if not _may_make(desk, event):
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    return acknowledge(event).then(_await(desk, event, NAME, ""))


async def typed_name(desk: Desk, event: Event, _subject: str) -> Turn:
    """Take the name of a new class."""
    if not _may_make(desk, event):
        return reply(event, desk.texts.say("class-not-yours-to-make"))
    return _make(desk, event, event.text or "")


async def pressed_open(desk: Desk, event: Event, press: OpenClass) -> Turn:
    """Show one class."""
    found = _taught(desk, event, press.class_id)
    if found is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    return acknowledge(event).then(_page(desk, event, found))


async def pressed_qr(desk: Desk, event: Event, press: ShowQr) -> Turn:
    """Send the link to join as a QR picture."""
    found = _taught(desk, event, press.class_id)
    if found is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    if not desk.allows(event, Costly.PICTURE):
        return acknowledge(event, desk.texts.plain("wait-costly"))
    link = _link(desk, found)
    png = await asyncio.to_thread(view.qr_png, link)
    name = desk.texts.plain("class-qr-name")
    caption = desk.texts.say("class-qr", name=found.name, code=found.code, link=link)
    return acknowledge(event).then(Turn((says.picture(event.chat_id, name, png, caption),)))


async def pressed_rename(desk: Desk, event: Event, press: Rename) -> Turn:
    """Ask for a class's new name."""
    return _asked(desk, event, press.class_id, NEW_NAME)


async def pressed_zone(desk: Desk, event: Event, press: SetZone) -> Turn:
    """Ask for a class's time zone."""
    return _asked(desk, event, press.class_id, ZONE)


async def typed_new_name(desk: Desk, event: Event, subject: str) -> Turn:
    """Take a class's new name."""
    name = clean_name(event.text or "", teaching.LONGEST_NAME)
    if name is None:
        return _await(desk, event, NEW_NAME, subject)
    return _changed(desk, event, int(subject), lambda found: replace(found, name=name))


async def typed_zone(desk: Desk, event: Event, subject: str) -> Turn:
    """Take a class's time zone."""
    zone = (event.text or "").strip()
    if not teaching.known_zone(zone):
        told = reply(event, desk.texts.say("class-zone-unknown", given=zone[:40]))
        return told.then(_awaited(event, ZONE, subject))
    return _changed(desk, event, int(subject), lambda found: replace(found, zone=zone))


async def pressed_code(desk: Desk, event: Event, press: NewCode) -> Turn:
    """Give a class another join code, as when the old one went where it should not."""
    if _led(desk, event, press.class_id) is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    code = teaching.free_code(desk.db, desk.choose)
    changed = _changed(desk, event, press.class_id, lambda found: replace(found, code=code))
    return acknowledge(event, desk.texts.plain("toast-class-code")).then(changed)


async def pressed_delete(desk: Desk, event: Event, press: DeleteClass) -> Turn:
    """Delete a class, or ask whether that is meant."""
    found = _led(desk, event, press.class_id)
    if found is None or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    if not press.confirmed:
        members = classes.count(desk.db, found.id)
        html, keyboard = view.deleting(desk.texts, found, members)
        return acknowledge(event).then(reply(event, html, keyboard))
    html = desk.texts.say("class-deleted", name=found.name)
    gone = Turn(
        (says.edit(event.chat_id, event.message_id, html),),
        (lambda db: classes.delete(db, found.id),),
    )
    return acknowledge(event).then(gone)


def shelf(desk: Desk, event: Event) -> tuple[Markup, says.Keyboard]:
    """Return the classes that somebody teaches, all of them."""
    found = teaching.taught(desk.db, event.learner)
    return view.listed(desk.texts, found, may_make=_may_make(desk, event))


def _list(desk: Desk, event: Event) -> Turn:
    html, rows = shelf(desk, event)
    return reply(event, html, paged(desk.texts, rows, Listing.CLASSES))


def _make(desk: Desk, event: Event, name: str) -> Turn:
    clean = clean_name(name, teaching.LONGEST_NAME)
    if clean is None:
        return _await(desk, event, NAME, "")
    code = teaching.free_code(desk.db, desk.choose)
    return _made(desk, event, clean, code)


def _made(desk: Desk, event: Event, name: str, code: str) -> Turn:
    zone = teaching.DEFAULT_ZONE
    link = desk.link(f"{view.CLASS}{code}")
    html = desk.texts.say("class-made", name=name, code=code, link=link, zone=zone)
    keyboard = [[(desk.texts.plain("button-classes"), ListClasses())]]
    make = Turn(
        writes=(
            lambda db: teaching.create(db, Class(0, name, code, zone), event.learner, event.now),
        )
    )
    return reply(event, html, keyboard).then(make)


def _page(desk: Desk, event: Event, found: Class) -> Turn:
    html, keyboard = view.page(
        desk.texts,
        found,
        classes.count(desk.db, found.id),
        _link(desk, found),
        leads=teaching.may_lead(desk.db, found.id, event.learner),
    )
    return reply(event, html, keyboard)


def _changed(desk: Desk, event: Event, class_id: int, change: Callable[[Class], Class]) -> Turn:
    """Keep a changed class and show it; whether that is allowed is asked again."""
    found = _led(desk, event, class_id)
    if found is None:
        return reply(event, desk.texts.say("class-gone"))
    changed = change(found)
    return _page(desk, event, changed).then(Turn(writes=(lambda db: classes.keep(db, changed),)))


def _asked(desk: Desk, event: Event, class_id: int, what: str) -> Turn:
    if _led(desk, event, class_id) is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    return acknowledge(event).then(_await(desk, event, what, str(class_id)))


def _await(desk: Desk, event: Event, what: str, subject: str) -> Turn:
    """Ask for something to be typed."""
    html: Markup = desk.texts.say(CLASS_ASK_TEXT[what], most=teaching.LONGEST_NAME)
    return reply(event, html).then(_awaited(event, what, subject))


def _awaited(event: Event, what: str, subject: str) -> Turn:
    return Turn(writes=(lambda db: awaited.ask(db, event.learner, what, subject),))


def _taught(desk: Desk, event: Event, class_id: int) -> Class | None:
    may = teaching.may_teach(desk.db, class_id, event.learner)
    return classes.load(desk.db, class_id) if may else None


def _led(desk: Desk, event: Event, class_id: int) -> Class | None:
    may = teaching.may_lead(desk.db, class_id, event.learner)
    return classes.load(desk.db, class_id) if may else None


def _may_make(desk: Desk, event: Event) -> bool:
    return roles.of(desk.db, event.learner).may(Role.INSTRUCTOR)


def _link(desk: Desk, found: Class) -> str:
    return desk.link(f"{view.CLASS}{found.code}")

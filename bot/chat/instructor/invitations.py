"""Inviting others to teach or to operate, and what becomes of an invitation."""

from __future__ import annotations

from bot.chat.allowance import Costly
from bot.chat.buttons import InviteCo
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.menu import menu
from bot.chat.turns import Turn, acknowledge, reply
from bot.store import classes, roles
from bot.store.roles import Role
from bot.teaching import invitations
from bot.teaching.classes import may_lead
from bot.texts import Markup

INVITATION = "i-"
"""Beginning of what a link that invites hands to /start."""

CLAIM = "claim"
"""The command that takes a key which was typed."""

OFFERED = {"": Role.INSTRUCTOR, "instructor": Role.INSTRUCTOR, "operator": Role.OPERATOR}
"""What an operator may type behind /invite."""

NOW_TEXT = {Role.INSTRUCTOR: "now-instructor", Role.OPERATOR: "now-operator"}
INVITED_TEXT = {Role.INSTRUCTOR: "invite-instructor", Role.OPERATOR: "invite-operator"}


async def invite(desk: Desk, event: Event) -> Turn:
    """/invite [instructor|operator]: make a link that gives a role, once."""
    _, wanted = event.command or ("", "")
    role = OFFERED.get(wanted.lower())
    if role is None:
        return reply(event, desk.texts.say("invite-unknown", given=wanted[:40]))
    return await _invite(desk, event, role, None, Markup())


async def pressed_invite_co(desk: Desk, event: Event, press: InviteCo) -> Turn:
    """Make a link that lets somebody help teach a class."""
    found = classes.load(desk.db, press.class_id)
    if found is None or not may_lead(desk.db, press.class_id, event.learner):
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    name = desk.texts.say("invite-for-class", name=found.name)
    made = await _invite(desk, event, Role.CO_INSTRUCTOR, found.id, name)
    return acknowledge(event).then(made)


async def accept(desk: Desk, event: Event, key: str) -> Turn:
    """Take up an invitation."""
    if desk.allowance.spent(event.telegram_id, Costly.GUESS, event.now):
        return reply(event, desk.texts.say("wait-guesses"))
    before = roles.of(desk.db, event.learner)
    taken = await desk.store.write(lambda db: invitations.accept(db, key, event.learner, event.now))
    if taken is None:
        desk.allows(event, Costly.GUESS)
        return reply(event, desk.texts.say("invitation-dead"))
    if taken.class_id is not None and (found := classes.load(desk.db, taken.class_id)):
        html = desk.texts.say("now-co-instructor", name=found.name)
    elif before.may(taken.role):
        html = desk.texts.say("already-more")
    else:
        html = desk.texts.say(NOW_TEXT[taken.role])
    role = roles.of(desk.db, event.learner)
    return reply(event, html).then(Turn((menu(desk.texts, event.chat_id, role),)))


async def claim(desk: Desk, event: Event) -> Turn:
    """/claim KEY: take up an invitation whose key was read off a screen."""
    _, key = event.command or ("", "")
    return await accept(desk, event, key.removeprefix(INVITATION))


async def _invite(desk: Desk, event: Event, role: Role, class_id: int | None, what: Markup) -> Turn:
    """Make an invitation; its key goes into the answer alone, and into the store as a hash."""
    made = invitations.invitation(role, class_id, event.learner, event.now, desk.new_key)
    return reply(
        event,
        desk.texts.say(
            "invitation",
            what=what or desk.texts.say(INVITED_TEXT[role]),
            link=desk.link(f"{INVITATION}{made.key}"),
            days=invitations.LIFETIME.days,
        ),
    ).then(Turn(writes=(lambda db: roles.invite(db, made.key, made.invitation),)))

"""/regrade: what a changed key would change in answers that were given, and doing it."""

from __future__ import annotations

import sqlite3

from bot.chat import says
from bot.chat.buttons import Press, Regrade
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import disputes as view
from bot.quiz.values import QuizSet
from bot.store import disputes, results
from bot.teaching.library import may_publish
from bot.teaching.regrades import KEY_CHANGED, Plan, plan


async def regrade(desk: Desk, event: Event) -> Turn:
    """/regrade [SET]: show what would change, or choose a set of one's own."""
    _, slug = event.command or ("", "")
    mine = [
        one for one in desk.library.everything() if may_publish(desk.db, one.slug, event.learner)
    ]
    chosen = next((one for one in mine if one.slug == slug.lower()), None)
    if chosen is not None:
        return _dry_run(desk, event, chosen, lower=False)
    rows: list[list[tuple[str, Press]]] = [
        [
            (
                desk.texts.plain("button-set", title=one.title),
                Regrade(one.slug, lower=False, apply=False),
            )
        ]
        for one in mine
    ]
    return reply(event, desk.texts.say("regrade-which" if mine else "regrade-none"), rows)


async def pressed_regrade(desk: Desk, event: Event, press: Regrade) -> Turn:
    """Show what would change, or change it."""
    quiz_set = desk.library.find(press.slug)
    if quiz_set is None or not may_publish(desk.db, press.slug, event.learner):
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    if not press.apply:
        return acknowledge(event).then(_dry_run(desk, event, quiz_set, lower=press.lower))
    found = _plan(desk, quiz_set, lower=press.lower)

    def write(db: sqlite3.Connection) -> None:
        for one in found.changes:
            disputes.regrade(
                db,
                one.result.answer,
                one.grade,
                quiz_set.version,
                event.learner,
                KEY_CHANGED,
                event.now,
            )

    said = desk.texts.say("regraded", title=quiz_set.title, count=len(found.changes))
    shown = (
        Turn() if event.message_id is None else Turn((says.keys(event.chat_id, event.message_id),))
    )
    return acknowledge(event).then(shown).then(reply(event, said)).then(Turn(writes=(write,)))


def _dry_run(desk: Desk, event: Event, quiz_set: QuizSet, *, lower: bool) -> Turn:
    found = _plan(desk, quiz_set, lower=lower)
    html, keyboard = view.plan(desk.texts, quiz_set.slug, quiz_set.title, found, lower=lower)
    return reply(event, html, keyboard)


def _plan(desk: Desk, quiz_set: QuizSet, *, lower: bool) -> Plan:
    return plan(results.of_set(desk.db, quiz_set.slug), quiz_set, lower=lower)

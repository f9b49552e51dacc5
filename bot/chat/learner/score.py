"""/score: the counts, and a picture of the progress."""

from __future__ import annotations

import asyncio

from bot.chat import says
from bot.chat.allowance import Costly
from bot.chat.buttons import ShowScore
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import picture as picture_view
from bot.chat.views import score as view
from bot.quiz.labels import Ask
from bot.quiz.review import due_now
from bot.quiz.tally import progress
from bot.store import log
from bot.store.rounds import open_of

LEAST_FOR_PICTURE = 3
"""Settled answers of one type from which a line shows more than a dot."""


async def score(desk: Desk, event: Event) -> Turn:
    """Show the score page, with a picture when there is progress to be seen."""
    answers = log.graded(desk.db, event.learner)
    schedule = desk.schedule(event.learner)
    due = len(due_now(schedule, event.now))
    next_due = min(schedule.values(), default=None)
    html = view.score(desk.texts, answers, due, next_due, event.now)
    page = reply(event, html, view.keyboard(desk.texts, due, open_of(desk.db, event.learner)))
    lines = {ask: line for ask in Ask if len(line := progress(answers, ask)) >= LEAST_FOR_PICTURE}
    if not lines or not desk.allows(event, Costly.PICTURE):
        return page
    png = await asyncio.to_thread(picture_view.progress_png, desk.texts, lines)
    name, title = desk.texts.plain("picture-name"), desk.texts.say("picture-title")
    return Turn((says.picture(event.chat_id, name, png, title),)).then(page)


async def pressed_score(desk: Desk, event: Event, _press: ShowScore) -> Turn:
    """Show the score page from a button."""
    return acknowledge(event).then(await score(desk, event))

"""Paging through the verdicts of a round whose feedback was deferred, in one message."""

from __future__ import annotations

from bot.chat import says
from bot.chat.buttons import Overview, Page
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.learner.rounds import overview
from bot.chat.turns import Turn, acknowledge
from bot.chat.views.paging import page
from bot.quiz.rounds import Round
from bot.store import log


async def pressed_page(desk: Desk, event: Event, press: Page) -> Turn:
    """Show the verdict on one answer in the message that was pressed."""
    round_ = desk.round(event.learner, press.round_id)
    if round_ is None or not round_.closed or press.position >= round_.position:
        return acknowledge(event, desk.texts.plain("toast-not-yours"))
    return acknowledge(event).then(turned_to(desk, event, round_, press.position))


async def pressed_overview(desk: Desk, event: Event, press: Overview) -> Turn:
    """Show the summary again in the message that was pressed."""
    round_ = desk.round(event.learner, press.round_id)
    if round_ is None or not round_.closed or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-not-yours"))
    html, keyboard = overview(desk, event, round_)
    return acknowledge(event).then(
        Turn((says.edit(event.chat_id, event.message_id, html, keyboard),))
    )


def turned_to(
    desk: Desk, event: Event, round_: Round, position: int, *, disputed: bool | None = None
) -> Turn:
    """Turn the message that was pressed to the verdict on one answer."""
    said = log.said_at(desk.db, round_.id, position)
    if said is None or event.message_id is None:
        return Turn()
    if disputed is None:
        disputed = log.disputed(desk.db, round_.id, position)
    graded = desk.read_before(round_, position)
    html, keyboard = page(desk.texts, graded, position, said, disputed=disputed)
    return Turn((says.edit(event.chat_id, event.message_id, html, keyboard),))

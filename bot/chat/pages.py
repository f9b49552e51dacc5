"""Turning the pages of a list, whichever it is and whoever looks at it."""

from __future__ import annotations

from collections.abc import Callable

from bot.chat import says
from bot.chat.buttons import Listing, ShowPage
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.instructor import classes, preview, regrades, results
from bot.chat.learner import classes as learner_classes
from bot.chat.learner import leaderboard, rounds
from bot.chat.turns import Turn, acknowledge
from bot.chat.views import push
from bot.chat.views.pages import paged
from bot.store import classes as class_store
from bot.store import roles
from bot.store.roles import Role
from bot.teaching.classes import may_teach, taught
from bot.texts import Markup

Listed = tuple[Markup, says.Keyboard]


def _classes(desk: Desk, event: Event) -> Listed:
    """Return the classes that somebody may push to."""
    return push.which_class(desk.texts, taught(desk.db, event.learner))


def _sets(desk: Desk, event: Event, class_id: int) -> Listed | None:
    """Return the sets that somebody may push to a class."""
    class_ = class_store.load(desk.db, class_id)
    if class_ is None or not may_teach(desk.db, class_id, event.learner):
        return None
    return push.which_set(desk.texts, class_, desk.library.teachable(event.learner))


TEACHING: dict[Listing, Callable[[Desk, Event, int], Listed | None]] = {
    Listing.CLASSES: lambda desk, event, _: classes.shelf(desk, event),
    Listing.RESULTS: lambda desk, event, _: results.shelf(desk, event),
    Listing.PUSH_CLASSES: lambda desk, event, _: _classes(desk, event),
    Listing.PUSH_SETS: _sets,
    Listing.PREVIEW: lambda desk, event, _: preview.shelf(desk, event),
    Listing.REGRADE: lambda desk, event, _: regrades.shelf(desk, event),
}
"""The lists of those who teach, each with all of its rows; None where it is not theirs."""

LEARNING: dict[Listing, Callable[[Desk, Event], Listed]] = {
    Listing.SETS: rounds.shelf,
    Listing.LEAVE: learner_classes.shelf,
    Listing.BOARDS: leaderboard.shelf,
}
"""The lists of everybody."""


async def pressed_page(desk: Desk, event: Event, press: ShowPage) -> Turn:
    """Turn a list to another page; what is in it is looked up anew."""
    found = _list(desk, event, press)
    if found is None or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    html, rows = found
    keyboard = paged(desk.texts, rows, press.listing, press.page, press.about)
    shown = says.edit(event.chat_id, event.message_id, html, keyboard)
    return acknowledge(event).then(Turn((shown,)))


def _list(desk: Desk, event: Event, press: ShowPage) -> Listed | None:
    if press.listing in LEARNING:
        return LEARNING[press.listing](desk, event)
    if not roles.of(desk.db, event.learner).may(Role.CO_INSTRUCTOR):
        return None
    return TEACHING[press.listing](desk, event, press.about)

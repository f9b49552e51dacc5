"""/results: what a class answered, as pages, a picture and files."""

from __future__ import annotations

import asyncio

from bot.chat import says
from bot.chat.allowance import Costly
from bot.chat.buttons import Listing, SendResults, ShowLearners, ShowQuestions, ShowResults
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import results as view
from bot.chat.views.pages import paged
from bot.store import classes
from bot.teaching import classbook
from bot.teaching.classbook import ClassBook
from bot.teaching.classes import may_lead, may_teach, taught
from bot.texts import Markup


async def results(desk: Desk, event: Event) -> Turn:
    """/results: of the one class that one teaches, or of the one that is chosen."""
    found = taught(desk.db, event.learner)
    if len(found) == 1 and (book := await _book(desk, found[0].id)):
        return await _page(desk, event, book)
    html, rows = view.which(desk.texts, found)
    return reply(event, html, paged(desk.texts, rows, Listing.RESULTS))


def shelf(desk: Desk, event: Event) -> tuple[Markup, says.Keyboard]:
    """Return the classes whose results somebody may see, all of them."""
    return view.which(desk.texts, taught(desk.db, event.learner))


async def pressed_results(desk: Desk, event: Event, press: ShowResults) -> Turn:
    """Show the results of a class."""
    if not _may_see(desk, event, press.class_id):
        return _not_yours(desk, event)
    book = await _book(desk, press.class_id)
    return Turn() if book is None else await _page(desk, event, book)


async def pressed_learners(desk: Desk, event: Event, press: ShowLearners) -> Turn:
    """Show the results learner by learner."""
    if not _may_see(desk, event, press.class_id):
        return _not_yours(desk, event)
    book = await _book(desk, press.class_id)
    return Turn() if book is None else reply(event, view.learners(desk.texts, book))


async def pressed_questions(desk: Desk, event: Event, press: ShowQuestions) -> Turn:
    """Show the results question by question."""
    if not _may_see(desk, event, press.class_id):
        return _not_yours(desk, event)
    book = await _book(desk, press.class_id)
    return Turn() if book is None else reply(event, view.questions(desk.texts, book, desk.library))


async def pressed_files(desk: Desk, event: Event, press: SendResults) -> Turn:
    """Send every answer as CSV and as JSON Lines; identities to whoever leads the class."""
    found = classes.load(desk.db, press.class_id)
    named = press.identities
    may = may_lead if named else may_teach
    if found is None or not may(desk.db, press.class_id, event.learner):
        return _not_yours(desk, event)
    if not desk.allows(event, Costly.FILE):
        return acknowledge(event, desk.texts.plain("wait-costly"))
    made = await desk.store.look(
        lambda db: classbook.files(db, desk.library, found.id, identities=named)
    )
    if not made.count:
        # Telegram takes no empty file.
        return reply(event, desk.texts.say("results-none", name=found.name))
    key = "results-file-identities" if named else "results-file"
    caption = desk.texts.say(key, name=found.name, count=made.count)
    files = (
        (desk.texts.plain("results-csv"), made.csv),
        (desk.texts.plain("results-jsonl"), made.jsonl),
    )
    return Turn(tuple(says.document(event.chat_id, *file, caption) for file in files))


async def _page(desk: Desk, event: Event, book: ClassBook) -> Turn:
    leads = may_lead(desk.db, book.of.id, event.learner)
    html, keyboard = view.page(desk.texts, book, desk.library, leads=leads)
    shown = reply(event, html, keyboard)
    if not book.counted.answers or not desk.allows(event, Costly.PICTURE):
        return shown
    png = await asyncio.to_thread(view.picture_png, desk.texts, book)
    name, title = desk.texts.plain("results-picture-name"), desk.texts.say("results-picture")
    return Turn((says.picture(event.chat_id, name, png, title),)).then(shown)


async def _book(desk: Desk, class_id: int) -> ClassBook | None:
    """Count a class's answers beside everything else; None where it is gone by then."""
    return await desk.store.look(lambda db: classbook.open_book(db, desk.library, class_id))


def _may_see(desk: Desk, event: Event, class_id: int) -> bool:
    there = classes.load(desk.db, class_id) is not None
    return there and may_teach(desk.db, class_id, event.learner)


def _not_yours(desk: Desk, event: Event) -> Turn:
    return acknowledge(event, desk.texts.plain("toast-not-your-class"))

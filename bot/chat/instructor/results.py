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
from bot.teaching import classbook, exports
from bot.teaching.classbook import ClassBook
from bot.teaching.classes import may_lead, may_teach, taught
from bot.texts import Markup


async def results(desk: Desk, event: Event) -> Turn:
    """/results: of the one class that one teaches, or of the one that is chosen."""
    found = taught(desk.db, event.learner)
    if len(found) == 1 and (book := classbook.open_book(desk.db, desk.library, found[0].id)):
        return await _page(desk, event, book)
    html, rows = view.which(desk.texts, found)
    return reply(event, html, paged(desk.texts, rows, Listing.RESULTS))


def shelf(desk: Desk, event: Event) -> tuple[Markup, says.Keyboard]:
    """Return the classes whose results somebody may see, all of them."""
    return view.which(desk.texts, taught(desk.db, event.learner))


async def pressed_results(desk: Desk, event: Event, press: ShowResults) -> Turn:
    """Show the results of a class."""
    book = _book(desk, event, press.class_id)
    if book is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    return acknowledge(event).then(await _page(desk, event, book))


async def pressed_learners(desk: Desk, event: Event, press: ShowLearners) -> Turn:
    """Show the results learner by learner."""
    book = _book(desk, event, press.class_id)
    if book is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    return acknowledge(event).then(reply(event, view.learners(desk.texts, book)))


async def pressed_questions(desk: Desk, event: Event, press: ShowQuestions) -> Turn:
    """Show the results question by question."""
    book = _book(desk, event, press.class_id)
    if book is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    html = view.questions(desk.texts, book, desk.library)
    return acknowledge(event).then(reply(event, html))


async def pressed_files(desk: Desk, event: Event, press: SendResults) -> Turn:
    """Send every answer as CSV and as JSON Lines; identities to whoever leads the class."""
    book = _book(desk, event, press.class_id)
    named = press.identities
    if book is None or (named and not may_lead(desk.db, press.class_id, event.learner)):
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    if not desk.allows(event, Costly.FILE):
        return acknowledge(event, desk.texts.plain("wait-costly"))
    rows = classbook.rows(desk.db, book, identities=named)
    if not rows:
        # Telegram takes no empty file.
        none = desk.texts.say("results-none", name=book.of.name)
        return acknowledge(event).then(reply(event, none))
    key = "results-file-identities" if named else "results-file"
    caption = desk.texts.say(key, name=book.of.name, count=len(rows))
    files = (
        (desk.texts.plain("results-csv"), exports.to_csv(rows, identities=named)),
        (desk.texts.plain("results-jsonl"), exports.to_jsonl(rows)),
    )
    sent = Turn(tuple(says.document(event.chat_id, *file, caption) for file in files))
    return acknowledge(event).then(sent)


async def _page(desk: Desk, event: Event, book: ClassBook) -> Turn:
    leads = may_lead(desk.db, book.of.id, event.learner)
    html, keyboard = view.page(desk.texts, book, desk.library, leads=leads)
    shown = reply(event, html, keyboard)
    if not book.results or not desk.allows(event, Costly.PICTURE):
        return shown
    png = await asyncio.to_thread(view.picture_png, desk.texts, book)
    name, title = desk.texts.plain("results-picture-name"), desk.texts.say("results-picture")
    return Turn((says.picture(event.chat_id, name, png, title),)).then(shown)


def _book(desk: Desk, event: Event, class_id: int) -> ClassBook | None:
    may = may_teach(desk.db, class_id, event.learner)
    return classbook.open_book(desk.db, desk.library, class_id) if may else None

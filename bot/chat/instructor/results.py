"""/results: what a class answered, as pages, a picture and files."""

from __future__ import annotations

import asyncio

from bot.chat import says
from bot.chat.buttons import SendResults, ShowLearners, ShowQuestions, ShowResults
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import results as view
from bot.teaching import classbook, exports
from bot.teaching.classbook import ClassBook
from bot.teaching.classes import may_teach, taught


async def results(desk: Desk, event: Event) -> Turn:
    """/results: of the one class that one teaches, or of the one that is chosen."""
    found = taught(desk.db, event.learner)
    if len(found) == 1 and (book := classbook.open_book(desk.db, found[0].id)):
        return await _page(desk, event, book)
    html, keyboard = view.which(desk.texts, found)
    return reply(event, html, keyboard)


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
    """Send every answer as CSV and as JSON Lines."""
    book = _book(desk, event, press.class_id)
    if book is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-class"))
    rows = classbook.rows(desk.db, desk.library, book, identities=press.identities)
    key = "results-file-identities" if press.identities else "results-file"
    caption = desk.texts.say(key, name=book.of.name, count=len(rows))
    sent = Turn(
        (
            says.document(
                event.chat_id, desk.texts.plain("results-csv"), exports.to_csv(rows), caption
            ),
            says.document(
                event.chat_id, desk.texts.plain("results-jsonl"), exports.to_jsonl(rows), caption
            ),
        )
    )
    return acknowledge(event).then(sent)


async def _page(desk: Desk, event: Event, book: ClassBook) -> Turn:
    html, keyboard = view.page(desk.texts, book, desk.library)
    shown = reply(event, html, keyboard)
    if not book.results:
        return shown
    png = await asyncio.to_thread(view.picture_png, desk.texts, book)
    name, title = desk.texts.plain("results-picture-name"), desk.texts.say("results-picture")
    return Turn((says.picture(event.chat_id, name, png, title),)).then(shown)


def _book(desk: Desk, event: Event, class_id: int) -> ClassBook | None:
    may = may_teach(desk.db, class_id, event.learner)
    return classbook.open_book(desk.db, class_id) if may else None

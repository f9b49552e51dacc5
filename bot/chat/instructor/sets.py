"""Quiz sets that come in: a file is checked, shown as a draft, and published or thrown away."""

from __future__ import annotations

import asyncio

import structlog

from bot.chat import says
from bot.chat.allowance import Costly
from bot.chat.buttons import Discard, Publish
from bot.chat.desk import Desk
from bot.chat.event import Document, Event
from bot.chat.instructor import articles
from bot.chat.instructor.draft_page import begin, broken
from bot.chat.turns import Turn, acknowledge, reply
from bot.errors import FileError, LargeFileError, SetError
from bot.sets import checked, is_set, limits, read_file
from bot.sets.template import template
from bot.store import drafts, roles
from bot.store.roles import Role
from bot.teaching.drafts import Draft, from_json
from bot.teaching.library import may_publish, published

_log = structlog.get_logger()


async def send_template(desk: Desk, event: Event) -> Turn:
    """/template: a small set as CSV, to be filled in a spreadsheet."""
    name, caption = desk.texts.plain("template-name"), desk.texts.say("template-caption")
    return Turn((says.document(event.chat_id, name, template(), caption),))


async def received(desk: Desk, event: Event, document: Document) -> Turn:
    """Check a quiz-set file and show it as a draft, or every error in it."""
    if document.size > limits.FILE_BYTES:
        return reply(event, desk.texts.say("file-too-large", size=document.size))
    if not desk.allows(event, Costly.UPLOAD):
        return reply(event, desk.texts.say("wait-costly"))
    try:
        data = await desk.fetch(document.file_id)
    except FileError as error:
        _log.warning("file not fetched", why=str(error))
        large = isinstance(error, LargeFileError)
        return reply(event, desk.texts.say("file-larger" if large else "file-lost"))
    if not is_set(document.name):
        return await articles.received(desk, event, document.name, data)
    return await _checked(desk, event, document.name, data)


async def _checked(desk: Desk, event: Event, name: str, data: bytes) -> Turn:
    try:
        # A hostile file may take long to be refused; meanwhile others are answered.
        quiz_set, notes = await asyncio.to_thread(read_file, data, name)
    except SetError as error:
        return broken(desk, event, name, str(error))
    if not may_publish(desk.db, quiz_set.slug, event.learner):
        return reply(event, desk.texts.say("draft-slug-taken", slug=quiz_set.slug))
    return begin(desk, event, Draft(quiz_set, tuple(str(note) for note in notes)))


async def pressed_publish(desk: Desk, event: Event, press: Publish) -> Turn:
    """Publish a draft as the next version of its set."""
    body = drafts.load(desk.db, press.draft_id, event.learner)
    if body is None or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-draft-gone"))
    quiz_set = from_json(body).quiz_set
    may_list = roles.of(desk.db, event.learner).may(Role.OPERATOR)
    may = may_publish(desk.db, quiz_set.slug, event.learner)
    if not may or (press.listed and not may_list) or not quiz_set.questions:
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    try:
        checked(quiz_set)
    except SetError as error:
        return acknowledge(event).then(broken(desk, event, quiz_set.slug, str(error)))
    before = desk.library.find(quiz_set.slug)
    key = "set-published" if before is None else "set-published-again"
    said = desk.texts.say(key, title=quiz_set.title, slug=quiz_set.slug)
    publish = published(quiz_set, event.learner, event.now, listed=press.listed)
    done = Turn(
        (says.edit(event.chat_id, event.message_id, said),),
        (publish, lambda db: drafts.drop(db, press.draft_id)),
    )
    return acknowledge(event).then(done)


async def pressed_discard(desk: Desk, event: Event, press: Discard) -> Turn:
    """Throw a draft away."""
    if drafts.load(desk.db, press.draft_id, event.learner) is None or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-draft-gone"))
    gone = Turn(
        (says.edit(event.chat_id, event.message_id, desk.texts.say("draft-discarded")),),
        (lambda db: drafts.drop(db, press.draft_id),),
    )
    return acknowledge(event).then(gone)

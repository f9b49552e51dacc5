"""Quiz sets that come in: a file is checked, shown as a draft, and published or thrown away."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.chat import says
from bot.chat.buttons import Discard, Publish
from bot.chat.desk import Desk
from bot.chat.event import Document, Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import drafts as view
from bot.errors import SetError
from bot.quiz.values import QuizSet
from bot.sets import limits
from bot.sets.formats import FORMATS, read_file
from bot.sets.template import template
from bot.store import drafts, roles
from bot.store.roles import Role
from bot.teaching.drafts import Difference, Draft, difference, from_json, to_json
from bot.teaching.library import may_publish, published
from bot.texts import escaped

DRAFT_ID_BITS = 48
"""Random bits of a draft's id: it stands in buttons."""

SHOWN_ERRORS = 12
"""Errors that stand in the message; all of them come in a file when there are more."""

LONGEST_ERRORS = 3_000
"""Characters of errors in the message, which holds 4096."""


async def send_template(desk: Desk, event: Event) -> Turn:
    """/template: a small set as CSV, to be filled in a spreadsheet."""
    name, caption = desk.texts.plain("template-name"), desk.texts.say("template-caption")
    return Turn((says.document(event.chat_id, name, template(), caption),))


async def received(desk: Desk, event: Event, document: Document) -> Turn:
    """Check a quiz-set file and show it as a draft, or every error in it."""
    if document.size > limits.FILE_BYTES:
        return reply(event, desk.texts.say("file-too-large", size=document.size))
    data = await desk.fetch(document.file_id)
    try:
        # A hostile file may take long to be refused; meanwhile others are answered.
        quiz_set, notes = await asyncio.to_thread(read_file, data, document.name)
    except SetError as error:
        return _broken(desk, event, document.name, str(error))
    if not may_publish(desk.db, quiz_set.slug, event.learner):
        return reply(event, desk.texts.say("draft-slug-taken", slug=quiz_set.slug))
    return begin(desk, event, Draft(quiz_set, tuple(str(note) for note in notes)))


def is_set(name: str) -> bool:
    """Whether a file's name is that of a quiz set; bare text is taken for an article."""
    ending = name.rpartition(".")[2].lower()
    return ending in FORMATS and ending != "txt"


def begin(desk: Desk, event: Event, draft: Draft) -> Turn:
    """Keep a new draft and show it."""
    draft_id = desk.new_id(DRAFT_ID_BITS)
    body = to_json(draft)
    keep = Turn(
        writes=(lambda db: drafts.add(db, draft_id, event.learner, body, event.now),),
    )
    return show(desk, event, draft_id, draft).then(keep)


def show(desk: Desk, event: Event, draft_id: int, draft: Draft) -> Turn:
    """Show a draft as a whole, beside the version that is published."""
    html, keyboard = view.whole(
        desk.texts,
        draft_id,
        draft,
        _difference(desk, draft.quiz_set),
        may_list=roles.of(desk.db, event.learner).may(Role.OPERATOR),
    )
    return reply(event, html, keyboard)


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


def _difference(desk: Desk, quiz_set: QuizSet) -> Difference | None:
    before = desk.library.find(quiz_set.slug)
    return difference(before, replace(quiz_set, version=before.version)) if before else None


def _broken(desk: Desk, event: Event, name: str, errors: str) -> Turn:
    """Say what is wrong with a file: the first errors in the message, all of them in a file."""
    lines = errors.splitlines()
    shown = "\n".join(lines[:SHOWN_ERRORS])[:LONGEST_ERRORS]
    told = reply(
        event, desk.texts.say("file-broken", name=name, count=len(lines), errors=escaped(shown))
    )
    if len(shown) == len(errors):
        return told
    file, caption = desk.texts.plain("errors-name"), desk.texts.say("errors-caption")
    return told.then(Turn((says.document(event.chat_id, file, errors.encode(), caption),)))

"""The page of a draft as a whole, and the page of a file that is broken."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import says
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, reply
from bot.chat.views import drafts as view
from bot.quiz.values import QuizSet
from bot.store import drafts, roles
from bot.store.roles import Role
from bot.teaching.drafts import Difference, Draft, difference, to_json
from bot.texts import escaped

DRAFT_ID_BITS = 48
"""Random bits of a draft's id: it stands in buttons."""

SHOWN_ERRORS = 12
"""Errors that stand in the message; all of them come in a file when there are more."""

LONGEST_FILE = 60
"""Characters of a file's name that are said back."""

LONGEST_ERRORS = 3_000
"""Characters of errors in the message, which holds 4096."""


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


def _difference(desk: Desk, quiz_set: QuizSet) -> Difference | None:
    before = desk.library.find(quiz_set.slug)
    return difference(before, replace(quiz_set, version=before.version)) if before else None


def broken(desk: Desk, event: Event, name: str, errors: str) -> Turn:
    """Say what is wrong with a file: the first errors in the message, all of them in a file."""
    lines = errors.splitlines()
    shown = "\n".join(lines[:SHOWN_ERRORS])[:LONGEST_ERRORS]
    told = reply(
        event,
        desk.texts.say(
            "file-broken", name=name[:LONGEST_FILE], count=len(lines), errors=escaped(shown)
        ),
    )
    if len(shown) == len(errors):
        return told
    file, caption = desk.texts.plain("errors-name"), desk.texts.say("errors-caption")
    return told.then(Turn((says.document(event.chat_id, file, errors.encode(), caption),)))

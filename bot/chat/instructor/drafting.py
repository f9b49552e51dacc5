"""Walking through a draft: one question at a time, kept, changed or dropped."""

from __future__ import annotations

from collections.abc import Callable

from bot.chat import says
from bot.chat.buttons import AddWords, Drop, Explain, Keep, MarkWord, SetKind, SetSource, Walk
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.instructor import draft_page
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import drafts as view
from bot.errors import SetError
from bot.quiz.answers import place
from bot.sets import limits
from bot.store import awaited, drafts
from bot.teaching import drafts as teaching
from bot.teaching.drafts import Draft

WORDS, EXPLANATION = "draft-words", "draft-explanation"
"""What is awaited of somebody who walks through a draft; the subject is `draft:question`."""

SOURCE = "draft-source"
"""What is awaited of somebody who says where a draft is from; the subject is the draft."""

DRAFT_ASK_TEXT = {WORDS: "draft-words-ask", EXPLANATION: "draft-explanation-ask"}


async def pressed_walk(desk: Desk, event: Event, press: Walk) -> Turn:
    """Show the question to be looked at next."""
    draft = _load(desk, event, press.draft_id)
    if draft is None:
        return _gone(desk, event)
    return acknowledge(event).then(_next(desk, event, press.draft_id, draft))


async def pressed_keep(desk: Desk, event: Event, press: Keep) -> Turn:
    """Keep a question and go on."""
    return _decided(desk, event, press, teaching.kept)


async def pressed_drop(desk: Desk, event: Event, press: Drop) -> Turn:
    """Take a question out and go on."""
    return _decided(desk, event, press, teaching.dropped)


async def pressed_kind(desk: Desk, event: Event, press: SetKind) -> Turn:
    """Give a question a kind."""
    return _changed(
        desk, event, press, lambda draft, id_: teaching.with_kind(draft, id_, press.kind)
    )


async def pressed_word(desk: Desk, event: Event, press: MarkWord) -> Turn:
    """Call words loaded, or not loaded any more."""
    draft = _load(desk, event, press.draft_id)
    if draft is not None and press.question in draft.open:
        length = len(draft.quiz_set.question(press.question).passage.target)
        if not press.start < press.end <= length:
            return acknowledge(event, desk.texts.plain("toast-unknown"))
    span, loaded = (press.start, press.end), press.loaded
    return _changed(
        desk, event, press, lambda draft, id_: teaching.with_word(draft, id_, span, loaded=loaded)
    )


async def pressed_words(desk: Desk, event: Event, press: AddWords) -> Turn:
    """Ask for more loaded words."""
    return _asked(desk, event, press, WORDS)


async def pressed_explain(desk: Desk, event: Event, press: Explain) -> Turn:
    """Ask for another explanation."""
    return _asked(desk, event, press, EXPLANATION)


async def pressed_source(desk: Desk, event: Event, press: SetSource) -> Turn:
    """Ask where a draft is from."""
    if _load(desk, event, press.draft_id) is None:
        return _gone(desk, event)
    asked = reply(event, desk.texts.say("draft-source-ask"))
    return acknowledge(event).then(asked).then(_awaiting(event, SOURCE, str(press.draft_id)))


async def typed_source(desk: Desk, event: Event, subject: str) -> Turn:
    """Take where a draft is from."""
    draft_id = int(subject)
    draft = _load(desk, event, draft_id)
    if draft is None:
        return reply(event, desk.texts.say("draft-gone"))
    try:
        changed = teaching.with_source(draft, event.text or "")
    except SetError:
        told = reply(event, desk.texts.say("draft-source-bad", most=limits.TITLE))
        return told.then(_awaiting(event, SOURCE, subject))
    return draft_page.show(desk, event, draft_id, changed).then(_saved(draft_id, changed))


async def typed_words(desk: Desk, event: Event, subject: str) -> Turn:
    """Mark typed words as loaded."""
    draft_id, draft, id_ = _subject(desk, event, subject)
    if draft is None:
        return reply(event, desk.texts.say("draft-gone"))
    spans = place(
        draft.quiz_set.question(id_).passage.target,
        # Nothing longer stands in a passage, and looking for it takes longer than others wait.
        (event.quote or event.text or "")[: limits.PASSAGE],
    ).spans
    if not spans:
        again = _awaiting(event, WORDS, subject)
        return reply(event, desk.texts.say("draft-words-nowhere")).then(again)
    for span in spans:
        draft = teaching.with_word(draft, id_, span, loaded=True)
    return _kept(desk, event, draft_id, draft)


async def typed_explanation(desk: Desk, event: Event, subject: str) -> Turn:
    """Take a typed explanation."""
    draft_id, draft, id_ = _subject(desk, event, subject)
    if draft is None:
        return reply(event, desk.texts.say("draft-gone"))
    text = " ".join((event.text or "").split())
    if len(text) > limits.EXPLAIN:
        again = _awaiting(event, EXPLANATION, subject)
        told = desk.texts.say("draft-explanation-long", length=len(text), most=limits.EXPLAIN)
        return reply(event, told).then(again)
    return _kept(desk, event, draft_id, teaching.with_explanation(draft, id_, text))


_Pressed = Keep | Drop | SetKind | MarkWord | AddWords | Explain
_Change = Callable[[Draft, str], Draft]


def _decided(desk: Desk, event: Event, press: _Pressed, change: _Change) -> Turn:
    """Change a draft for good and show what comes next; a second press changes nothing."""
    draft = _load(desk, event, press.draft_id)
    if draft is None or press.question not in draft.open or event.message_id is None:
        return _gone(desk, event)
    changed = change(draft, press.question)
    settled = Turn((says.keys(event.chat_id, event.message_id),))
    following = _next(desk, event, press.draft_id, changed)
    return acknowledge(event).then(settled).then(following).then(_saved(press.draft_id, changed))


def _changed(desk: Desk, event: Event, press: _Pressed, change: _Change) -> Turn:
    """Change a question and show it in the same message."""
    draft = _load(desk, event, press.draft_id)
    if draft is None or press.question not in draft.open or event.message_id is None:
        return _gone(desk, event)
    changed = change(draft, press.question)
    asked = changed.quiz_set.question(press.question)
    html, keyboard = view.question(desk.texts, press.draft_id, changed, asked)
    shown = Turn((says.edit(event.chat_id, event.message_id, html, keyboard),))
    return acknowledge(event).then(shown).then(_saved(press.draft_id, changed))


def _asked(desk: Desk, event: Event, press: AddWords | Explain, what: str) -> Turn:
    draft = _load(desk, event, press.draft_id)
    if draft is None or press.question not in draft.open:
        return _gone(desk, event)
    subject = f"{press.draft_id}:{press.question}"
    asked = reply(event, desk.texts.say(DRAFT_ASK_TEXT[what], most=limits.EXPLAIN))
    return acknowledge(event).then(asked).then(_awaiting(event, what, subject))


def _awaiting(event: Event, what: str, subject: str) -> Turn:
    return Turn(writes=(lambda db: awaited.ask(db, event.learner, what, subject),))


def _next(desk: Desk, event: Event, draft_id: int, draft: Draft) -> Turn:
    """Show the next question, or the whole draft when all are looked at."""
    if draft.current is None:
        return draft_page.show(desk, event, draft_id, draft)
    html, keyboard = view.question(desk.texts, draft_id, draft, draft.current)
    return reply(event, html, keyboard)


def _kept(desk: Desk, event: Event, draft_id: int, draft: Draft) -> Turn:
    return _next(desk, event, draft_id, draft).then(_saved(draft_id, draft))


def _saved(draft_id: int, draft: Draft) -> Turn:
    body = teaching.to_json(draft)
    return Turn(writes=(lambda db: drafts.save(db, draft_id, body),))


def _load(desk: Desk, event: Event, draft_id: int) -> Draft | None:
    body = drafts.load(desk.db, draft_id, event.learner)
    return teaching.from_json(body) if body else None


def _subject(desk: Desk, event: Event, subject: str) -> tuple[int, Draft | None, str]:
    """Return the draft and the question that something was asked for, while they are there."""
    number, _, id_ = subject.partition(":")
    draft = _load(desk, event, int(number))
    return int(number), draft if draft and id_ in draft.open else None, id_


def _gone(desk: Desk, event: Event) -> Turn:
    return acknowledge(event, desk.texts.plain("toast-draft-gone"))

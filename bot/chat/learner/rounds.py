"""Beginning a round, going on in it, ending it."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import says
from bot.chat.buttons import Begin, Finish, Listing, Next, Resume, Review
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import question as question_view
from bot.chat.views import summary as summary_view
from bot.chat.views.opening import opening
from bot.chat.views.pages import paged
from bot.chat.views.summary import days_until
from bot.chat.views.verdict import keyboard as verdict_keyboard
from bot.quiz import rounds as core
from bot.quiz.options import offered
from bot.quiz.review import MISSED, due_now
from bot.quiz.rounds import History, Round, Stale
from bot.quiz.tally import Graded
from bot.quiz.values import QuizSet
from bot.store import log
from bot.store import rounds as round_store
from bot.texts import Markup, joined

ROUND_ID_BITS = 48
"""Random bits of a round's id: it names the round in buttons and cannot be counted up."""


async def quiz(desk: Desk, event: Event) -> Turn:
    """/quiz [set]: begin a round, a mixed one when no set is named."""
    _, slug = event.command or ("", "")
    return begin(desk, event, slug)


async def pressed_begin(desk: Desk, event: Event, press: Begin) -> Turn:
    """Begin a round from a button."""
    return acknowledge(event).then(begin(desk, event, press.slug))


async def review(desk: Desk, event: Event) -> Turn:
    """/review: begin a round of what was missed and is due."""
    if not due_now(desk.schedule(event.learner), event.now):
        return reply(event, _nothing_due(desk, event))
    return _begin(desk, event, desk.library.everything(), only_due=True)


async def pressed_review(desk: Desk, event: Event, _press: Review) -> Turn:
    """Begin a review from a button."""
    return acknowledge(event).then(await review(desk, event))


def begin(desk: Desk, event: Event, slug: str) -> Turn:
    """Begin a round from one set or, without a slug, from all of them."""
    sets = desk.library.newest()
    if not sets:
        return reply(event, desk.texts.say("no-sets"))
    if not slug:
        return _begin(desk, event, sets, only_due=False)
    chosen = [quiz_set for quiz_set in sets if quiz_set.slug == slug.lower()]
    if not chosen:
        return choose_set(desk, event, desk.texts.say("unknown-set", slug=slug[:40]))
    return _begin(desk, event, chosen, only_due=False)


def choose_set(desk: Desk, event: Event, html: Markup) -> Turn:
    """Show the sets as buttons, after some words."""
    _, rows = shelf(desk, event)
    return reply(event, html, paged(desk.texts, rows, Listing.SETS))


def shelf(desk: Desk, _event: Event) -> tuple[Markup, says.Keyboard]:
    """Return the sets that everybody may play, all of them."""
    rows = [
        [(desk.texts.plain("button-set", title=quiz_set.title), Begin(quiz_set.slug))]
        for quiz_set in desk.library.newest()
    ]
    return desk.texts.say("choose-set"), rows


async def pressed_next(desk: Desk, event: Event, press: Next) -> Turn:
    """Show the question after a verdict, once."""
    round_ = desk.round(event.learner, press.round_id)
    if round_ is None:
        return acknowledge(event, desk.texts.plain("toast-not-yours"))
    shown = core.show(round_, press.position, event.now)
    if isinstance(shown, Round) and round_.over(event.now):
        return _ended_by_deadline(desk, event, round_)
    if isinstance(shown, Stale):
        key = "toast-closed" if round_.closed else "toast-shown"
        return acknowledge(event, desk.texts.plain(key))
    return acknowledge(event).then(_settle(desk, event, round_)).then(ask(desk, event, shown))


async def pressed_resume(desk: Desk, event: Event, press: Resume) -> Turn:
    """Show the open question of a round again, or how it went where the last one is answered."""
    round_ = desk.round(event.learner, press.round_id)
    if round_ is not None and round_.done:
        return acknowledge(event).then(summarise(desk, event, round_))
    if round_ is None or round_.closed:
        return acknowledge(event, desk.texts.plain("toast-closed"))
    return acknowledge(event).then(resume(desk, event, round_))


def resume(desk: Desk, event: Event, round_: Round) -> Turn:
    """Show the open question of a round again; its clock goes on where time is limited."""
    runs_on = round_.waiting and round_.options.seconds is not None
    shown_at = round_.shown_at if runs_on else event.now
    again = replace(round_, shown=round_.position + 1, shown_at=shown_at)
    return _drop_keyboard(desk, event, round_).then(ask(desk, event, again))


async def pressed_finish(desk: Desk, event: Event, press: Finish) -> Turn:
    """Show the summary of a finished round."""
    round_ = desk.round(event.learner, press.round_id)
    if round_ is None or not round_.done:
        return acknowledge(event, desk.texts.plain("toast-not-yours"))
    return (
        acknowledge(event).then(_settle(desk, event, round_)).then(summarise(desk, event, round_))
    )


async def cancel(desk: Desk, event: Event) -> Turn:
    """/cancel: end the open round and show what was reached."""
    round_ = desk.open_round(event.learner)
    if round_ is None:
        return reply(event, desk.texts.say("nothing-to-cancel"))
    closed = replace(round_, closed=True)
    close = Turn(writes=(lambda db: round_store.save(db, closed),))
    return _drop_keyboard(desk, event, round_).then(summarise(desk, event, closed)).then(close)


def _ended_by_deadline(desk: Desk, event: Event, round_: Round) -> Turn:
    """End a round whose deadline has passed, with the summary of what was answered in time."""
    closed = replace(round_, closed=True)
    close = Turn(writes=(lambda db: round_store.save(db, closed),))
    toast = acknowledge(event, desk.texts.plain("toast-deadline"))
    ended = toast.then(_settle(desk, event, round_)).then(summarise(desk, event, closed))
    return ended.then(close)


def ask(desk: Desk, event: Event, round_: Round) -> Turn:
    """Send the question that a round has come to, with its clock started."""
    item = round_.current
    kinds = offered(desk.library.version(item.slug, item.version).kinds, round_.options)
    html, keyboard = question_view.question(desk.texts, round_, kinds)
    again = says.send(
        event.chat_id,
        desk.texts.say("question-cut-off", number=round_.position + 1, total=len(round_.items)),
        [[(desk.texts.plain("button-show-question"), Resume(round_.id))]],
    )
    call = says.send(
        event.chat_id, html, keyboard, remember=(round_.id, round_.position), instead=again
    )
    writes = (
        lambda db: round_store.save(db, round_),
        # Until it is known, no older message is to be taken for the question's.
        lambda db: round_store.remember_message(db, round_.id, None),
    )
    return Turn((call,), writes)


def summarise(desk: Desk, event: Event, round_: Round) -> Turn:
    """Send the summary of a round."""
    return reply(event, *overview(desk, event, round_))


def overview(desk: Desk, event: Event, round_: Round) -> tuple[Markup, says.Keyboard]:
    """Return the summary of a round with its buttons."""
    answers = [
        Graded(item.ask, said, grade, item.question.borderline)
        for position, (item, grade) in enumerate(zip(round_.items, round_.grades, strict=False))
        if (said := log.said_at(desk.db, round_.id, position)) is not None
    ]
    schedule = desk.schedule(event.learner)
    missed = [
        schedule[key]
        for item, grade in zip(round_.items, round_.grades, strict=False)
        if grade.verdict in MISSED and (key := (*item.ref, item.ask)) in schedule
    ]
    comes_back = min(missed, default=None)
    html = summary_view.summary(desk.texts, round_, answers, comes_back, event.now)
    return html, summary_view.keyboard(desk.texts, round_)


def _begin(
    desk: Desk, event: Event, sets: tuple[QuizSet, ...] | list[QuizSet], *, only_due: bool
) -> Turn:
    history = History(
        seen=log.seen(desk.db, event.learner),
        due=due_now(desk.schedule(event.learner), event.now),
    )
    plan = core.compose(sets, history, desk.round_size, desk.rng, only_due=only_due)
    if not plan.items:
        return reply(event, desk.texts.say("review-gone" if only_due else "no-questions"))
    fresh = Round(id=desk.new_id(ROUND_ID_BITS), learner=event.learner, items=plan.items)
    note = sets[0].source.note if len(sets) == 1 else ""
    return open_with(desk, event, fresh, opening(desk.texts, plan, note, only_due=only_due))


def open_with(desk: Desk, event: Event, fresh: Round, words: Markup) -> Turn:
    """Open a round with a few words and its first question, in place of the learner's other one."""
    shown = core.show(fresh, 0, event.now)
    if isinstance(shown, Stale):
        return Turn()
    keep = Turn(writes=(lambda db: round_store.begin(db, shown, event.now),))
    earlier = desk.open_round(event.learner)
    lines = [_replaced(desk, earlier), words]
    dropped = Turn() if earlier is None else _drop_keyboard(desk, event, earlier)
    said = reply(event, joined(lines, "\n"))
    return keep.then(dropped).then(said).then(ask(desk, event, shown))


def _replaced(desk: Desk, round_: Round | None) -> Markup:
    """Return where the round stood that a new one puts an end to, if it had begun."""
    if round_ is None or not round_.position:
        return Markup()
    return desk.texts.say("round-replaced", answered=round_.position, total=len(round_.items))


def _nothing_due(desk: Desk, event: Event) -> Markup:
    then = min(desk.schedule(event.learner).values(), default=None)
    days = None if then is None else days_until(then, event.now)
    clause = "" if days is None else desk.texts.say("nothing-due-next", days=days)
    return desk.texts.say("nothing-due", next=clause)


def _settle(desk: Desk, event: Event, round_: Round) -> Turn:
    """Take the button that leads on from under the verdict that was pressed."""
    if event.message_id is None:
        return Turn()
    position = round_.position - 1
    disputed = log.disputed(desk.db, round_.id, position)
    keyboard = verdict_keyboard(desk.texts, round_, position, leads_on=False, disputed=disputed)
    return Turn((says.keys(event.chat_id, event.message_id, keyboard),))


def _drop_keyboard(desk: Desk, event: Event, round_: Round) -> Turn:
    """Take the keyboard from the question of a round that comes to an end."""
    message_id = round_store.message_of(desk.db, round_.id) if round_.waiting else None
    if message_id is None:
        return Turn()
    return Turn((says.keys(event.chat_id, message_id),))

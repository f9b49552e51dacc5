"""/regrade: what a changed key would change in answers that were given, doing it, undoing it."""

from __future__ import annotations

from bot.chat import says
from bot.chat.buttons import Listing, Press, Regrade, UndoRegrade
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.instructor.disputes import tell
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import regrades as view
from bot.chat.views.pages import paged
from bot.quiz.values import QuizSet
from bot.store import disputes, regrades
from bot.store.disputes import Decision
from bot.teaching.classbook import plan_of
from bot.teaching.library import may_publish
from bot.teaching.regrades import Plan
from bot.teaching.settling import apply, undo
from bot.texts import Markup


async def regrade(desk: Desk, event: Event) -> Turn:
    """/regrade [SET]: show what would change, or choose a set of one's own."""
    _, slug = event.command or ("", "")
    chosen = next((one for one in _mine(desk, event) if one.slug == slug.lower()), None)
    if chosen is not None:
        return _dry_run(desk, event, chosen, lower=False)
    html, rows = shelf(desk, event)
    return reply(event, html, paged(desk.texts, rows, Listing.REGRADE))


def shelf(desk: Desk, event: Event) -> tuple[Markup, says.Keyboard]:
    """Return the sets whose answers somebody may grade again, all of them."""
    mine = _mine(desk, event)
    rows: list[list[tuple[str, Press]]] = [
        [
            (
                desk.texts.plain("button-set", title=one.title),
                Regrade(one.slug, lower=False, apply=False),
            )
        ]
        for one in mine
    ]
    return desk.texts.say("regrade-which" if mine else "regrade-none"), rows


async def pressed_regrade(desk: Desk, event: Event, press: Regrade) -> Turn:
    """Show what would change, or change it."""
    quiz_set = _own(desk, event, press.slug)
    if quiz_set is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    if not press.apply:
        return acknowledge(event).then(_dry_run(desk, event, quiz_set, lower=press.lower))
    plan = plan_of(desk.db, desk.library, quiz_set, lower=press.lower)
    said = desk.texts.say("regraded", title=quiz_set.title, count=len(plan.felt))
    write = Turn(writes=(lambda db: apply(db, plan, quiz_set.version, event.learner, event.now),))
    done = acknowledge(event).then(_pressed(event)).then(reply(event, said)).then(write)
    return done.then(_told(desk, plan))


async def pressed_undo(desk: Desk, event: Event, press: UndoRegrade) -> Turn:
    """Let the grades before the newest regrade stand again."""
    quiz_set = _own(desk, event, press.slug)
    if quiz_set is None:
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    before = regrades.last_batch(desk.db, quiz_set.slug)
    # Pressed again, the button would undo the regrade before the one that it was made for.
    if press.newest not in (each.regrade for each in before):
        return acknowledge(event, desk.texts.plain("toast-case-gone"))
    said = desk.texts.say("regrade-undone", title=quiz_set.title, count=len(before))
    write = Turn(writes=(lambda db: undo(db, quiz_set.slug, event.learner, event.now),))
    return acknowledge(event).then(_pressed(event)).then(reply(event, said)).then(write)


def _dry_run(desk: Desk, event: Event, quiz_set: QuizSet, *, lower: bool) -> Turn:
    plan = plan_of(desk.db, desk.library, quiz_set, lower=lower)
    undoable = regrades.last_batch(desk.db, quiz_set.slug)
    html, keyboard = view.plan(desk.texts, quiz_set, plan, undoable, lower=lower)
    return reply(event, html, keyboard)


def _told(desk: Desk, plan: Plan) -> Turn:
    """Tell those whose dispute a regrade settles."""
    waiting = {case.answer for case in disputes.waiting(desk.db, None) if case.disputed}
    turn = Turn()
    for change in plan.changes:
        if change.result.answer in waiting and change.grade.score == 1:
            turn = turn.then(tell(desk, change.result, Decision.REKEYED))
    return turn


def _own(desk: Desk, event: Event, slug: str) -> QuizSet | None:
    """Return a set whose answers somebody may grade again."""
    quiz_set = desk.library.find(slug)
    return quiz_set if quiz_set and may_publish(desk.db, slug, event.learner) else None


def _pressed(event: Event) -> Turn:
    """Take the buttons away that were pressed: what they offered is done."""
    if event.message_id is None:
        return Turn()
    return Turn((says.keys(event.chat_id, event.message_id),))


def _mine(desk: Desk, event: Event) -> list[QuizSet]:
    every = desk.library.everything()
    return [one for one in every if may_publish(desk.db, one.slug, event.learner)]

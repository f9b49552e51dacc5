"""What a learner does with a push: open it, go on with it, be reminded of it or not."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import says
from bot.chat.buttons import Open, Remind
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.learner.rounds import ROUND_ID_BITS, open_with, resume
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import pushed as view
from bot.chat.views.opening import opening
from bot.quiz.review import due_now
from bot.quiz.rounds import History, Round
from bot.store import classes, log, pushes
from bot.store import rounds as round_store
from bot.store.pushes import Push
from bot.teaching import pushes as teaching
from bot.teaching.pushes import Stand, Standing
from bot.teaching.times import shown
from bot.texts import Markup

_REFUSAL_TEXT = {
    Standing.GONE: "push-gone",
    Standing.NOT_YOURS: "push-not-yours",
}


async def pressed_open(desk: Desk, event: Event, press: Open) -> Turn:
    """Begin the round of a push or go on with it; say so where that cannot be."""
    push = pushes.load(desk.db, press.push)
    stand = teaching.stand(desk.db, push, event.learner, event.now)
    toast = acknowledge(event)
    if push is None or stand.standing in _REFUSAL_TEXT:
        return toast.then(reply(event, desk.texts.say(_REFUSAL_TEXT[stand.standing])))
    match stand.standing:
        case Standing.OVER:
            return toast.then(_over(desk, event, push))
        case Standing.DONE:
            return toast.then(reply(event, desk.texts.say("push-done")))
        case Standing.OPEN:
            return toast.then(_go_on(desk, event, stand))
    return toast.then(_begin(desk, event, push))


async def reminders(desk: Desk, event: Event) -> Turn:
    """/reminders [on|off]: say in which classes somebody is reminded, or change it in all."""
    _, word = event.command or ("", "")
    wanted = {"on": True, "off": False}.get(word.strip().lower())
    joined = classes.joined_by(desk.db, event.learner)
    if not joined:
        return reply(event, desk.texts.say("reminders-no-class"))
    turn = Turn()
    if wanted is not None:
        for class_ in joined:
            turn = turn.then(_changed(desk, event, class_.id, wanted))
    return turn.then(reply(event, *_reminders(desk, event, {}, everywhere=wanted)))


async def pressed_remind(desk: Desk, event: Event, press: Remind) -> Turn:
    """Change whether somebody is reminded in one class."""
    if event.message_id is None or not classes.member(desk.db, press.class_id, event.learner):
        return acknowledge(event, desk.texts.plain("toast-not-yours"))
    html, keyboard = _reminders(desk, event, {press.class_id: press.wanted})
    told = Turn((says.edit(event.chat_id, event.message_id, html, keyboard),))
    return acknowledge(event).then(told).then(_changed(desk, event, press.class_id, press.wanted))


def _begin(desk: Desk, event: Event, push: Push) -> Turn:
    """Begin a round of a push."""
    history = History(
        seen=log.seen(desk.db, event.learner),
        due=due_now(desk.schedule(event.learner), event.now),
    )
    plan = teaching.compose(desk.library, push, history, desk.round_size, desk.rng)
    if not plan.items:
        return reply(event, desk.texts.say("no-questions"))
    fresh = Round(
        id=desk.new_id(ROUND_ID_BITS),
        learner=event.learner,
        items=plan.items,
        push=push.id,
        options=push.options,
        deadline=push.deadline,
    )
    note = desk.library.version(push.slug, push.version).source.note
    return replace(open_with(desk, event, fresh, opening(desk.texts, plan, note)), wakes=True)


def _go_on(desk: Desk, event: Event, stand: Stand) -> Turn:
    """Go on with a round that was begun, also where another one came in between."""
    round_ = desk.round(event.learner, stand.round_id or 0)
    if round_ is None:
        return reply(event, desk.texts.say("push-gone"))
    reopened = replace(round_, closed=False)
    writes = Turn(writes=(lambda db: round_store.reopen(db, reopened),))
    return writes.then(resume(desk, event, reopened))


def _over(desk: Desk, event: Event, push: Push) -> Turn:
    class_ = classes.load(desk.db, push.class_id)
    zone = class_.zone if class_ else "UTC"
    time = shown(push.deadline, zone) if push.deadline else ""
    return reply(event, desk.texts.say("push-over", time=time, zone=zone))


def _changed(desk: Desk, event: Event, class_id: int, wanted: bool) -> Turn:
    member = classes.member(desk.db, class_id, event.learner)
    if member is None:
        return Turn()
    changed = replace(member, reminders=wanted)
    return Turn(writes=(lambda db: classes.change(db, class_id, changed),))


def _reminders(
    desk: Desk, event: Event, changed: dict[int, bool], everywhere: bool | None = None
) -> tuple[Markup, says.Keyboard]:
    """Return in which classes somebody is reminded once what is being changed is changed."""
    wanted = []
    for class_ in classes.joined_by(desk.db, event.learner):
        member = classes.member(desk.db, class_.id, event.learner)
        now = member is not None and member.reminders
        wanted.append((class_, changed.get(class_.id, now if everywhere is None else everywhere)))
    return view.reminders(desk.texts, wanted)

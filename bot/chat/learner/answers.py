"""Answering the open question: with a button, a quotation or words of one's own."""

from __future__ import annotations

from bot.chat import says
from bot.chat.buttons import Choose, Disagree, NothingLoaded, NotSure
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.learner import paging
from bot.chat.learner.typed import read_typed
from bot.chat.turns import Grading, Turn, acknowledge, reply
from bot.chat.views import verdict as view
from bot.quiz import rounds as core
from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.options import offered
from bot.quiz.review import reviewed
from bot.quiz.rounds import Answer, LogEntry, Round, Stale, StaleReason
from bot.store import awaited, cards, disputes, log
from bot.store import rounds as round_store
from bot.texts import Markup

OBJECTION = "objection"
"""What is awaited of a learner who disagrees; the subject is the round and the position."""

_STALE_TEXT = {
    StaleReason.OTHER_ROUND: "toast-not-yours",
    StaleReason.CLOSED: "toast-closed",
    StaleReason.ANSWERED: "toast-answered",
    StaleReason.NOT_SHOWN: "toast-answered",
    StaleReason.NOT_ASKED: "toast-not-asked",
}


async def pressed_answer(desk: Desk, event: Event, press: Choose | NotSure | NothingLoaded) -> Turn:
    """Grade a pressed answer and turn its question into the verdict."""
    round_ = desk.round(event.learner, press.round_id)
    if round_ is None or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-not-yours"))
    graded = await _grade(desk, event, round_, press.position, _said_by(press))
    if isinstance(graded, Stale):
        toast = acknowledge(event, desk.texts.plain(_STALE_TEXT[graded.reason]))
        if graded.reason is StaleReason.ANSWERED:
            return toast.then(_shown_again(desk, event, round_, press.position))
        return toast
    answered, entry, grading = graded
    shown = _edit_verdict(desk, event, answered, entry.position, entry.said)
    other = _newer_copy(desk, event, round_)
    return acknowledge(event).then(other).then(shown).then(_kept(desk, answered, entry, grading))


async def typed(desk: Desk, event: Event, round_: Round) -> Turn:
    """Grade what was typed or quoted to the open question, or say what is missing."""
    item = round_.current
    kinds = offered(desk.library.version(item.slug, item.version).kinds, round_.options)
    said = read_typed(desk, event, item, kinds)
    if isinstance(said, Turn):
        return said
    graded = await _grade(desk, event, round_, round_.position, said)
    if isinstance(graded, Stale):
        return reply(event, desk.texts.say(_STALE_TEXT[graded.reason]))
    answered, entry, grading = graded
    message_id = round_store.message_of(desk.db, round_.id)
    question = Turn() if message_id is None else Turn((says.keys(event.chat_id, message_id),))
    html = _told(desk, answered, entry.position, entry.said)
    keyboard = _keyboard(desk, answered, entry.position, leads_on=True, disputed=False)
    return question.then(reply(event, html, keyboard)).then(_kept(desk, answered, entry, grading))


async def pressed_disagree(desk: Desk, event: Event, press: Disagree) -> Turn:
    """Note a dispute and say so under the verdict."""
    round_ = desk.round(event.learner, press.round_id)
    if round_ is None or press.position >= round_.position or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-not-yours"))
    if round_.options.deferred and not round_.closed:
        return acknowledge(event, desk.texts.plain("toast-not-yours"))
    toast = acknowledge(event, desk.texts.plain("toast-disputed"))
    show = paging.turned_to if round_.options.deferred else _shown_again
    shown = show(desk, event, round_, press.position, disputed=True)
    if log.disputed(desk.db, round_.id, press.position):
        return toast.then(shown)
    subject = f"{round_.id}:{press.position}"
    note = Turn(
        writes=(
            lambda db: log.dispute(db, event.learner, round_.id, press.position, event.now),
            lambda db: awaited.ask(db, event.learner, OBJECTION, subject),
        )
    )
    asked = reply(event, desk.texts.say("dispute-words-ask"))
    return toast.then(shown).then(note).then(asked)


async def typed_objection(desk: Desk, event: Event, subject: str) -> Turn:
    """Put a learner's own words beside the grade that they dispute."""
    round_id, _, position = subject.partition(":")
    words_ = (event.text or "").strip()
    keep = Turn(
        writes=(
            lambda db: disputes.object_to(db, event.learner, int(round_id), int(position), words_),
        )
    )
    return reply(event, desk.texts.say("dispute-words-kept")).then(keep)


async def _grade(
    desk: Desk, event: Event, round_: Round, position: int, said: Said
) -> tuple[Round, LogEntry, Grading] | Stale:
    judgement, began = None, desk.timer()
    # Before anything is waited for: what does not fit is told at once.
    if (out_of_turn := core.stale(round_, Answer(round_.id, position, said))) is not None:
        return out_of_turn
    round_ = await desk.read_current(round_)
    if isinstance(said, Reasoned):
        judgement = await desk.readings.judge(round_.current.question, said.text)
    graded = core.answer(round_, Answer(round_.id, position, said, judgement), event.now)
    if isinstance(graded, Stale):
        return graded
    grade = graded[1].grade
    seconds = desk.timer() - began
    return *graded, Grading(seconds, grade.graded_by, grade.verdict, grade.model_sure)


def _kept(desk: Desk, round_: Round, entry: LogEntry, grading: Grading) -> Turn:
    """Write the answer, the round and the review card."""
    card = reviewed(cards.load(desk.db, entry.learner, entry.item), entry.grade, entry.at)
    writes = (
        lambda db: log.add(db, entry),
        lambda db: round_store.save(db, round_),
    )
    # Somebody who pushed this round may be watching who has finished.
    wakes = round_.push is not None and round_.done
    if card is None:
        return Turn(writes=writes, wakes=wakes, gradings=(grading,))
    save = (lambda db: cards.save(db, entry.learner, entry.item, card),)
    return Turn(writes=(*writes, *save), wakes=wakes, gradings=(grading,))


def _shown_again(
    desk: Desk, event: Event, round_: Round, position: int, *, disputed: bool | None = None
) -> Turn:
    """Show the verdict that was given before, as when the same press comes twice."""
    said = log.said_at(desk.db, round_.id, position)
    if said is None:
        return Turn()
    if disputed is None:
        disputed = log.disputed(desk.db, round_.id, position)
    graded = desk.read_before(round_, position)
    return _edit_verdict(desk, event, graded, position, said, disputed=disputed)


def _edit_verdict(
    desk: Desk, event: Event, round_: Round, position: int, said: Said, *, disputed: bool = False
) -> Turn:
    """Turn the message that was pressed into the verdict."""
    if event.message_id is None:
        return Turn()
    html = _told(desk, round_, position, said, disputed=disputed)
    leads_on = position == round_.position - 1 and round_.shown == position + 1
    keyboard = _keyboard(desk, round_, position, leads_on=leads_on, disputed=disputed)
    return Turn((says.edit(event.chat_id, event.message_id, html, keyboard),))


def _newer_copy(desk: Desk, event: Event, round_: Round) -> Turn:
    """Take the buttons from a newer message with the question, where an older one was pressed."""
    message_id = round_store.message_of(desk.db, round_.id)
    if message_id in (None, event.message_id):
        return Turn()
    return Turn((says.keys(event.chat_id, message_id),))


def _told(
    desk: Desk, round_: Round, position: int, said: Said, *, disputed: bool = False
) -> Markup:
    """Return the verdict, or without it that the answer is noted where verdicts are deferred."""
    if round_.options.deferred:
        return view.noted(desk.texts, round_, position)
    return view.verdict(desk.texts, round_, position, said, disputed=disputed)


def _keyboard(
    desk: Desk, round_: Round, position: int, *, leads_on: bool, disputed: bool
) -> says.Keyboard:
    """Return the buttons under an answer; what is only noted cannot be disputed yet."""
    closed_to_dispute = disputed or round_.options.deferred
    return view.keyboard(
        desk.texts, round_, position, leads_on=leads_on, disputed=closed_to_dispute
    )


def _said_by(press: Choose | NotSure | NothingLoaded) -> Said:
    match press:
        case Choose(kind=kind):
            return Chosen(kind)
        case NothingLoaded():
            return Marked(())
        case NotSure():
            return Passed()

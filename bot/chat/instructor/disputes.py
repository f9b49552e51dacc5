"""/disputes: one answer after another that waits for a person, each decided with one press."""

from __future__ import annotations

from functools import partial

from bot.chat import says
from bot.chat.buttons import Accept, Press, Regrade, Reject, Rekey, RekeyWords, Uphold
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, acknowledge, reply
from bot.chat.views import disputes as view
from bot.quiz.answers import Marked
from bot.quiz.labels import Kind
from bot.quiz.values import Question
from bot.store import disputes, learners, results, roles, sets
from bot.store.disputes import Decision
from bot.store.results import Result
from bot.store.roles import Role
from bot.teaching.classes import taught
from bot.teaching.library import may_publish
from bot.teaching.regrades import accepted, rejected, with_kind, with_words
from bot.teaching.settling import Ruling, settle

DECIDED_TEXT = {
    Decision.UPHELD: "told-upheld",
    Decision.ACCEPTED: "told-accepted",
    Decision.REJECTED: "told-rejected",
    Decision.REKEYED: "told-rekeyed",
}


async def disputes_(desk: Desk, event: Event) -> Turn:
    """/disputes: what waits in classes that one teaches or about sets of one's own.

    For operators it is what waits anywhere.
    """
    return await _next(desk, event)


async def pressed_uphold(desk: Desk, event: Event, press: Uphold) -> Turn:
    """Let a grade stand."""
    return await _decide(desk, event, press.answer, Ruling(Decision.UPHELD))


async def pressed_accept(desk: Desk, event: Event, press: Accept) -> Turn:
    """Count an answer as right, by a grade that takes the place of the one before."""
    found = results.load(desk.db, press.answer)
    if found is None:
        return _gone(desk, event)
    grade = accepted(found, _asked(desk, found).passage.target)
    return await _decide(desk, event, press.answer, Ruling(Decision.ACCEPTED, grade))


async def pressed_reject(desk: Desk, event: Event, press: Reject) -> Turn:
    """Count an answer as wrong that no key and no machine could settle."""
    found = results.load(desk.db, press.answer)
    if found is None or not view.unsettled(found):
        return _gone(desk, event)
    return await _decide(desk, event, press.answer, Ruling(Decision.REJECTED, rejected(found)))


async def pressed_rekey(desk: Desk, event: Event, press: Rekey) -> Turn:
    """Give the question another kind, as a new version of its set, and offer a regrade."""
    found = results.load(desk.db, press.answer)
    if found is None or press.kind not in _other_kinds(desk, found):
        return _gone(desk, event)
    ruling = Ruling(Decision.REKEYED, rekeyed=partial(with_kind, kind=press.kind))
    return await _rekey(desk, event, found, ruling)


async def pressed_words(desk: Desk, event: Event, press: RekeyWords) -> Turn:
    """Make the words that were marked the loaded ones, and offer a regrade."""
    found = results.load(desk.db, press.answer)
    question = _now(desk, found) if found else None
    if found is None or question is None or question.key is None:
        return _gone(desk, event)
    if not isinstance(found.said, Marked):
        return _gone(desk, event)
    ruling = Ruling(Decision.REKEYED, rekeyed=partial(with_words, spans=found.said.spans))
    return await _rekey(desk, event, found, ruling)


async def _rekey(desk: Desk, event: Event, found: Result, ruling: Ruling) -> Turn:
    quiz_set = desk.library.find(found.slug)
    if quiz_set is None or not may_publish(desk.db, found.slug, event.learner):
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    decided = await _decide(desk, event, found.answer, ruling)
    if not decided.writes:
        return decided
    look: Press = Regrade(quiz_set.slug, lower=False, apply=False)
    offer = [[(desk.texts.plain("button-regrade-look"), look)]]
    return reply(event, desk.texts.say("rekeyed", title=quiz_set.title), offer).then(decided)


async def _decide(desk: Desk, event: Event, answer: int, ruling: Ruling) -> Turn:
    """Keep a ruling once, tell the learner, and show what waits next."""
    found = results.load(desk.db, answer)
    if found is None or event.message_id is None or not _waits(desk, event, found):
        return _gone(desk, event)
    following = await _next(desk, event, but=answer)
    # Somebody else may have decided while the others were counted.
    if not _waits(desk, event, found):
        return _gone(desk, event)
    kept = Turn(
        (says.keys(event.chat_id, event.message_id),),
        (lambda db: settle(db, found, ruling, event.learner, event.now),),
    )
    return kept.then(tell(desk, found, ruling.decision)).then(following)


def tell(desk: Desk, found: Result, decision: Decision) -> Turn:
    """Tell the learner what became of an answer of theirs."""
    chat_id = learners.telegram_id(desk.db, found.learner)
    if chat_id is None:
        return Turn()
    passage = _asked(desk, found).passage.target
    return Turn((says.send(chat_id, desk.texts.say(DECIDED_TEXT[decision], passage=passage)),))


async def _next(desk: Desk, event: Event, but: int | None = None) -> Turn:
    """Show the first of what waits, `but` one answer."""
    of, own = _of(desk, event)
    waiting = await desk.store.look(lambda db: disputes.waiting(db, of, own, but=but, most=1))
    case = waiting.cases[0] if waiting.cases else None
    found = results.load(desk.db, case.answer) if case else None
    if case is None or found is None:
        return reply(event, desk.texts.say("case-none"))
    question = _now(desk, found) or _asked(desk, found)
    may_rekey = may_publish(desk.db, found.slug, event.learner)
    kinds = _other_kinds(desk, found) if may_rekey else ()
    return reply(event, *view.case(desk.texts, waiting.in_all, case, found, question, kinds))


def _of(desk: Desk, event: Event) -> tuple[list[int] | None, list[str]]:
    """Return in which classes and about which sets somebody decides; None is everywhere."""
    if roles.of(desk.db, event.learner).may(Role.OPERATOR):
        return None, []
    classes = [one.id for one in taught(desk.db, event.learner)]
    return classes, sets.published_by(desk.db, event.learner)


def _waits(desk: Desk, event: Event, found: Result) -> bool:
    """Whether an answer waits, and for this person."""
    case, (classes, slugs) = disputes.waits(desk.db, found.answer), _of(desk, event)
    if case is None:
        return False
    return classes is None or case.class_id in classes or found.slug in slugs


def _asked(desk: Desk, found: Result) -> Question:
    """Return the question as it stood when it was answered."""
    return desk.library.version(found.slug, found.version).question(found.question)


def _now(desk: Desk, found: Result) -> Question | None:
    """Return the question with its newest key; None where it is gone or of another passage."""
    quiz_set = desk.library.find(found.slug)
    questions = quiz_set.questions if quiz_set else ()
    question = next((one for one in questions if one.id == found.question), None)
    same = question is not None and question.passage == _asked(desk, found).passage
    return question if same else None


def _other_kinds(desk: Desk, found: Result) -> tuple[Kind, ...]:
    """Return the kinds of its set that a question's newest key could be changed to."""
    question, quiz_set = _now(desk, found), desk.library.find(found.slug)
    if question is None or quiz_set is None:
        return ()
    key = question.key
    return tuple(kind for kind in quiz_set.kinds if key is None or key.kind is not kind)


def _gone(desk: Desk, event: Event) -> Turn:
    return acknowledge(event, desk.texts.plain("toast-case-gone"))

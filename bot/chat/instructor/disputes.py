"""/disputes: one answer after another that waits for a person, each decided with one press."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import says
from bot.chat.buttons import Accept, Press, Regrade, Rekey, Uphold
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, Write, acknowledge, reply
from bot.chat.views import disputes as view
from bot.quiz.labels import Verdict
from bot.quiz.values import Grade, Key, Question, QuizSet
from bot.store import disputes, learners, results, roles
from bot.store.disputes import Case, Decision
from bot.store.results import Result
from bot.store.roles import Role
from bot.teaching.classes import taught
from bot.teaching.library import may_publish, published
from bot.teaching.regrades import ACCEPTED, REJECTED, accepted, rejected


async def disputes_(desk: Desk, event: Event) -> Turn:
    """/disputes: what waits in the classes that one teaches; for operators, everywhere."""
    return _next(desk, event, _waiting(desk, event))


async def pressed_uphold(desk: Desk, event: Event, press: Uphold) -> Turn:
    """Let a grade stand; an answer that was accepted in doubt, and not disputed, is not right."""
    found = _result(desk, press.answer)
    if found is None:
        return acknowledge(event, desk.texts.plain("toast-case-gone"))
    if found.grade.verdict is not Verdict.UNSURE or found.disputed:
        return _decide(desk, event, press.answer, Decision.UPHELD)
    write = _regraded(event, found, rejected(found.grade), REJECTED)
    return _decide(desk, event, press.answer, Decision.UPHELD, write)


async def pressed_accept(desk: Desk, event: Event, press: Accept) -> Turn:
    """Count an answer as right, by a grade that takes the place of the one before."""
    found = _result(desk, press.answer)
    if found is None:
        return acknowledge(event, desk.texts.plain("toast-case-gone"))

    write = _regraded(event, found, accepted(found.grade), ACCEPTED)
    return _decide(desk, event, press.answer, Decision.ACCEPTED, write)


async def pressed_rekey(desk: Desk, event: Event, press: Rekey) -> Turn:
    """Give the question another kind, as a new version of its set, and offer a regrade."""
    found = _result(desk, press.answer)
    quiz_set = desk.library.find(found.slug) if found else None
    question = _question_of(quiz_set, found) if quiz_set and found else None
    if found is None or quiz_set is None or question is None:
        return acknowledge(event, desk.texts.plain("toast-case-gone"))
    if not may_publish(desk.db, quiz_set.slug, event.learner):
        return acknowledge(event, desk.texts.plain("toast-not-your-button"))
    key = replace(question.key, kind=press.kind, reason=()) if question.key else Key(press.kind)
    changed = replace(question, key=key, explain="")
    questions = tuple(changed if one.id == changed.id else one for one in quiz_set.questions)
    listed = any(one.slug == quiz_set.slug for one in desk.library.newest())
    publish = published(
        replace(quiz_set, questions=questions), event.learner, event.now, listed=listed
    )
    offer: list[list[tuple[str, Press]]] = [
        [
            (
                desk.texts.plain("button-regrade-look"),
                Regrade(quiz_set.slug, lower=False, apply=False),
            )
        ]
    ]
    told = reply(event, desk.texts.say("rekeyed", title=quiz_set.title), offer)
    return told.then(_decide(desk, event, press.answer, Decision.REKEYED, publish))


def _decide(desk: Desk, event: Event, answer: int, decision: Decision, *writes: Write) -> Turn:
    """Keep a decision once, tell the learner, and show what waits next."""
    waiting = _waiting(desk, event)
    case = next((one for one in waiting if one.answer == answer), None)
    if case is None or event.message_id is None:
        return acknowledge(event, desk.texts.plain("toast-case-gone"))
    settle = Turn(
        (says.keys(event.chat_id, event.message_id),),
        (lambda db: disputes.settle(db, answer, event.learner, decision, event.now), *writes),
    )
    rest = [one for one in waiting if one.answer != answer]
    told = _tell(desk, case, decision)
    return acknowledge(event).then(settle).then(told).then(_next(desk, event, rest))


def _regraded(event: Event, found: Result, grade: Grade, why: str) -> Write:
    """Return the write that puts a person's grade in the place of the one before."""
    return lambda db: disputes.regrade(
        db, found.answer, grade, found.version, event.learner, why, event.now
    )


DECIDED_TEXT = {
    Decision.UPHELD: "told-upheld",
    Decision.ACCEPTED: "told-accepted",
    Decision.REKEYED: "told-rekeyed",
}


def _tell(desk: Desk, case: Case, decision: Decision) -> Turn:
    """Tell the learner what became of an answer of theirs."""
    chat_id = learners.telegram_id(desk.db, case.learner)
    found = _result(desk, case.answer)
    if chat_id is None or found is None:
        return Turn()
    version = desk.library.version(found.slug, found.version)
    passage = version.question(found.question).passage.target
    doubted = decision is Decision.UPHELD and not case.disputed
    key = "told-rejected" if doubted else DECIDED_TEXT[decision]
    return Turn((says.send(chat_id, desk.texts.say(key, passage=passage)),))


def _next(desk: Desk, event: Event, waiting: list[Case]) -> Turn:
    """Show the first of what waits."""
    if not waiting:
        return reply(event, desk.texts.say("case-none"))
    case = waiting[0]
    found = _result(desk, case.answer)
    if found is None:
        return reply(event, desk.texts.say("case-none"))
    question = desk.library.version(found.slug, found.version).question(found.question)
    html, keyboard = view.case(
        desk.texts,
        len(waiting),
        case,
        found,
        question,
        may_rekey=may_publish(desk.db, found.slug, event.learner),
    )
    return reply(event, html, keyboard)


def _waiting(desk: Desk, event: Event) -> list[Case]:
    if roles.of(desk.db, event.learner).may(Role.OPERATOR):
        return disputes.waiting(desk.db, None)
    return disputes.waiting(desk.db, [one.id for one in taught(desk.db, event.learner)])


def _result(desk: Desk, answer: int) -> Result | None:
    return results.load(desk.db, answer)


def _question_of(quiz_set: QuizSet, found: Result) -> Question | None:
    return next((one for one in quiz_set.questions if one.id == found.question), None)

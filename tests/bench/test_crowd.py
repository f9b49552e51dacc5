"""The crowd of the bench: closed loops that count an update when its last call has arrived."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.chat.buttons import Begin, Choose, Disagree, Finish, Next, NotSure, Press, Resume, encode
from bot.quiz.labels import Kind
from tests.bench.buttons import Step, recognised
from tests.bench.crowd import Echoers, Learners
from tests.bench.rhythm import Manner


def keyboard(*presses: Press) -> dict[str, Any]:
    """Build a keyboard with a button for each press."""
    return {
        "inline_keyboard": [[{"text": "x", "callback_data": encode(press)}] for press in presses]
    }


@pytest.mark.parametrize(
    ("presses", "step", "pressed"),
    [
        ([Choose(1, 0, Kind.OPINION), NotSure(1, 0)], Step.ANSWER, 2),
        ([Next(1, 1), Disagree(1, 0)], Step.CONTINUE, 1),
        ([Finish(1), Disagree(1, 7)], Step.CONTINUE, 1),
        ([Resume(1), Begin()], Step.BEGIN, 1),
    ],
    ids=["question", "verdict", "last verdict", "greeting"],
)
def test_buttons_are_recognised(presses: list[Press], step: Step, pressed: int) -> None:
    """The bot's own buttons are told apart by what pressing them leads to."""
    found = recognised(keyboard(*presses))
    assert found is not None
    assert (found.step, len(found.data)) == (step, pressed)


def test_a_settled_verdict_offers_nothing() -> None:
    """A keyboard that only takes a disagreement, or none at all, is not pressed."""
    assert recognised(keyboard(Disagree(1, 0))) is None
    assert recognised({}) is None


def test_a_learner_waits_for_the_message_that_leads_on() -> None:
    """Calls without something to press answer nothing; the one that has it does, once."""
    crowd = Learners(1, 1, Manner())
    (greeting,) = crowd.begin()
    chat_id = greeting["message"]["chat"]["id"]
    begin = {"chat_id": chat_id, "reply_markup": keyboard(Begin())}
    question = {"chat_id": chat_id, "reply_markup": keyboard(NotSure(1, 0))}
    verdict = {"chat_id": chat_id, "reply_markup": keyboard(Next(1, 1), Disagree(1, 0))}

    assert crowd.called(begin, 1) is not None
    assert crowd.called({"chat_id": chat_id, "text": "8 questions"}, 2) is None
    (answer,) = crowd.called(question, 3) or []
    assert answer["callback_query"]["data"] == encode(NotSure(1, 0))
    assert answer["callback_query"]["message"]["message_id"] == 3
    assert crowd.called({**question, "message_id": 3}, 3) is None
    assert crowd.called(verdict, 3) is not None
    assert crowd.done == {Step.SAY: 1, Step.BEGIN: 1, Step.ANSWER: 1}
    assert crowd.waiting == {chat_id: Step.CONTINUE}
    assert crowd.disorder == 0


@pytest.mark.parametrize(
    ("positions", "disorder"),
    [((0, 1, 2), 0), ((0, 0), 1), ((1,), 1), ((0, 2), 1), ((0, 1, 0), 1)],
)
def test_a_learner_notices_questions_out_of_order(
    positions: tuple[int, ...], disorder: int
) -> None:
    """A question that comes twice, too early or too late is counted."""
    crowd = Learners(1, 1, Manner())
    (greeting,) = crowd.begin()
    chat_id = greeting["message"]["chat"]["id"]
    for position in positions:
        crowd.called({"chat_id": chat_id, "reply_markup": keyboard(NotSure(1, position))}, 3)
    assert crowd.disorder == disorder


@pytest.mark.parametrize("kind", [Echoers, Learners])
def test_a_quiet_crowd_only_takes_what_is_out(kind: type[Echoers | Learners]) -> None:
    """After the end an answer is counted and followed by nothing, and nobody waits."""
    crowd = kind(1, 1, Manner())
    (first,) = crowd.begin()
    crowd.quiet = True
    chat_id = first["message"]["chat"]["id"]
    assert crowd.called({"chat_id": chat_id, "reply_markup": keyboard(Begin())}, 1) == []
    assert crowd.done == {Step.SAY: 1}
    assert crowd.waiting == {}


@pytest.mark.parametrize("kind", [Echoers, Learners])
def test_updates_are_such_as_telegram_sends(kind: type[Echoers | Learners]) -> None:
    """The library parses them, and no two runs share a number or a chat."""
    first, second = kind(3, 1, Manner()).begin(), kind(3, 2, Manner()).begin()
    parsed = [Update.de_json(update) for update in first + second]
    assert len({update.update_id for update in parsed}) == 6
    assert len({update.effective_chat.id for update in parsed if update.effective_chat}) == 6

"""Marking: question + what was said (+ what the reader read, or judged of a reason) → `Grade`.

One rule stands over all three types: a human key outranks the machine, a borderline question and
an unsure machine accept whatever was said. A key knows some good reasons and not all of them: what
it does not know is judged.
"""

from __future__ import annotations

from dataclasses import replace

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said
from bot.quiz.labels import Ask, Verdict
from bot.quiz.marking.kind import mark_kind
from bot.quiz.marking.loaded import mark_loaded
from bot.quiz.marking.reason import mark_reason
from bot.quiz.values import Grade, Judgement, Question, Reading

__all__ = ["fits", "mark"]


def fits(ask: Ask, said: Said) -> bool:
    """Whether what was said is an answer to this type of question at all."""
    match said:
        case Passed():
            return True
        case Chosen():
            return ask is Ask.KIND
        case Marked():
            return ask is Ask.LOADED
        case Reasoned():
            return ask is Ask.REASON


def mark(
    question: Question,
    ask: Ask,
    said: Said,
    reading: Reading | None,
    judgement: Judgement | None = None,
    *,
    over_costs: bool = True,
) -> Grade:
    """Grade an answer; ValueError when it is not an answer to this type (`fits`).

    `reading` is of the passage and `judgement` of the reason that was given, as far as there are.
    Without `over_costs` words that are marked and not loaded take no points away.
    """
    match ask, said:
        case Ask.KIND, Chosen(kind):
            return mark_kind(question, kind, reading)
        case Ask.LOADED, Marked(spans):
            return mark_loaded(question, spans, reading, over_costs=over_costs)
        case Ask.REASON, Reasoned(text):
            return mark_reason(question, text, judgement)
        case _, Passed():
            return _passed(question, ask, reading)
    raise ValueError(f"{type(said).__name__} does not answer a question that asks {ask}")


def _passed(question: Question, ask: Ask, reading: Reading | None) -> Grade:
    """Grade the learner's own "not sure": no points and no blame, and right where it is open."""
    match ask:
        case Ask.KIND:
            shown = mark_kind(question, None, reading)
        case Ask.LOADED:
            shown = mark_loaded(question, (), reading)
        case Ask.REASON:
            shown = mark_reason(question, "", None)
    if shown.verdict in (Verdict.BORDERLINE, Verdict.UNSURE) and ask is not Ask.REASON:
        return shown
    return replace(shown, verdict=Verdict.PASSED, score=0.0)

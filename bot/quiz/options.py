"""What whoever sets a round may choose about it, and the JSON that the store keeps of that."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Question, QuizSet

SECONDS = (5, 3600)
"""Bounds of the time for a question: a passage takes seconds to read, an hour is no limit."""

SIZE = (1, 50)
"""Bounds of the number of questions of a round, those of the setting for ordinary rounds."""

LEAST_KINDS = 2
"""Kinds that must be offered: with one there is nothing to tell apart."""


class Feedback(StrEnum):
    """When a learner hears how an answer was."""

    IMMEDIATE = "immediate"
    DEFERRED = "deferred"


class Order(StrEnum):
    """Whether a round is composed for its learner or takes the questions as the file has them."""

    COMPOSED = "composed"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Options:
    """How a round is played; as they come, they are those of a round that a learner begins.

    `kinds` empty offers the set's own. Without `retry` only the first round of a push counts and
    no second one begins. `over_costs` is whether marking too much takes points away. `seconds` is
    the time for each question, None without a limit. `size` None is the usual number of questions
    of a composed round and all questions of a fixed one. ValueError for a value out of bounds.
    """

    kinds: tuple[Kind, ...] = ()
    feedback: Feedback = Feedback.IMMEDIATE
    retry: bool = True
    over_costs: bool = True
    seconds: int | None = None
    order: Order = Order.COMPOSED
    size: int | None = None

    def __post_init__(self) -> None:
        if self.kinds and len(set(self.kinds)) < LEAST_KINDS:
            raise ValueError(f"kinds is {list(self.kinds)}: at least {LEAST_KINDS} different ones")
        for name, value, (least, most) in (
            ("seconds", self.seconds, SECONDS),
            ("size", self.size, SIZE),
        ):
            if value is not None and not least <= value <= most:
                raise ValueError(f"{name} is {value}: from {least} to {most}, or none")

    @property
    def deferred(self) -> bool:
        """Whether verdicts wait for the end of the round."""
        return self.feedback is Feedback.DEFERRED

    def to_json(self) -> str:
        """Return the options as the store keeps them: only what is not as it comes."""
        plain = Options()
        chosen = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != getattr(plain, field.name)
        }
        return json.dumps(chosen)


USUAL = Options()
"""The options of a round that a learner begins."""


@lru_cache(maxsize=256)  # nearly all rounds are played in one of a few ways
def from_json(text: str) -> Options:
    """Return what `to_json` wrote; ValueError for what it would not write."""
    value = json.loads(text)
    unknown = set(value) - {field.name for field in fields(Options)}
    if unknown:
        raise ValueError(f"unknown options: {', '.join(sorted(unknown))}")
    if "kinds" in value:
        value["kinds"] = tuple(Kind(kind) for kind in value["kinds"])
    if "feedback" in value:
        value["feedback"] = Feedback(value["feedback"])
    if "order" in value:
        value["order"] = Order(value["order"])
    return Options(**value)


def offered(kinds: tuple[Kind, ...], options: Options) -> tuple[Kind, ...]:
    """Return which of a set's kinds are offered, in the set's order.

    Options that would leave nothing to tell apart leave the set's kinds as they are.
    """
    left = tuple(kind for kind in kinds if kind in options.kinds)
    return left if len(left) >= LEAST_KINDS else kinds


def narrowed(quiz_set: QuizSet, options: Options) -> QuizSet:
    """Return a set with nothing asked that the kinds on offer cannot answer.

    The kind is asked of a question only where the kind of its key is on offer; where no key says
    which it is, only with all kinds of the set.
    """
    kinds = offered(quiz_set.kinds, options)
    if kinds == quiz_set.kinds:
        return quiz_set
    questions = tuple(_without_kind(question, kinds) for question in quiz_set.questions)
    return replace(quiz_set, kinds=kinds, questions=tuple(each for each in questions if each.ask))


def _without_kind(question: Question, kinds: tuple[Kind, ...]) -> Question:
    if question.key is not None and question.key.kind in kinds:
        return question
    # Nothing but the kind of a borderline question may be asked, where the set asks for it.
    if question.borderline and Ask.KIND in question.ask:
        return replace(question, ask=())
    return replace(question, ask=tuple(ask for ask in question.ask if ask is not Ask.KIND))

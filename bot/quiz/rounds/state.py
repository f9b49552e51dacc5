"""What a round is at one moment, and what an answer turns into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.quiz.answers import Said
from bot.quiz.labels import Ask, Kind
from bot.quiz.options import USUAL, Options
from bot.quiz.values import Grade, Judgement, Question, Reading

GRACE = timedelta(seconds=2)
"""What an answer may take beyond its time: the way of the question there and of the answer back."""

Ref = tuple[str, str]
"""A question whatever its version: the slug of its set and its id."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a round with the one thing that is asked about it.

    `slug` and `version` name the published set that the question came from. `taught` items are
    shown with a lesson (the warm-up). `reading` is what the classifier read, when it did.
    """

    slug: str
    version: int
    question: Question
    ask: Ask
    taught: bool = False
    reading: Reading | None = None

    @property
    def ref(self) -> Ref:
        """The question's name across versions."""
        return self.slug, self.question.id


@dataclass(frozen=True, slots=True)
class History:
    """What composing needs to know of a learner.

    `seen` is how often each question was answered, `due` which questions are due for review and
    what about each.
    """

    seen: Mapping[Ref, int] = field(default_factory=dict)
    due: Mapping[Ref, frozenset[Ask]] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """How many answers the learner has given in all."""
        return sum(self.seen.values())


@dataclass(frozen=True, slots=True)
class Composition:
    """The questions of a new round, and what the sets could not give.

    `scarce` are kinds that fall short of an equal share, `only_loaded` and `only_clean` say that
    the loaded questions could not be mixed.
    """

    items: tuple[Item, ...]
    scarce: tuple[Kind, ...] = ()
    only_loaded: bool = False
    only_clean: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """A learner's way through some questions.

    `grades` holds one grade per answered item, in order, so its length is the position of the
    open item. `shown` counts the items put before the learner; `shown_at` is when the last was.
    `push` names what an instructor pushed and this round plays, with its `options` and the
    `deadline` after which answers are late.
    """

    id: int
    learner: int
    items: tuple[Item, ...]
    grades: tuple[Grade, ...] = ()
    shown: int = 0
    shown_at: datetime | None = None
    closed: bool = False
    push: int | None = None
    options: Options = USUAL
    deadline: datetime | None = None

    @property
    def position(self) -> int:
        """Index of the item to be answered next; the number of items when all are answered."""
        return len(self.grades)

    @property
    def done(self) -> bool:
        """Whether every item is answered."""
        return self.position == len(self.items)

    @property
    def waiting(self) -> bool:
        """Whether a question stands before the learner, unanswered."""
        return not self.closed and not self.done and self.shown == self.position + 1

    @property
    def current(self) -> Item:
        """The item to be answered next; IndexError when all are answered."""
        return self.items[self.position]

    def over(self, now: datetime) -> bool:
        """Whether the deadline of the round has passed."""
        return self.deadline is not None and now > self.deadline

    def late(self, now: datetime) -> bool:
        """Whether an answer to the question shown comes too late."""
        if self.over(now):
            return True
        if self.options.seconds is None or self.shown_at is None:
            return False
        return now - self.shown_at > timedelta(seconds=self.options.seconds) + GRACE


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to the item at `position` of the round `round_id`.

    `judgement` is what the classifier makes of it, where it is a reason and was judged.
    """

    round_id: int
    position: int
    said: Said
    judgement: Judgement | None = None


class StaleReason(StrEnum):
    """Why an answer changes nothing."""

    OTHER_ROUND = "other_round"
    CLOSED = "closed"
    ANSWERED = "answered"
    NOT_SHOWN = "not_shown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Stale:
    """An answer that came too late, twice, or to something that was not asked."""

    reason: StaleReason


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One graded answer, as the score log keeps it. `seconds` is the time from shown to said."""

    learner: int
    round_id: int
    position: int
    item: Item
    said: Said
    grade: Grade
    at: datetime
    seconds: float | None

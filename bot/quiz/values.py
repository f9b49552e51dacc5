"""The frozen values of the quiz: sources, passages, keys, questions, sets, readings, grades.

A span is a half-open pair of character offsets (not bytes, not UTF-16 units) into a target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.quiz.labels import (
    Ask,
    Attribution,
    GradedBy,
    Kind,
    ReasonLabel,
    Stance,
    Verdict,
    kind_of,
)

Span = tuple[int, int]


UNSTATED = "not stated"
"""How a quiz set says that a page names no author, publisher or date."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a passage was published. `date` is an ISO date or words such as `UNSTATED`."""

    title: str
    author: str
    publisher: str
    date: str
    text_type: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is quoted, and the part of it that is asked about (`start`, `end` within `text`)."""

    text: str
    start: int
    end: int

    @property
    def target(self) -> str:
        """The sentence that is asked about."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Key:
    """What a person says the answer is. `loaded` are spans in the target; empty means clean."""

    kind: Kind
    loaded: tuple[Span, ...] = ()
    reason: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One passage and what may be asked about it; without a key the reader grades it."""

    id: str
    passage: Passage
    ask: tuple[Ask, ...]
    source: Source
    key: Key | None = None
    explain: str = ""
    borderline: bool = False
    invented: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuizSet:
    """Questions on one source. `kinds` are the buttons offered, in the order of the keyboard.

    `version` counts the publications of the slug in one store, from 1; 0 is not yet published.
    """

    slug: str
    title: str
    language: str
    source: Source
    questions: tuple[Question, ...]
    kinds: tuple[Kind, ...] = tuple(Kind)
    version: int = 0

    def question(self, question_id: str) -> Question:
        """Return the question of that id; KeyError when the set has none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


@dataclass(frozen=True, slots=True)
class LoadedSpan:
    """Words of a target that the reader takes to push, with their probability 0…1."""

    start: int
    end: int
    p: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the local classifier makes of one sentence.

    Probabilities are 0…1 and calibrated as far as the model's card says. `sure` is the card's
    thresholds applied to stance and source (`loaded_sure` to the words); `why_unsure` is a short
    machine word, empty when sure. `model` is the version of the model that read.
    """

    p_opinion: float
    p_source: dict[Attribution, float] = field(hash=False)
    loaded: tuple[LoadedSpan, ...]
    stance: Stance
    attribution: Attribution
    sure: bool
    loaded_sure: bool
    model: str
    why_unsure: str = ""

    @property
    def kind(self) -> Kind:
        """The kind that stance and attribution give."""
        return kind_of(self.stance, self.attribution)

    @property
    def p_kind(self) -> float:
        """Probability of that kind, stance and source taken as independent."""
        named = self.p_source[Attribution.NAMED]
        stance = self.p_opinion if self.stance is Stance.OPINION else 1 - self.p_opinion
        return stance * (named if self.kind.sourced else 1 - named)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the local classifier makes of a learner's reason.

    `p` are calibrated probabilities 0…1 of the labels. `sure` is the card's threshold applied to
    them; `why_unsure` is a short machine word, empty when sure. `model` is the version of the
    model that judged.
    """

    label: ReasonLabel
    p: Mapping[ReasonLabel, float] = field(hash=False)
    sure: bool
    model: str
    why_unsure: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """A `loaded` answer beside the expected words: spans in the target, apart by what they are.

    `hits` and `misses` are expected spans, `over` are marked spans (or the parts of them) that
    nobody expected.
    """

    hits: tuple[Span, ...] = ()
    misses: tuple[Span, ...] = ()
    over: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth and why.

    `score` is 0…1. `expected` is the label held against the answer (a kind, the loaded words, or
    the cues of a good reason), as shown and logged. `model_*` say what the machine read, or judged
    of a reason, whoever graded; they are empty when it did not. `model_sure` False with `graded_by`
    READER always comes with an accepting verdict.
    """

    score: float
    verdict: Verdict
    graded_by: GradedBy
    expected: str
    explanation: str = ""
    marks: Marks = Marks()
    matched: tuple[str, ...] = ()
    model_label: str = ""
    model_p: float | None = None
    model_version: str = ""
    model_sure: bool | None = None

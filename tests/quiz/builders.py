"""Small questions, sets and rounds for tests: say what the test is about, the rest is plain.

Other rooms' tests may use them too. Words stand for spans: `loaded=("despot",)` finds its own
offsets, so no test counts characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.quiz.answers import Said
from bot.quiz.labels import Ask, Attribution, GradedBy, Kind, ReasonLabel, Stance, Verdict
from bot.quiz.rounds import Answer, Item, LogEntry, Round, Stale, answer, show
from bot.quiz.values import (
    Grade,
    Judgement,
    Key,
    LoadedSpan,
    Passage,
    Question,
    QuizSet,
    Reading,
    Source,
    Span,
)

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SOURCE = Source("A title", "An author", "A paper", "2026-03-01")
TEXT = "The despot spoke on Monday."
ALL = tuple(Ask)

SURE, UNSURE = 0.95, 0.55
"""Probabilities of the readings below, whether the reader is sure or not."""


def span_of(text: str, part: str) -> Span:
    """Return where a part stands first in a text; ValueError when it does not."""
    start = text.index(part)
    return start, start + len(part)


def spans_of(text: str, *parts: str) -> tuple[Span, ...]:
    """Return where some parts stand first in a text."""
    return tuple(span_of(text, part) for part in parts)


def question(
    text: str = TEXT,
    kind: Kind | None = Kind.OPINION,
    *,
    name: str = "q",
    loaded: Sequence[str] = (),
    reason: tuple[str, ...] = (),
    ask: tuple[Ask, ...] = ALL,
    borderline: bool = False,
    tags: tuple[str, ...] = (),
) -> Question:
    """Return a question on a whole text; without a kind it has no key."""
    key = Key(kind, spans_of(text, *loaded), reason) if kind else None
    return Question(
        id=name,
        passage=Passage(text, 0, len(text)),
        ask=ask,
        source=SOURCE,
        key=key,
        explain=f"Why {name} is so.",
        borderline=borderline,
        tags=tags,
    )


def reading(
    kind: Kind = Kind.OPINION,
    *,
    text: str = TEXT,
    loaded: Sequence[str] = (),
    sure: bool = True,
    loaded_sure: bool = True,
) -> Reading:
    """Return what a reader makes of a text, sure of it or not."""
    p = SURE if sure else UNSURE
    named = p if kind.sourced else 1 - p
    return Reading(
        p_opinion=p if kind.stance is Stance.OPINION else 1 - p,
        p_source={
            Attribution.NAMED: named,
            Attribution.VAGUE: (1 - named) / 2,
            Attribution.NONE: (1 - named) / 2,
        },
        loaded=tuple(LoadedSpan(start, end, p) for start, end in spans_of(text, *loaded)),
        stance=kind.stance,
        attribution=Attribution.NAMED if kind.sourced else Attribution.NONE,
        sure=sure,
        loaded_sure=loaded_sure,
        model="m-1",
        why_unsure="" if sure else "low_confidence",
    )


def judgement(label: ReasonLabel = ReasonLabel.GOOD, *, sure: bool = True) -> Judgement:
    """Return what a reader makes of a reason, sure of it or not."""
    p = SURE if sure else UNSURE
    return Judgement(
        label=label,
        p={each: p if each is label else (1 - p) / 2 for each in ReasonLabel},
        sure=sure,
        model="m-1",
        why_unsure="" if sure else "low_confidence",
    )


def quiz_set(
    *questions: Question, slug: str = "set", version: int = 1, kinds: tuple[Kind, ...] = tuple(Kind)
) -> QuizSet:
    """Return a published set of some questions."""
    return QuizSet(slug, f"Set {slug}", "en", SOURCE, questions, kinds, version)


def plenty(each: int = 8, *, slug: str = "set", tags: tuple[str, ...] = ()) -> QuizSet:
    """Return a set with so many questions of every kind, every other one clean, asking all."""
    return quiz_set(
        *(
            question(kind=kind, name=f"{kind}-{n}", loaded=("despot",) if n % 2 else (), tags=tags)
            for kind in Kind
            for n in range(each)
        ),
        slug=slug,
    )


def item(
    asked: Question | None = None,
    ask: Ask = Ask.KIND,
    *,
    slug: str = "set",
    version: int = 1,
    taught: bool = False,
    read: Reading | None = None,
) -> Item:
    """Return one question of a round."""
    return Item(slug, version, asked or question(), ask, taught, read)


def round_of(*items: Item, number: int = 1, learner: int = 1, shown: bool = False) -> Round:
    """Return a fresh round; with `shown` its first question stands before the learner."""
    fresh = Round(number, learner, items)
    return showing(fresh) if shown else fresh


def showing(round_: Round, now: datetime = NOW) -> Round:
    """Return a round with its next question shown."""
    after = show(round_, round_.position, now)
    assert not isinstance(after, Stale), after
    return after


def answering(
    round_: Round,
    said: Said,
    now: datetime = NOW + timedelta(seconds=5),
    judged: Judgement | None = None,
) -> tuple[Round, LogEntry]:
    """Return a round with its shown question answered, and the entry for the log."""
    after = answer(round_, Answer(round_.id, round_.position, said, judged), now)
    assert not isinstance(after, Stale), after
    return after


def playing(
    round_: Round, *said: Said, judged: Judgement | None = None
) -> tuple[Round, list[LogEntry]]:
    """Return a round after showing and answering its next questions, and the log of it.

    `judged` is what the machine makes of a reason among the answers.
    """
    entries = []
    for words in said:
        round_, entry = answering(showing(round_), words, judged=judged)
        entries.append(entry)
    return round_, entries


def grade(verdict: Verdict = Verdict.RIGHT, *, score: float = 1.0, expected: str = "") -> Grade:
    """Return a grade of which only the verdict matters."""
    return Grade(score, verdict, GradedBy.KEY, expected or Kind.OPINION)

"""Answers that may be given to each question, the best first, graded by the quiz itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from random import Random

from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said, words
from bot.quiz.labels import Ask, Kind, ReasonLabel
from bot.quiz.rounds import Item, LogEntry, askable
from bot.quiz.values import Judgement, Key, QuizSet, Reading
from bot.store import log, rounds
from tests.quiz.builders import NOW, answering, judgement, reading, round_of

FORMS = 12
"""Answers to each question; a learner's skill and the question's hardness pick one of them."""

TYPED = "typed by a learner"
"""Stands in every typed reason, so that a test can look for typed words."""


def items_of(sets: tuple[QuizSet, ...], rng: Random) -> list[Item]:
    """Return every question of every set that has a key, once with each thing that it asks."""
    return [
        Item(one.slug, one.version, question, ask, reading=_read(question.key, rng))
        for one in sets
        for question in one.questions
        if question.key
        for ask in sorted(askable(question))
    ]


def write(db: sqlite3.Connection, learner: int, item: Item, number: int, rng: Random) -> None:
    """Log every form of an answer to an item, each in a round of its own from `number` on."""
    entries = sorted(_entries(item, rng), key=lambda entry: -entry.grade.score)
    for place, entry in enumerate(entries):
        round_ = round_of(item, number=number + place, learner=learner)
        rounds.begin(db, round_, NOW)
        log.add(db, _of(entry, round_.id, learner))


def _of(entry: LogEntry, round_id: int, learner: int) -> LogEntry:
    return LogEntry(
        learner, round_id, 0, entry.item, entry.said, entry.grade, entry.at, entry.seconds
    )


def _entries(item: Item, rng: Random) -> Iterator[LogEntry]:
    for said in [*_said(item, rng)][:FORMS]:
        judged = None
        if item.ask is Ask.REASON and isinstance(said, Reasoned):
            judged = _judged(said, rng)
        yield answering(round_of(item, shown=True), said, judged=judged)[1]


def _said(item: Item, rng: Random) -> Iterator[Said]:
    question = item.question
    target, key = question.passage.target, question.key
    assert key is not None
    match item.ask:
        case Ask.KIND:
            others = [Chosen(kind) for kind in Kind if kind is not key.kind]
            yield from [Chosen(key.kind)] * (FORMS - 2 * len(others) - 1)
            yield from others * 2
            yield Passed()
        case Ask.LOADED:
            for number in range(FORMS):
                more = rng.sample(words(target), k=min(number // 5, len(words(target))))
                kept = key.loaded[: len(key.loaded) - number // 4]
                yield Marked(tuple(sorted({*kept, *more})), ("stray",) if number == 7 else ())
        case Ask.REASON:
            for number in range(FORMS):
                named = rng.choice(key.reason) if key.reason and number % 2 else "so it is"
                yield Reasoned(f"{named}, {TYPED} {number}")


def _read(key: Key | None, rng: Random) -> Reading:
    """Return what the machine reads: mostly what the key says, and not always sure of it."""
    right = key.kind if key else Kind.OPINION
    kind = right if rng.random() < 0.85 else rng.choice([*Kind])
    return reading(kind, sure=rng.random() < 0.8, loaded_sure=rng.random() < 0.8)


def _judged(said: Reasoned, rng: Random) -> Judgement:
    return judgement(rng.choice([*ReasonLabel]), sure=rng.random() < 0.7)

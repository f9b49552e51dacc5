"""The figures of the snapshot: of questions, of learners, and how well kinds are told apart.

They are those of `bot.teaching.items` and `bot.quiz.discernment`, over all learners' first answers.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import numpy as np

from bot.operate.review.facts import Coded, Facts, Flags, Groups, Numbers, Reals
from bot.operate.review.sums import Row, monday
from bot.quiz.discernment import Axis, Counts, discern
from bot.quiz.labels import Ask, Kind, Verdict
from bot.sets import from_record
from bot.teaching.items import FEWEST, discrimination, suspect

BLOCK = 10
"""A learner's answers about kinds that are one step of practice: as many as a progress line's."""

_SAME = 9
"""Decimals to which means are compared: two that are equal differ in their last bits."""

_NOTHING = (None, None, None, None)


def questions(facts: Facts, db: sqlite3.Connection) -> Iterator[Row]:
    """Yield the rows of `questions`."""
    real = facts.real
    first = real["attempt"] == 1
    groups = facts.groups("set", "version", "question", "ask")
    columns = (
        groups.count(),
        groups.count(first),
        groups.mean(np.where(first, facts.settled, np.nan)),
        groups.count(real["unsure"]),
        groups.count(real["disputed"]),
        groups.mean(_over(facts)),
        groups.mean(real["seconds"]),
    )
    indexes, passages = _indexes(facts), _passages(db)
    for label, answers, firsts, facility, *rest in zip(groups.labels, *columns, strict=True):
        index = indexes.get(label, (None, False))
        passage = passages.get(label[:3], ("", False, ""))
        yield (*label, answers, firsts, facility, *index, *rest, *passage)


def learners(facts: Facts) -> Iterator[Row]:
    """Yield the rows of `learners`."""
    day = facts.coded["day"]
    groups = facts.groups("learner")
    rows = groups.split()
    told = facts.groups("learner", where=_told_apart(facts))
    both = zip(*_by_axis(facts, told), strict=True)
    apart = dict(zip(told.labels, both, strict=True))
    columns = (groups.mean(facts.settled), groups.mean(_over(facts)))
    disputed = groups.count(facts.real["disputed"])
    for label, own, score, over, objections in zip(
        groups.labels, rows, *columns, disputed, strict=True
    ):
        stance, source = map(_discerned, apart.get(label, (Counts(), Counts())))
        first, last = (day.values[day.codes[own[n]]] for n in (0, -1))
        figures = (score, stance[0], stance[3], source[0], over)
        yield (*label, len(own), first, last, *figures, objections)


def discernment(facts: Facts) -> Iterator[Row]:
    """Yield the rows of `discernment`: by week and with practice, of all sets and of each."""
    where = _told_apart(facts)
    week = facts.coded["day"].renamed(monday)
    all_sets = facts.coded["set"].renamed(lambda _: "")
    for along, period in (("week", week), ("practice", _practice(facts, where))):
        for of in (all_sets, facts.coded["set"]):
            groups = facts.groups(of, period, where=where)
            people = groups.different(facts.coded["learner"].codes)
            counts = _by_axis(facts, groups)
            for label, learners_, answers, *both in zip(
                groups.labels, people, groups.count(), *counts, strict=True
            ):
                for axis, counted in zip(Axis, both, strict=True):
                    if counted.signals and counted.others:
                        yield (
                            *(along, label[0], axis, label[1], learners_, answers),
                            *_discerned(counted),
                        )


def _over(facts: Facts) -> Reals:
    """Return over-marked parts, NaN where no words were asked for."""
    return np.where(facts.coded["ask"].among(Ask.LOADED), facts.real["over"], np.nan)


def _indexes(facts: Facts) -> dict[Row, tuple[float | None, bool]]:
    """Return discrimination, and whether the key may be wrong, by question and version.

    A learner's first settled answer to each question counts, against the mean of their others.
    """
    settled = (facts.real["attempt"] == 1) & ~np.isnan(facts.settled)
    things = facts.groups("learner", "set", "question", "ask", where=settled)
    rows = np.sort(things.first())
    learner, score = facts.coded["learner"].codes[rows], facts.real["score"][rows]
    number, points = np.bincount(learner), np.bincount(learner, weights=score)
    compared = number[learner] > 1
    rows, learner, score = rows[compared], learner[compared], score[compared]
    rest = np.round((points[learner] - score) / (number[learner] - 1), _SAME)
    beside = np.full(len(settled), np.nan)
    beside[rows] = rest
    groups = facts.groups("set", "version", "question", "ask", where=~np.isnan(beside))
    found: dict[Row, tuple[float | None, bool]] = {}
    for label, members in zip(groups.labels, groups.split(), strict=True):
        if len(members) >= FEWEST:
            own, others = facts.real["score"][members].tolist(), beside[members].tolist()
            found[label] = discrimination(own, others), suspect(own, others)
    return found


def _passages(db: sqlite3.Connection) -> dict[Row, Row]:
    """Return key, whether borderline, and sentence of each question of each published version."""
    found: dict[Row, Row] = {}
    for slug, version, body in db.execute("SELECT slug, version, body FROM live.sets"):
        for question in from_record(json.loads(body)).questions:
            key = question.key.kind if question.key else ""
            passage = (key, question.borderline, question.passage.target)
            found[slug, version, question.id] = passage
    return found


def _told_apart(facts: Facts) -> Flags:
    """Return which are first answers of those that `bot.quiz.tally.kinds_said` counts."""
    coded, real = facts.coded, facts.real
    where: Flags = (
        coded["ask"].among(Ask.KIND)
        & (real["borderline"] == 0)
        & (real["attempt"] == 1)
        & coded["said"].among(*Kind)
        & coded["expected"].among(*Kind)
        & coded["verdict"].among(Verdict.RIGHT, Verdict.WRONG)
    )
    return where


def _practice(facts: Facts, where: Flags) -> Coded:
    """Return with which of the learner's answers about kinds the ten of each answer begin."""
    groups = facts.groups("learner", where=where)
    block: Numbers = np.zeros(len(where), dtype=np.int64)
    for own in groups.split():
        block[own] = np.arange(len(own)) // BLOCK
    return Coded(tuple(BLOCK * n + 1 for n in range(int(block.max(initial=0)) + 1)), block)


def _by_axis(facts: Facts, groups: Groups) -> tuple[list[Counts], list[Counts]]:
    """Return the counts of each group on both axes."""
    stance, source = (_counts(facts, groups, axis) for axis in Axis)
    return stance, source


def _counts(facts: Facts, groups: Groups, axis: Axis) -> list[Counts]:
    signals = [kind for kind in Kind if axis.signal(kind)]
    there = facts.coded["expected"].among(*signals)
    called = facts.coded["said"].among(*signals)
    cells = (there, there & called, ~there, ~there & called)
    return [Counts(*four) for four in zip(*map(groups.count, cells), strict=True)]


def _discerned(counts: Counts) -> tuple[float | None, float | None, float | None, float | None]:
    """Return d′, its bounds and c; of one class of answers alone there is nothing to say."""
    if not counts.signals or not counts.others:
        return _NOTHING
    found = discern(counts)
    return found.sensitivity, found.low, found.high, found.lean

"""The counts of the snapshot: by day, by time taken, of the machine, and of pushes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from bot.operate.review.facts import Coded, Facts
from bot.quiz.labels import Verdict
from bot.quiz.tally import SETTLED

LONGEST = 120
"""Seconds from which on answers stand in one row of `response_times`: few take two minutes."""

_SETTLED = ", ".join(f"'{verdict}'" for verdict in SETTLED)

Row = tuple[Any, ...]


def days(facts: Facts) -> Iterator[Row]:
    """Yield the rows of `days`."""
    real, coded = facts.real, facts.coded
    open_ = coded["verdict"].among(Verdict.UNSURE) | (real["disputed"] > 0)
    waiting = open_ & coded["settled"].among("")
    groups = facts.groups("day", "set", "ask", "verdict", "graded_by")
    sums: tuple[list[float] | list[int], ...] = (
        groups.sum(real["score"]),
        *(groups.count(real[name]) for name in ("unsure", "disputed")),
        groups.count(waiting),
        *(groups.count(real[name]) for name in ("hits", "misses", "over")),
    )
    for (day, *rest), answers, *counted in zip(groups.labels, groups.count(), *sums, strict=True):
        yield (day, monday(day), *rest, answers, *counted)


def times(facts: Facts) -> Iterator[Row]:
    """Yield the rows of `response_times`."""
    there = ~np.isnan(facts.real["seconds"])
    whole = np.where(there, facts.real["seconds"], 0).clip(0, LONGEST).astype(np.int64)
    seconds = Coded(tuple(range(LONGEST + 1)), whole)
    groups = facts.groups("set", "ask", seconds, where=there)
    for label, answers in zip(groups.labels, groups.count(), strict=True):
        yield (*label, answers)


def confusions(facts: Facts) -> Iterator[Row]:
    """Yield the rows of `confusions`."""
    read = ~facts.coded["model_label"].among("")
    machine = ("model_label", "model_version", "model_sure")
    for against, truth in (("key", "key"), ("person", "settled")):
        held = read & ~facts.coded[truth].among("")
        groups = facts.groups("set", "ask", truth, *machine, where=held)
        p = groups.mean(facts.real["model_p"])
        for label, answers, mean in zip(groups.labels, groups.count(), p, strict=True):
            yield (against, *label, answers, mean)


def monday(day: str) -> str:
    """Return the Monday of a day's week."""
    found = date.fromisoformat(day)
    return (found - timedelta(days=found.weekday())).isoformat()


_PUSHES = f"""INSERT INTO review.pushes
    SELECT pushes.id, pushes.class, pushes.slug, pushes.version, pushes.state, pushes.send_at,
        pushes.deadline, (SELECT count(*) FROM live.deliveries WHERE push = pushes.id),
        coalesce(given.learners, 0), coalesce(given.answers, 0), given.score
    FROM live.pushes LEFT JOIN (
        SELECT push, count(DISTINCT learner) AS learners, count(*) AS answers,
            avg(CASE WHEN verdict IN ({_SETTLED}) THEN score END) AS score
        FROM review.answers WHERE push IS NOT NULL GROUP BY push
    ) AS given ON given.push = pushes.id"""

_DELIVERIES = """INSERT INTO review.deliveries
    SELECT push, pushes.class, pushes.slug, message, told.state, count(*) FROM (
        SELECT push, 'set' AS message, state FROM live.deliveries
        UNION ALL SELECT push, 'reminder', reminder FROM live.deliveries WHERE reminder <> ''
    ) AS told JOIN live.pushes ON pushes.id = push GROUP BY push, message, told.state"""

OF_PUSHES = {"pushes": _PUSHES, "deliveries": _DELIVERIES}
"""Statements by the table that they fill; these change without answers too."""

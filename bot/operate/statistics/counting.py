"""Counting the score log in one pass over its short rows. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from bot.operate.statistics.figures import Active, Agreement, Hard, Over, Statistics, Times
from bot.quiz.answers import Chosen
from bot.quiz.discernment import Axis, Discernment, count_table, discern
from bot.quiz.labels import Ask, GradedBy, Kind, ReasonLabel, Verdict
from bot.quiz.tally import SETTLED
from bot.store.log import said_from_json
from bot.store.moments import to_text
from bot.store.tallies import Row, Short

HARDEST = 10
"""Questions that are listed as the hardest."""

AT_ONCE = 500
"""Rows counted at once: few enough to stay in the processor's cache until they are counted."""

FEWEST = 5
"""First answers below which a question is not listed: one learner's bad day is no hard question."""

WEEK = timedelta(days=7)

Asked = tuple[str, str, str]
"""Set, question, and what is asked about it."""

Group = tuple[str | int, ...]
"""The values of a `Short`."""


Firsts = Mapping[tuple[Asked, Group, float], int]
"""How many first answers there are by question, values and score."""


@dataclass
class _Counts:
    """What is counted on the way.

    `firsts` are first answers alone, `newest` the moments of the learners' last ones. `seen` is
    what `learner`, whose rows are not all read yet, was asked.
    """

    groups: Counter[Group] = field(default_factory=Counter)
    firsts: Counter[tuple[Asked, Group, float]] = field(default_factory=Counter)
    tenths: Counter[tuple[str, int | None]] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    newest: dict[int, str] = field(default_factory=dict)
    learner: int = 0
    seen: set[Asked] = field(default_factory=set)


def statistics(
    rows: Iterable[Row], disputes: Mapping[str, int], now: datetime, today: datetime
) -> Statistics:
    """Count the rows, which come learner by learner. `today` is when today began."""
    counts = _Counts()
    rows = iter(rows)
    while some := [*islice(rows, AT_ONCE)]:
        _count(some, counts)
    groups = [(Short._make(group), times) for group, times in counts.groups.items()]
    confusion = _confusion(groups)
    begun, week = to_text(today), to_text(now - WEEK)
    return Statistics(
        answers=counts.groups.total(),
        active=Active(
            today=sum(at >= begun for at in counts.newest.values()),
            week=sum(at >= week for at in counts.newest.values()),
            ever=len(counts.newest),
        ),
        verdicts=_verdicts(groups),
        unsure=sum(times for one, times in groups if one.first == Verdict.UNSURE),
        disputes=disputes,
        confusion=confusion,
        agreement=_agreement(confusion),
        named=_named(groups),
        over=_over(groups),
        times=_times(counts.tenths),
        discernment=_discernment(counts.firsts),
        hardest=_hardest(counts.firsts),
        models=_models(groups),
        days=dict(sorted(counts.days.items())),
    )


def _count(rows: Sequence[Row], counts: _Counts) -> None:
    """Count some rows: whole columns at a time, as that is the quick way to count in Python."""
    learners, ats, slugs, questions, scores, tenths, *short = zip(*rows, strict=True)
    groups, asks = [*zip(*short, strict=True)], short[0]
    counts.groups.update(groups)
    counts.days.update(at[:10] for at in ats)
    counts.tenths.update(zip(asks, tenths, strict=True))
    counts.newest.update(zip(learners, ats, strict=True))
    asked = zip(slugs, questions, asks, strict=True)
    for learner, what, score, group in zip(learners, asked, scores, groups, strict=True):
        if learner != counts.learner:
            counts.learner, counts.seen = learner, set()
        if what not in counts.seen:
            counts.seen.add(what)
            counts.firsts[what, group, score] += 1


def _verdicts(groups: Iterable[tuple[Short, int]]) -> dict[str, dict[str, int]]:
    found = {ask.value: dict.fromkeys(map(str, Verdict), 0) for ask in Ask}
    for one, times in groups:
        found[one.ask][one.verdict] += times
    return found


def _confusion(groups: Iterable[tuple[Short, int]]) -> dict[tuple[str, str], int]:
    """Return how often the machine read what, where a key says what the sentence is."""
    kinds = frozenset(map(str, Kind))
    found: Counter[tuple[str, str]] = Counter()
    for one, times in groups:
        if one.graded_by == GradedBy.KEY and one.expected in kinds and one.model_label in kinds:
            found[one.expected, one.model_label] += times
    return dict(found)


def _agreement(confusion: Mapping[tuple[str, str], int]) -> dict[str, Agreement]:
    found = {}
    for kind in map(str, Kind):
        answers = sum(times for (key, _), times in confusion.items() if key == kind)
        if answers:
            found[kind] = Agreement(answers, confusion.get((kind, kind), 0))
    return found


def _named(groups: Iterable[tuple[Short, int]]) -> Agreement:
    judged = [(one, times) for one, times in groups if one.named and one.model_label]
    return Agreement(
        answers=sum(times for _, times in judged),
        agreed=sum(times for one, times in judged if one.model_label == ReasonLabel.GOOD),
    )


def _over(groups: Iterable[tuple[Short, int]]) -> Over:
    marked = [(one.over, times) for one, times in groups if one.ask == Ask.LOADED]
    return Over(
        answers=sum(times for _, times in marked),
        with_over=sum(times for over, times in marked if over),
        words=sum(over * times for over, times in marked),
    )


def _times(tenths: Mapping[tuple[str, int | None], int]) -> dict[str, Times]:
    by: dict[str, Counter[int]] = {ask.value: Counter() for ask in Ask}
    for (ask, tenth), times in tenths.items():
        if tenth is not None:
            by[ask][tenth] += times
    return {
        ask: Times(found.total(), _percentile(found, 0.5), _percentile(found, 0.9))
        for ask, found in by.items()
        if found
    }


def _percentile(tenths: Counter[int], share: float) -> float:
    """Return the seconds that this share of the answers took at most, by the nearest rank."""
    below, wanted = 0, share * tenths.total()
    for tenth in sorted(tenths):
        below += tenths[tenth]
        if below >= wanted:
            return tenth / 10
    raise ValueError("no times were counted")


def _discernment(firsts: Firsts) -> dict[Axis, Discernment]:
    """Return what `bot.quiz.tally.kinds_said` counts of single answers, for many at once."""
    table: Counter[tuple[Kind, Kind]] = Counter()
    for (_, group, _), times in firsts.items():
        one = Short._make(group)
        if one.expected and not one.borderline and one.verdict in (Verdict.RIGHT, Verdict.WRONG):
            said = said_from_json(one.said)
            if isinstance(said, Chosen):
                table[Kind(one.expected), said.kind] += times
    counted = {axis: count_table(axis, table) for axis in Axis}
    return {axis: discern(one) for axis, one in counted.items() if one.signals and one.others}


def _hardest(firsts: Firsts) -> tuple[Hard, ...]:
    answers: Counter[Asked] = Counter()
    totals: dict[Asked, float] = defaultdict(float)
    for (asked, group, score), times in firsts.items():
        if Short._make(group).verdict in SETTLED:
            answers[asked] += times
            totals[asked] += score * times
    found = [
        Hard(*asked, answers=times, facility=totals[asked] / times)
        for asked, times in answers.items()
        if times >= FEWEST and totals[asked] < times
    ]
    return tuple(sorted(found, key=lambda one: (one.facility, -one.answers))[:HARDEST])


def _models(groups: Iterable[tuple[Short, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one, times in groups:
        if one.model_version:
            found[one.model_version] += times
    return dict(found.most_common())

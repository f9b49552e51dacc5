"""Two models on the very same lines: the difference of each head, and what may be said of it.

A head is compared once and by one number. The intervals of all heads hold together (Bonferroni),
so that a verdict over several heads is no less certain than one over a single head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.training.trial.heads import Head
from bot.training.trial.intervals import ALPHA, Interval, bootstrap, matched, resampled, tellable
from bot.training.trial.words import NAME, Marked, characters, f1


class Verdict(StrEnum):
    """What the lines say of a model beside another."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "better and worse"
    UNDECIDED = "cannot be told apart"


@dataclass(frozen=True, slots=True)
class Difference:
    """One head of two models over the same `n` lines: `value` is ours less theirs.

    `differing` counts the lines that one got right and the other did not.
    """

    head: str
    name: str
    n: int
    ours: float
    theirs: float
    differing: int
    between: Interval

    @property
    def value(self) -> float:
        """By how much ours is above theirs."""
        return self.ours - self.theirs

    @property
    def verdict(self) -> Verdict:
        """What the interval allows to be said."""
        low, high = self.between
        if low > 0:
            return Verdict.BETTER
        return Verdict.WORSE if high < 0 else Verdict.UNDECIDED


@dataclass(frozen=True, slots=True)
class Heads:
    """All that is compared of one model."""

    labels: Sequence[Head]
    words: tuple[Marked, ...]


def compare(ours: Heads, theirs: Heads) -> list[Difference]:
    """Compare every head that both models have and that lines have labels for."""
    pairs = _pairs(ours.labels, theirs.labels)
    wanted = bool(ours.words) and any(case.expected for case in ours.words)
    alpha = ALPHA / max(1, len(pairs) + wanted)
    found = [_labels(a, b, alpha) for a, b in pairs]
    return [*found, _words(ours.words, theirs.words, alpha)] if wanted else found


def verdict(differences: Sequence[Difference]) -> Verdict:
    """Sum up: better or worse only where no head says the other."""
    said = {one.verdict for one in differences} - {Verdict.UNDECIDED}
    if len(said) > 1:
        return Verdict.MIXED
    return said.pop() if said else Verdict.UNDECIDED


def sentence(differences: Sequence[Difference], lines: int, ours: str, theirs: str) -> str:
    """Say the verdict in one plain sentence, naming both models and what they differ at."""
    where = f"On {'this line' if lines == 1 else f'these {lines:,} lines'}"
    if not differences:
        return f"{where} there is nothing that both {ours} and {theirs} can do."
    at = {
        one: _listed([each.head for each in differences if each.verdict is one]) for one in Verdict
    }
    open_ = at[Verdict.UNDECIDED]
    rest = f"; at {open_} the two cannot be told apart" if open_ else ""
    match verdict(differences):
        case Verdict.UNDECIDED:
            return f"{where} {ours} and {theirs} cannot be told apart."
        case Verdict.MIXED:
            better, worse = at[Verdict.BETTER], at[Verdict.WORSE]
            return (
                f"{where} {ours} is better than {theirs} at {better}, and worse at {worse}{rest}."
            )
        case one:
            return f"{where} {ours} is {one} than {theirs} at {at[one]}{rest}."


def _pairs(ours: Sequence[Head], theirs: Sequence[Head]) -> list[tuple[Head, Head]]:
    """Pair heads; stance and source have no say where kinds, made of both, have all their lines."""
    others = {head.name: head for head in theirs}
    kinds = max((len(head.cases) for head in ours if head.name == "kind"), default=0)
    return [
        (head, others[head.name])
        for head in ours
        if head.name in others
        and (head.name not in ("stance", "source") or len(head.cases) > kinds)
    ]


def _labels(ours: Head, theirs: Head, alpha: float) -> Difference:
    both = [(a.right, b.right) for a, b in zip(ours.cases, theirs.cases, strict=True)]
    n, only, other = len(both), both.count((True, False)), both.count((False, True))
    return Difference(
        ours.name,
        "accuracy",
        n,
        sum(a for a, _ in both) / n,
        sum(b for _, b in both) / n,
        only + other,
        matched(only, other, n, alpha),
    )


def _words(ours: tuple[Marked, ...], theirs: tuple[Marked, ...], alpha: float) -> Difference:
    tables = characters(ours), characters(theirs)
    samples = resampled(np.hstack(tables))
    low, high = bootstrap(lambda sums: f1(sums[:3]) - f1(sums[3:]), samples, alpha)
    differing = sum(a.found != b.found for a, b in zip(ours, theirs, strict=True))
    if not tellable(differing, alpha):
        # A bootstrap of few lines that differ is too sure of what so few cannot show.
        low, high = min(low, 0.0), max(high, 0.0)
    first, second = (f1(table.sum(0)) for table in tables)
    return Difference(NAME, "character F1", len(ours), first, second, differing, (low, high))


def _listed(names: Sequence[str]) -> str:
    """Join the names of heads as a sentence has them."""
    plain = [_PLURAL.get(name, name) for name in names]
    return " and ".join(part for part in (", ".join(plain[:-1]), *plain[-1:]) if part)


_PLURAL = {"kind": "kinds", "stance": "stances", "source": "sources", "reason": "reasons"}

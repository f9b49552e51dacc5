"""A model's outcome on labelled lines → all its figures, those beside another's, and its misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.quiz.values import Span
from bot.training.trial.compare import Difference, Heads, compare, sentence
from bot.training.trial.heads import Measured, figures, heads
from bot.training.trial.lines import Labelled
from bot.training.trial.record import Reason, Sentence
from bot.training.trial.run import Outcome
from bot.training.trial.words import NAME, word_figures, words

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured of one model on one file."""

    labelled: Labelled
    outcome: Outcome
    heads: Heads
    figures: tuple[Measured, ...]
    speed: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Another model's result on the same lines, the differences, and a sentence that sums up."""

    theirs: Result
    differences: tuple[Difference, ...]
    plain: str


def result(labelled: Labelled, outcome: Outcome) -> Result:
    """Measure an outcome."""
    found = Heads(heads(labelled, outcome), words(labelled, outcome))
    measured = [one for head in found.labels for one in figures(head)]
    took = (
        ("ms a sentence", len(outcome.readings), outcome.seconds[0]),
        ("ms a reason", len(outcome.judgements or ()), outcome.seconds[1]),
    )
    speed = tuple(Measured("speed", name, n, 1000 * all_ / n) for name, n, all_ in took if n)
    return Result(labelled, outcome, found, (*measured, *word_figures(found.words)), speed)


def beside(ours: Result, theirs: Result) -> Beside:
    """Set two results side by side."""
    found = compare(ours.heads, theirs.heads)
    names = ours.outcome.version, theirs.outcome.version
    if names[0] == names[1]:
        names = f"the model ({names[0]})", f"the one beside it ({names[1]})"
    judged = None not in (ours.outcome.judgements, theirs.outcome.judgements)
    lines = len(ours.labelled.sentences) + (len(ours.labelled.reasons) if judged else 0)
    return Beside(theirs, tuple(found), sentence(found, lines, *names))


def misses(ours: Result, theirs: Result | None = None) -> Iterator[Record]:
    """Yield every line and head that the model got wrong, by line, with what it is and was said.

    And what another model said of it, where one was asked.
    """
    labelled: list[Sentence | Reason] = [*ours.labelled.sentences, *ours.labelled.reasons]
    rows = {one.line: one for one in labelled}
    found: list[Record] = [
        {
            "line": case.line,
            "head": head.name,
            "expected": str(case.expected),
            "found": str(case.found),
            "p": round(case.p, 4),
            "sure": case.sure,
        }
        for head in ours.heads.labels
        for case in head.cases
        if not case.right
    ]
    for case in ours.heads.words:
        row = rows[case.line]
        if isinstance(row, Sentence) and case.expected != case.found:
            right, marked = (_parts(row.text, spans) for spans in (case.expected, case.found))
            told = {"line": case.line, "head": NAME, "expected": right, "found": marked}
            found.append(told | {"sure": case.sure})
    others = _said(theirs) if theirs else {}
    for record in sorted(found, key=lambda one: int(one["line"])):
        place = record["line"], record["head"]
        also = {"beside": others[place]} if place in others else {}
        yield record | also | _given(rows[record["line"]])


def _said(result: Result) -> dict[tuple[int, str], Any]:
    """Return what a model said of each line, by head."""
    said: dict[tuple[int, str], Any] = {
        (case.line, head.name): str(case.found)
        for head in result.heads.labels
        for case in head.cases
    }
    texts = {one.line: one.text for one in result.labelled.sentences}
    parts = {(one.line, NAME): _parts(texts[one.line], one.found) for one in result.heads.words}
    return said | parts


def _given(row: Sentence | Reason) -> Record:
    if isinstance(row, Sentence):
        return {"text": row.text, **({"context": row.context} if row.context else {})}
    answer = row.answer
    about = {"context": answer.context, "target": answer.target, "kind": str(answer.kind)}
    return about | {"answer": answer.text}


def _parts(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]

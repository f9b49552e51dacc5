"""A JSON Lines file of an operator's labels → labelled sentences and reasons, or all its faults.

A line is `{"text", "context"?, "stance"?, "source"?, "kind"?, "loaded"?}` with one label or more,
or `{"context"?, "target", "kind", "answer", "label"}`. Bytes and lines are handled here; what one
line may hold is in `record`.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import LabelsError
from bot.sets.problems import Problem
from bot.training.trial.record import Reason, Sentence, parse

FILE_BYTES = 64_000_000
"""Size of a file: more than a person labels in a life."""
LINES = 100_000
"""Lines of a file: a model reads as many in some ten minutes."""
PROBLEMS = 50
"""Problems that are listed; how many more there are is told."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a file holds, in the order of its lines.

    `ignored` are fields that mean nothing here; `repeated` counts lines that say of a case what an
    earlier line is about too.
    """

    name: str
    sentences: tuple[Sentence, ...]
    reasons: tuple[Reason, ...]
    ignored: tuple[str, ...] = ()
    repeated: int = 0

    def __len__(self) -> int:
        """Return how many lines are labelled."""
        return len(self.sentences) + len(self.reasons)


def read(data: bytes, name: str) -> Labelled:
    """Read a whole file; LabelsError with every line that is wrong, or for a file without any."""
    text = _decoded(data, name)
    lines = text.split("\n")
    if len(lines) > LINES + 1:
        raise _broken(name, [Problem(name, 0, "", f"{len(lines):,} lines", f"at most {LINES:,}")])
    sentences: list[Sentence] = []
    reasons: list[Reason] = []
    problems: list[Problem] = []
    ignored: Counter[str] = Counter()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = parse(line, number)
        problems += [Problem(name, number, *fault) for fault in found.faults]
        ignored.update(found.ignored)
        if isinstance(found.value, Sentence):
            sentences.append(found.value)
        elif isinstance(found.value, Reason):
            reasons.append(found.value)
    if problems:
        raise _broken(name, problems)
    if not sentences and not reasons:
        raise _broken(name, [Problem(name, 0, "", "no line", "one labelled line or more")])
    cases: list[object] = [(one.text, one.context) for one in sentences]
    cases += [one.answer for one in reasons]
    return Labelled(
        name,
        tuple(sentences),
        tuple(reasons),
        ignored=tuple(ignored),
        repeated=len(cases) - len(set(cases)),
    )


def _decoded(data: bytes, name: str) -> str:
    """Return the text of UTF-8, without a byte order mark."""
    if len(data) > FILE_BYTES:
        allowed = f"at most {FILE_BYTES:,}"
        raise _broken(name, [Problem(name, 0, "", f"more than {FILE_BYTES:,} bytes", allowed)])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _broken(name, [Problem(name, 0, "", "text saved as UTF-16", "UTF-8")])
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _broken(
            name, [Problem(name, line, "", "bytes that are not UTF-8", "text saved as UTF-8")]
        ) from error


def _broken(name: str, problems: Iterable[Problem]) -> LabelsError:
    told = [str(problem) for problem in problems]
    more = len(told) - PROBLEMS
    rest = [f"… and {more:,} more"] if more > 0 else []
    head = f"{name}: nothing was measured, since {len(told):,} {'is' if len(told) == 1 else 'are'}"
    return LabelsError("\n".join([f"{head} wrong in it:", *told[:PROBLEMS], *rest]))

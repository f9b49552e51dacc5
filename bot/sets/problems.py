"""What can be wrong with a quiz-set file, said so that its author can mend it.

Only the values that say it live here; what counts as wrong is decided where a file is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import SetError

QUOTED = 60
"""Characters of a file's own words shown in a problem: enough to recognise the place."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `found` and `allowed` are phrases; words of the file are in backticks.

    `line` counts from 1; 0 means the file as a whole. `question` is the question's id, or its
    place in the file (from 1) while it has no usable id; None outside the questions.
    """

    file: str
    line: int
    field: str
    found: str
    allowed: str
    question: str | int | None = None

    def __str__(self) -> str:
        """Return the problem as one line."""
        line = f"line {self.line}" if self.line else ""
        place = ", ".join(part for part in (line, self._named()) if part)
        said = f"found {self.found}, allowed: {self.allowed}"
        return ": ".join(part for part in (self.file, place, said) if part)

    def _named(self) -> str:
        field = f"`{self.field}`" if self.field else ""
        if self.question is None:
            return field
        name = f"`{self.question}`" if isinstance(self.question, str) else f"no. {self.question}"
        return " of ".join(part for part in (field, f"question {name}") if part)


class BrokenSetError(SetError):
    """A file with problems; `problems` holds them in the order of their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("\n".join(map(str, self.problems)))


def quote(text: str) -> str:
    """Return words of a file in backticks, fit for a line."""
    return f"`{fit(text)}`"


def fit(text: str) -> str:
    """Return words of a file on one line, shortened, with nothing unprintable."""
    short = text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in short)

"""What a format could not hold and what a reader had to assume, said once for all questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.quiz.values import Question
from bot.sets.problems import quote

NAMED = 5
"""Questions named in one note; the others are counted."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is not in the result. `questions` are ids or places, none for the set."""

    what: str
    why: str
    questions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the note as one line."""
        return f"{self.what}{self._of()}: {self.why}"

    def _of(self) -> str:
        if not self.questions:
            return ""
        shown = ", ".join(map(quote, self.questions[:NAMED]))
        more = len(self.questions) - NAMED
        several = "questions" if len(self.questions) > 1 else "question"
        return f" of {several} {shown}" + (f" and {more} more" if more > 0 else "")


Notes = tuple[Note, ...]


def gathered(single: Sequence[Note]) -> Notes:
    """Return the notes with those that say the same of several questions made one."""
    of: dict[tuple[str, str], list[str]] = {}
    for note in single:
        of.setdefault((note.what, note.why), []).extend(note.questions)
    return tuple(Note(what, why, tuple(questions)) for (what, why), questions in of.items())


def held(
    questions: Sequence[Question], refusal: Callable[[Question], str]
) -> tuple[tuple[Question, ...], list[Note]]:
    """Return the questions that a format can hold, and notes on the others.

    `refusal` says why a question cannot be held, "" when it can.
    """
    refused = [(question, refusal(question)) for question in questions]
    notes = [Note("all", f"left out, as {why}", (question.id,)) for question, why in refused if why]
    return tuple(question for question, why in refused if not why), notes


def lost(
    questions: Sequence[Question], fields: Mapping[str, Callable[[Question], object]], why: str
) -> Iterator[Note]:
    """Yield a note on each field that a format leaves out, for the questions that fill it."""
    for name, filled in fields.items():
        ids = tuple(question.id for question in questions if filled(question))
        if ids:
            yield Note(f"`{name}`", why, ids)

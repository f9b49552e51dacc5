"""What is pressed about results, disputes, regrades and leaderboards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.chat.buttons.press import Press
from bot.quiz.labels import Kind


@dataclass(frozen=True, slots=True)
class ShowResults(Press):
    """Show the results of a class."""

    code: ClassVar[str] = "rs"
    class_id: int


@dataclass(frozen=True, slots=True)
class ShowLearners(Press):
    """Show the results learner by learner."""

    code: ClassVar[str] = "rl"
    class_id: int


@dataclass(frozen=True, slots=True)
class ShowQuestions(Press):
    """Show the results question by question."""

    code: ClassVar[str] = "rq"
    class_id: int


@dataclass(frozen=True, slots=True)
class SendResults(Press):
    """Send all answers as files, with or without Telegram identities."""

    code: ClassVar[str] = "rf"
    class_id: int
    identities: bool


@dataclass(frozen=True, slots=True)
class Uphold(Press):
    """Let a grade stand."""

    code: ClassVar[str] = "du"
    answer: int


@dataclass(frozen=True, slots=True)
class Accept(Press):
    """Count an answer as right."""

    code: ClassVar[str] = "da"
    answer: int


@dataclass(frozen=True, slots=True)
class Reject(Press):
    """Count an answer as wrong that nobody was sure of."""

    code: ClassVar[str] = "dn"
    answer: int


@dataclass(frozen=True, slots=True)
class RekeyWords(Press):
    """Make the words that an answer marked the loaded ones of the key."""

    code: ClassVar[str] = "dw"
    answer: int


@dataclass(frozen=True, slots=True)
class Rekey(Press):
    """Change the key of the question that an answer was given to."""

    code: ClassVar[str] = "dk"
    answer: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Regrade(Press):
    """Grade a set's pushed answers again by its newest keys, or first show what would change."""

    code: ClassVar[str] = "rg"
    slug: str
    lower: bool
    apply: bool


@dataclass(frozen=True, slots=True)
class UndoRegrade(Press):
    """Let the grades before a regrade of a set stand again, while it is the newest.

    `newest` is the number of its last row.
    """

    code: ClassVar[str] = "ru"
    slug: str
    newest: int


@dataclass(frozen=True, slots=True)
class ShowBoard(Press):
    """Show a class's leaderboard."""

    code: ClassVar[str] = "lb"
    class_id: int


PRESSES: tuple[type[Press], ...] = (
    ShowResults,
    ShowLearners,
    ShowQuestions,
    SendResults,
    Uphold,
    Accept,
    Reject,
    Rekey,
    RekeyWords,
    Regrade,
    UndoRegrade,
    ShowBoard,
)

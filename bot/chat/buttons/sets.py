"""What is pressed about quiz sets: looking at a draft, publishing it, trying a set out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.chat.buttons.press import Press
from bot.quiz.labels import Kind


@dataclass(frozen=True, slots=True)
class Publish(Press):
    """Publish a draft: for everybody, or for the classes that it will be pushed to."""

    code: ClassVar[str] = "sp"
    draft_id: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Discard(Press):
    """Throw a draft away."""

    code: ClassVar[str] = "sd"
    draft_id: int


@dataclass(frozen=True, slots=True)
class Walk(Press):
    """Show the question of a draft that is to be looked at next."""

    code: ClassVar[str] = "sw"
    draft_id: int


@dataclass(frozen=True, slots=True)
class SetSource(Press):
    """Say where the passages of a draft are from; it is asked for."""

    code: ClassVar[str] = "so"
    draft_id: int


@dataclass(frozen=True, slots=True)
class Keep(Press):
    """Keep a question of a draft as it is."""

    code: ClassVar[str] = "sk"
    draft_id: int
    question: str


@dataclass(frozen=True, slots=True)
class Drop(Press):
    """Take a question out of a draft."""

    code: ClassVar[str] = "sx"
    draft_id: int
    question: str


@dataclass(frozen=True, slots=True)
class SetKind(Press):
    """Give a question of a draft a kind."""

    code: ClassVar[str] = "st"
    draft_id: int
    question: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class MarkWord(Press):
    """Call words of a question loaded, or (`loaded` False) not loaded any more."""

    code: ClassVar[str] = "sl"
    draft_id: int
    question: str
    start: int
    end: int
    loaded: bool


@dataclass(frozen=True, slots=True)
class AddWords(Press):
    """Mark more words of a question as loaded; they are asked for."""

    code: ClassVar[str] = "sa"
    draft_id: int
    question: str


@dataclass(frozen=True, slots=True)
class Explain(Press):
    """Give a question of a draft another explanation; it is asked for."""

    code: ClassVar[str] = "se"
    draft_id: int
    question: str


@dataclass(frozen=True, slots=True)
class Try(Press):
    """Try a question out. `subject` is the slug of a set, or a draft as `d.` and its number."""

    code: ClassVar[str] = "tr"
    subject: str
    position: int


@dataclass(frozen=True, slots=True)
class TryKind(Press):
    """A kind, as the answer to a question that is tried out."""

    code: ClassVar[str] = "tk"
    subject: str
    position: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class TryClean(Press):
    """Nothing is loaded, as the answer to a question that is tried out."""

    code: ClassVar[str] = "tc"
    subject: str
    position: int


@dataclass(frozen=True, slots=True)
class TryPass(Press):
    """Not sure, as the answer to a question that is tried out."""

    code: ClassVar[str] = "tp"
    subject: str
    position: int


PRESSES: tuple[type[Press], ...] = (
    Publish,
    Discard,
    Walk,
    SetSource,
    Keep,
    Drop,
    SetKind,
    MarkWord,
    AddWords,
    Explain,
    Try,
    TryKind,
    TryClean,
    TryPass,
)

"""Presses ↔ `callback_data`: the only place that knows how a button is written.

k:<round>:<position>:<kind>   a kind was chosen      p:<round>:<position>   not sure
c:<round>:<position>          nothing loaded         n:<round>:<position>   show the next
d:<round>:<position>          I disagree             e:<round>              show the summary
r:<round>                     take the round up again
b:<slug>                      begin a round (no slug: a mixed one)
v  review    s  score    h  help    w  which sets    f:y f:n  forget me, or not
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.quiz.labels import Kind

MAX_BYTES = 64
"""Telegram's limit on callback_data (Bot API, InlineKeyboardButton)."""

MAX_DIGITS = 15
"""Digits of a number in a button at most: round ids have 48 bits."""

CONTINUING = ("n:", "e:")
"""Beginnings of data of buttons that lead on and answer nothing."""


@dataclass(frozen=True, slots=True)
class Choose:
    """A kind, as the answer to a question."""

    round_id: int
    position: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class NotSure:
    """The learner does not know."""

    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class NothingLoaded:
    """No words of the passage push."""

    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Next:
    """Show the question at a position."""

    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Disagree:
    """The learner disputes a grade."""

    round_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Finish:
    """Show the summary of a round."""

    round_id: int


@dataclass(frozen=True, slots=True)
class Resume:
    """Take an open round up again."""

    round_id: int


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin a round from a set; from all of them when `slug` is empty."""

    slug: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Begin a round of what is due."""


@dataclass(frozen=True, slots=True)
class ShowScore:
    """Show the score."""


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """Show the help."""


@dataclass(frozen=True, slots=True)
class ShowSets:
    """Show which sets there are."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Forget the learner, or leave everything as it is."""

    confirmed: bool


Press = (
    Choose
    | NotSure
    | NothingLoaded
    | Next
    | Disagree
    | Finish
    | Resume
    | Begin
    | Review
    | ShowScore
    | ShowHelp
    | ShowSets
    | Forget
)

_AT_POSITION: dict[str, type[NotSure | NothingLoaded | Next | Disagree]] = {
    "p": NotSure,
    "c": NothingLoaded,
    "n": Next,
    "d": Disagree,
}
_OF_ROUND: dict[str, type[Finish | Resume]] = {"e": Finish, "r": Resume}
_BARE: dict[str, type[Review | ShowScore | ShowHelp | ShowSets]] = {
    "v": Review,
    "s": ShowScore,
    "h": ShowHelp,
    "w": ShowSets,
}


def encode(press: Press) -> str:
    """Return the callback_data of a press; ValueError when Telegram would refuse it."""
    data = _written(press)
    if not 1 <= len(data.encode()) <= MAX_BYTES:
        raise ValueError(f"callback data of {len(data.encode())} bytes: {data!r}")
    return data


def decode(data: str) -> Press | None:
    """Return the press that data stands for; None for data that no button of ours has."""
    letter, *parts = data.split(":")
    try:
        return _read(letter, parts)
    except ValueError:
        return None


def _read(letter: str, parts: list[str]) -> Press | None:
    """Return the press of a letter and its parts; ValueError for a malformed part."""
    press: Press | None = None
    match parts:
        case [round_id, position, kind] if letter == "k":
            press = Choose(_number(round_id), _number(position), Kind(kind))
        case [round_id, position] if letter in _AT_POSITION:
            press = _AT_POSITION[letter](_number(round_id), _number(position))
        case [round_id] if letter in _OF_ROUND:
            press = _OF_ROUND[letter](_number(round_id))
        case [slug] if letter == "b":
            press = Begin(slug)
        case [("y" | "n") as answer] if letter == "f":
            press = Forget(answer == "y")
        case [] if letter in _BARE:
            press = _BARE[letter]()
    return press


def _number(digits: str) -> int:
    """Return a number as we write it; a forged one may be too large for the store."""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
        raise ValueError(digits)
    return int(digits)


def _written(press: Press) -> str:
    match press:
        case Choose(round_id, position, kind):
            return f"k:{round_id}:{position}:{kind}"
        case NotSure() | NothingLoaded() | Next() | Disagree():
            letter = next(k for k, v in _AT_POSITION.items() if isinstance(press, v))
            return f"{letter}:{press.round_id}:{press.position}"
        case Finish() | Resume():
            letter = next(k for k, v in _OF_ROUND.items() if isinstance(press, v))
            return f"{letter}:{press.round_id}"
        case Begin(slug):
            return f"b:{slug}"
        case Forget(confirmed):
            return "f:y" if confirmed else "f:n"
        case _:
            return next(k for k, v in _BARE.items() if isinstance(press, v))

r"""The syntax of Moodle's GIFT: a file → its questions as pieces; what they mean is `gift`'s.

Format: https://docs.moodle.org/en/GIFT_format. A backslash takes the meaning from `~ = # { } :` and
makes `\n` a line break; blank lines and comments are `blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sets.formats.blocks import Block

_TOKEN = re.compile(r"\\[\\~=#{}:n]|.", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|plain|moodle|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?[0-9.]+)%")

BRACES = "`{`, the choices, `}`, and a backslash before these where they are text"

_MEANT = {"\n": " ", "\\n": "\n"}

Tokens = Sequence[str]
"""A text cut into characters, those with a backslash before them as one."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the format that it says it has, "" when it says none."""

    format: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice: whether it counts as right, its text, its feedback, and the line it stands in."""

    line: int
    right: bool
    text: str
    feedback: Marked


@dataclass(frozen=True, slots=True)
class Item:
    """A question; `answers` is None where what stands in the braces are no choices."""

    title: str
    text: Marked
    answers: tuple[Answer, ...] | None
    after: str
    feedback: Marked


class GiftError(Exception):
    """A question has no shape that could be read; the text says what was found."""

    def __init__(self, found: str, allowed: str = BRACES) -> None:
        super().__init__(found)
        self.allowed = allowed


def escaped(text: str) -> str:
    """Return a text as it stands in a question."""
    return re.sub(r"[\\~=#{}:]", r"\\\g<0>", text).replace("\n", "\\n")


def item(block: Block) -> Item:
    """Return the pieces of the question in a block; GiftError when its braces do not close."""
    tokens = _TOKEN.findall(block.text)
    title, start = _title(tokens)
    opening = _find(tokens, "{", start)
    closing = _find(tokens, "}", max(opening, start))
    if (opening < 0) != (closing < 0):
        raise GiftError("a brace that is never closed" if opening >= 0 else "`}` without `{`")
    if opening < 0:
        return Item(title, _marked(tokens[start:]), None, "", Marked("", ""))
    if "{" in tokens[opening + 1 : closing] or "}" in tokens[closing + 1 :]:
        raise GiftError("braces inside braces")
    inside = tokens[opening + 1 : closing]
    line = block.line + block.text[: sum(map(len, tokens[: opening + 1]))].count("\n")
    general = _general(inside)
    choices = inside if general < 0 else inside[:general]
    feedback = [] if general < 0 else inside[general + 4 :]
    return Item(
        title,
        _marked(tokens[start:opening]),
        _answers(choices, line),
        _literal(tokens[closing + 1 :]).strip(),
        _marked(feedback),
    )


def _title(tokens: Tokens) -> tuple[str, int]:
    """Return the title and where the question's text begins."""
    text = next((place for place, token in enumerate(tokens) if not token.isspace()), 0)
    if list(tokens[text : text + 2]) != [":", ":"]:
        return "", text
    end = text + 2
    while end < len(tokens) - 1 and (tokens[end], tokens[end + 1]) != (":", ":"):
        end += 1
    if end >= len(tokens) - 1:
        raise GiftError("a title that is never closed", "`::title::` before the question")
    return _literal(tokens[text + 2 : end]).strip(), end + 2


def _answers(tokens: Tokens, line: int) -> tuple[Answer, ...] | None:
    """Return the choices, None for what is of another type: true or false, numbers, pairs, gaps."""
    starts = [place for place, token in enumerate(tokens) if token in ("=", "~")]
    if "~" not in tokens or _literal(tokens[: starts[0]]).strip():
        return None
    answers = []
    before = 0
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        line += tokens[before:start].count("\n")
        before = start
        answers.append(_answer(line, tokens[start], tokens[start + 1 : end]))
    return tuple(answers)


def _answer(line: int, sign: str, said: Tokens) -> Answer:
    end = _find(said, "#", 0)
    text = _literal(said if end < 0 else said[:end])
    weight = _WEIGHT.match(text)
    right = sign == "=" or bool(weight and _positive(weight[1]))
    return Answer(
        line,
        right,
        _marked_text(text[weight.end() if weight else 0 :]).text,
        _marked(said[end + 1 :] if end >= 0 else ()),
    )


def _positive(number: str) -> bool:
    return not number.startswith("-") and number.strip("0.") != ""


def _general(tokens: Tokens) -> int:
    """Return where `####` begins, -1 where it does not."""
    for place in range(len(tokens) - 3):
        if list(tokens[place : place + 4]) == ["#"] * 4:
            return place
    return -1


def _find(tokens: Tokens, wanted: str, start: int) -> int:
    try:
        return tokens.index(wanted, start)
    except ValueError:
        return -1


def _marked(tokens: Tokens) -> Marked:
    return _marked_text(_literal(tokens))


def _marked_text(text: str) -> Marked:
    found = _FORMAT.match(text)
    return Marked(found[1] if found else "", text[found.end() if found else 0 :].strip())


def _literal(tokens: Tokens) -> str:
    """Return the text of tokens; a line end in the file is a space, as Moodle shows it."""
    return "".join(_MEANT.get(token, token[-1]) for token in tokens)

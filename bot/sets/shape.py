"""The shape of a quiz-set file: its fields, which are required, and how a wrong one is told.

What holds between fields (a target within its passage, a cue where one is asked for) is decided
in `checks`, once a question has its shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bot.quiz.labels import Ask, Kind
from bot.sets import fields as f
from bot.sets import limits
from bot.sets.problems import Problem, fit, quote
from bot.sets.tree import Node, Path, line_of, plain

LABELS = {
    "kind": ", ".join(Kind),
    "kinds": ", ".join(Kind),
    "ask": ", ".join(Ask),
}

MEANT = {
    "set": "a slug of a-z, 0-9 and -",
    "title": "a title",
    "language": "two small letters, such as en",
    "kinds": f"a list of two to four of {LABELS['kinds']}",
    "source": "fields: title, author, publisher, date and more",
    "author": "a name, or not stated",
    "publisher": "a name, or not stated",
    "date": "YYYY-MM-DD, or words such as not stated",
    "questions": "a list of questions",
    "id": "a short name of a-z, 0-9 and -",
    "passage": "one to four sentences",
    "target": "a part of the passage",
    "ask": f"a list of one to three of {LABELS['ask']}",
    "key": "fields: kind, loaded, reason",
    "kind": LABELS["kind"],
    "loaded": "a list of parts of the target, [] when nothing in it pushes",
    "reason": "a list of cues",
    "tags": "a list of words",
    "borderline": "true or false",
    "invented": "true or false",
}
"""What belongs into a field that is empty, missing or of the wrong shape; else a text."""

_S = TypeVar("_S", bound="Shape")


class Shape(BaseModel):
    """Fields of a file; unknown ones are refused, space around a text is dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class SourceShape(Shape):
    """The source of a set."""

    title: f.Title
    author: f.Name
    publisher: f.Name
    date: f.Date
    text_type: f.TextType = ""
    url: f.Url = ""
    note: f.Note = ""


class SourcePart(Shape):
    """What the source of one question has of its own; None where the set's holds."""

    title: f.Title | None = None
    author: f.Name | None = None
    publisher: f.Name | None = None
    date: f.Date | None = None
    text_type: f.TextType | None = None
    url: f.Url | None = None
    note: f.Note | None = None


class KeyShape(Shape):
    """A key; `loaded` None leaves open what an empty list says: that nothing pushes."""

    kind: Kind
    loaded: Annotated[f.Distinct[f.Quotation], Field(max_length=limits.LOADED)] | None = None
    reason: Annotated[f.Distinct[f.Cue], Field(max_length=limits.CUES)] = ()


class QuestionShape(Shape):
    """One question."""

    id: f.Id
    passage: f.Quotation
    target: f.Quotation | None = None
    ask: Annotated[f.Distinct[Ask], Field(min_length=1)]
    key: KeyShape | None = None
    explain: f.Explanation = ""
    borderline: bool = False
    invented: bool = False
    source: SourcePart = SourcePart()
    tags: Annotated[f.Distinct[f.Tag], Field(max_length=limits.TAGS)] = ()


class HeaderShape(Shape):
    """A set around its questions, which are read one by one."""

    set: f.Slug
    title: f.Title
    language: f.Language
    source: SourceShape
    kinds: Annotated[f.Distinct[Kind], Field(min_length=2)] = tuple(Kind)
    questions: Annotated[list[Any], Field(min_length=1, max_length=limits.QUESTIONS)]


PARTS: dict[str, type[Shape]] = {"source": SourceShape, "key": KeyShape}


@dataclass(frozen=True, slots=True)
class Place:
    """Part of a file that problems are told of: a set's fields, or those of one question.

    `called` says what the file's format calls a field, where that is not what YAML calls it; a
    field of a question stands in it as `question.key.kind`.
    """

    file: str
    node: Node
    question: str | int | None = None
    called: Mapping[str, str] = field(default_factory=dict)

    def problem(self, path: Path, found: str, allowed: str) -> Problem:
        """Return a problem with the value at a path below this place, with its line."""
        named = ".".join(step for step in path if isinstance(step, str))
        inside = named if self.question is None else f"question.{named}"
        shown = self.called.get(inside, named)
        line = line_of(self.node, path)
        return Problem(self.file, line, fit(shown), found, allowed, self.question)


def shaped(shape: type[_S], place: Place, problems: list[Problem]) -> _S | None:
    """Return the fields at a place in their shape, or add what is wrong with it."""
    try:
        return shape.model_validate(plain(place.node))
    except ValidationError as error:
        problems.extend(_told(shape, place, error))
        return None


def _told(shape: type[Shape], place: Place, broken: ValidationError) -> Iterator[Problem]:
    for error in broken.errors(include_url=False)[: limits.PROBLEMS]:
        path = error["loc"]
        if error["type"] == "extra_forbidden":
            part = PARTS[str(path[0])] if len(path) > 1 else shape
            yield place.problem(path, "an unknown field", _fields(part, str(path[-1])))
        elif not path:
            yield place.problem(path, _described(error["input"]), f"fields: {_fields(shape)}")
        else:
            yield place.problem(path, *_phrases(error, path))


def _fields(shape: type[Shape], unknown: str = "") -> str:
    """Return the fields of a shape, with the one that an unknown name comes nearest to."""
    names = list(shape.model_fields)
    near = get_close_matches(unknown[: limits.SLUG].lower(), names, n=1)
    return ", ".join(names) + (f" (did you mean `{near[0]}`?)" if near else "")


def _phrases(error: ErrorDetails, path: Path) -> tuple[str, str]:
    """Return what was found and what is allowed for one error of pydantic's."""
    given, context = error["input"], error.get("ctx", {})
    named = next((step for step in reversed(path) if isinstance(step, str)), "")
    found, allowed = _described(given), MEANT.get(named, "a text")
    match error["type"]:
        case "missing":
            found = "nothing"
        case "too_short":
            found = f"a list of {len(given)}"
        case "too_long":
            found, allowed = f"a list of {len(given)}", f"at most {context['max_length']}"
        case "string_too_long":
            found = f"{len(given.strip()):,} characters"
            allowed = f"at most {context['max_length']}"
        case "enum":
            allowed = LABELS[named]
        case f.RULE:
            allowed = context["allowed"]
        case f.TWICE:
            found, allowed = f"{quote(context['item'])} twice", "each once"
    return found, allowed


def _described(given: object) -> str:
    match given:
        case str() if given.strip():
            return quote(given.strip())
        case None | str():
            return "nothing"
        case list():
            return "a list"
        case _:
            return "fields"

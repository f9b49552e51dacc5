"""Quiz sets as JSON Lines (jsonlines.org): everything that a set holds.

The first line is an object with the fields of the set, each further line a question; the names are
those of the YAML format.
"""

from __future__ import annotations

import json
from typing import Any

from bot.quiz.values import QuizSet
from bot.sets.decoding import decode
from bot.sets.document import header, question_fields
from bot.sets.formats.objects import parse_object
from bot.sets.limits import PROBLEMS, QUESTIONS
from bot.sets.notes import Notes
from bot.sets.problems import BrokenSetError, Problem
from bot.sets.reading import build
from bot.sets.tree import Fields, Items, Node


def read(data: bytes, name: str) -> tuple[QuizSet, Notes]:
    """Return the set in a file of JSON Lines, with nothing to note."""
    problems: list[Problem] = []
    objects: list[Fields | None] = []
    # "\n" alone ends a line: a text may hold every other character that looks like an end
    for number, line in enumerate(decode(data, name).split("\n"), 1):
        if line.strip() and len(objects) > QUESTIONS:
            # one too many is told already; what is beyond only counts
            objects.append(Fields(number, {}, {}))
        elif line.strip() and len(problems) < PROBLEMS:
            objects.append(_parsed(line, name, number, problems))
    if not objects:
        raise BrokenSetError([Problem(name, 0, "", "an empty file", "a quiz set")])
    first, *rest = objects
    if first is None:
        raise BrokenSetError(problems)
    questions = [question for question in rest if question]
    if "questions" in first.fields:
        found = "a list in the first line"
        problems.append(Problem(name, first.line, "questions", found, "a line for each question"))
    listed: Node = Items(questions[0].line if questions else first.line, tuple(questions))
    root = Fields(
        first.line,
        first.fields | {"questions": listed},
        first.lines | {"questions": listed.line},
    )
    return build(root, name, problems), ()


def _parsed(line: str, name: str, number: int, problems: list[Problem]) -> Fields | None:
    inside: list[Problem] = []
    try:
        return parse_object(line, name, number, inside)
    except BrokenSetError as error:
        inside = list(error.problems)
        return None
    finally:
        problems += inside


def write(quiz_set: QuizSet) -> tuple[bytes, Notes]:
    """Return a file of JSON Lines of the set, with nothing to note."""
    questions = [question_fields(question, quiz_set.source) for question in quiz_set.questions]
    return "".join(map(_line, [header(quiz_set), *questions])).encode(), ()


def _line(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"

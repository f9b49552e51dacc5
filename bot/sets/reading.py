"""A quiz-set file → a `QuizSet`, or all of its problems at once.

`read_yaml` and `read_bytes` are the whole interface. No file is opened here.
"""

from __future__ import annotations

import codecs
from dataclasses import replace

from bot.quiz.labels import Kind
from bot.quiz.values import Key, Passage, Question, QuizSet, Source
from bot.sets import limits
from bot.sets.checks import check
from bot.sets.parsing import parse
from bot.sets.problems import QUOTED, BrokenSetError, Problem
from bot.sets.shape import HeaderShape, Place, QuestionShape, shaped
from bot.sets.spans import mark_parts
from bot.sets.tree import Fields, Items, Node, Text

BOM = "\ufeff"
"""Mark that some editors put before UTF-8; it is no part of the text."""


def read_bytes(data: bytes, name: str) -> QuizSet:
    """Return the set in a file's bytes, which must be UTF-8; see `read_yaml`."""
    _check_size(len(data), name)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BrokenSetError([Problem(name, 0, "", "text saved as UTF-16", "UTF-8")])
    if b"\0" in data:
        raise BrokenSetError([Problem(name, 0, "", "a binary file", "text saved as UTF-8")])
    try:
        return read_yaml(data.decode(), name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = "a character that is not UTF-8"
        raise BrokenSetError([Problem(name, line, "", found, "text saved as UTF-8")]) from error


def read_yaml(text: str, name: str) -> QuizSet:
    """Return the set in a YAML text; `name` is what the problems call the file.

    Raises BrokenSetError with every problem found: of the fields, and between them.
    """
    _check_size(len(text.encode(errors="surrogatepass")), name)
    root, problems = parse(text.removeprefix(BOM), name)
    header = shaped(HeaderShape, Place(name, root), problems)
    source = Source(**dict(header.source)) if header else None
    kinds = header.kinds if header else tuple(Kind)
    questions = _questions(Place(name, root), source, kinds, problems)
    if problems or not header or not source:
        raise BrokenSetError(problems)
    return QuizSet(header.set, header.title, header.language, source, questions, kinds)


def _check_size(size: int, name: str) -> None:
    if size > limits.FILE_BYTES:
        found = f"a file of {size:,} bytes"
        raise BrokenSetError([Problem(name, 0, "", found, f"at most {limits.FILE_BYTES:,}")])


def _questions(
    whole: Place, source: Source | None, kinds: tuple[Kind, ...], problems: list[Problem]
) -> tuple[Question, ...]:
    """Return the questions that can be built; what is wrong with the others joins the problems."""
    questions = []
    first: dict[str, int] = {}
    for number, node in enumerate(_items(whole.node), 1):
        place = Place(whole.file, node, _name(node, number))
        if len(problems) >= limits.PROBLEMS:
            problems.append(
                place.problem((), f"{len(problems)} problems up to here", "fewer, to read on")
            )
            break
        if isinstance(place.question, str):
            before = first.setdefault(place.question, number)
            if before != number:
                found = f"the id of question no. {before} again"
                problems.append(place.problem(("id",), found, "an id of its own"))
        shape = shaped(QuestionShape, place, problems)
        if shape is None:
            continue
        own = replace(source, **shape.source.model_dump(exclude_none=True)) if source else None
        problems.extend(check(shape, own, kinds, place))
        if own:
            questions.append(_question(shape, own))
    return tuple(questions)


def _items(root: Node) -> tuple[Node, ...]:
    listed = root.fields.get("questions") if isinstance(root, Fields) else None
    return listed.items[: limits.QUESTIONS] if isinstance(listed, Items) else ()


def _name(node: Node, number: int) -> str | int:
    """Return what a question is called in problems: its id, or its place while it has none."""
    given = node.fields.get("id") if isinstance(node, Fields) else None
    text = given.text if isinstance(given, Text) else None
    return text if text and text.isprintable() and len(text) <= QUOTED else number


def _question(shape: QuestionShape, source: Source) -> Question:
    target = shape.target or shape.passage
    start = shape.passage.find(target)
    key = None
    if shape.key:
        spans, _ = mark_parts(target, shape.key.loaded or ())
        key = Key(shape.key.kind, spans, shape.key.reason)
    return Question(
        id=shape.id,
        passage=Passage(shape.passage, start, start + len(target)),
        ask=shape.ask,
        source=source,
        key=key,
        explain=shape.explain,
        borderline=shape.borderline,
        invented=shape.invented,
        tags=shape.tags,
    )

"""The tree of a quiz-set file → a `QuizSet`, or all of its problems at once.

`build` is what every format ends in; `read_yaml` and `read_bytes` read the project's own. No file
is opened here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from types import MappingProxyType

from bot.quiz.labels import Kind
from bot.quiz.values import Key, Passage, Question, QuizSet, Source
from bot.sets import limits
from bot.sets.checks import check
from bot.sets.decoding import BOM, check_size, decode
from bot.sets.parsing import parse
from bot.sets.problems import QUOTED, BrokenSetError, Problem
from bot.sets.shape import HeaderShape, Place, QuestionShape, SourceShape, shaped
from bot.sets.spans import mark_parts
from bot.sets.tree import Fields, Items, Node, Text, grow_fields

AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})
"""Fields that a format calls what YAML calls them."""


def read_bytes(data: bytes, name: str) -> QuizSet:
    """Return the set in a file's bytes, which must be UTF-8; see `read_yaml`."""
    return read_yaml(decode(data, name), name)


def read_yaml(text: str, name: str) -> QuizSet:
    """Return the set in a YAML text; `name` is what the problems call the file.

    Raises BrokenSetError with every problem found: of the fields, and between them.
    """
    check_size(len(text.encode(errors="surrogatepass")), name)
    root, problems = parse(text.removeprefix(BOM), name)
    return build(root, name, problems)


def build(
    root: Node, name: str, problems: list[Problem], called: Mapping[str, str] = AS_THEY_ARE
) -> QuizSet:
    """Return the set in a tree, whatever format it came from.

    `problems` are those that its reader has found already. `called` is `Place.called`. Raises
    BrokenSetError with all problems.
    """
    whole = Place(name, root, called=called)
    header = shaped(HeaderShape, whole, problems)
    source = Source(**dict(header.source)) if header else None
    kinds = header.kinds if header else tuple(Kind)
    questions = _questions(whole, source, kinds, problems)
    if problems or not header or not source:
        raise BrokenSetError(problems)
    return QuizSet(header.set, header.title, header.language, source, questions, kinds)


def check_source(source: Source, name: str) -> None:
    """Raise BrokenSetError with every field of a source that no file could hold."""
    problems: list[Problem] = []
    stated = {field: text for field, text in asdict(source).items() if text}
    shaped(SourceShape, Place(name, grow_fields(stated, 0)), problems)
    if problems:
        raise BrokenSetError(problems)


def _questions(
    whole: Place, source: Source | None, kinds: tuple[Kind, ...], problems: list[Problem]
) -> tuple[Question, ...]:
    """Return the questions that can be built; what is wrong with the others joins the problems."""
    questions = []
    first: dict[str, int] = {}
    for number, node in enumerate(_items(whole.node), 1):
        place = Place(whole.file, node, _name(node, number), whole.called)
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

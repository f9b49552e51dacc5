"""Quiz sets as an H5P archive: the questions that ask for loaded words, as Mark the Words.

A paragraph of the text is a question. The remarks of `marked` stand in the author's comments: those
of the set first, then a group for each paragraph, blank lines between. What is in the archive is
`archive`'s; format: https://h5p.org/documentation/developers/h5p-specification.
"""

from __future__ import annotations

import json
from typing import Any

from bot.quiz.values import QuizSet
from bot.sets.decoding import PRINTABLE, decode, unshowable
from bot.sets.document import header
from bot.sets.formats import marked
from bot.sets.formats.archive import pack, unpack
from bot.sets.formats.blocks import Block, bounded_blocks, check_paragraphs
from bot.sets.formats.markup import marked_up, plain
from bot.sets.formats.objects import parse_object
from bot.sets.formats.remarks import HEAD, head_remarks, remarked
from bot.sets.notes import Note, Notes
from bot.sets.problems import BrokenSetError, Problem, quote
from bot.sets.tree import Fields, Items, Node, Text

LIBRARY = "H5P.MarkTheWords"
VERSION = {"majorVersion": 1, "minorVersion": 11}
"""The library's version that is asked for; later ones of 1 open its content too."""

PACKAGE, CONTENT = "h5p.json", "content/content.json"
DEPTH = 12
"""Lists and fields inside one another in H5P's files; those of Mark the Words have six."""

UNKNOWN_LANGUAGE = "und"
"""What H5P writes for a language that nobody stated."""


def read(data: bytes, name: str) -> tuple[QuizSet, Notes]:
    """Return the set in an H5P archive, and notes on what is left out and assumed."""
    files = unpack(data, name, (PACKAGE, CONTENT))
    problems: list[Problem] = []
    package, content = (
        parse_object(decode(files[part], f"{name}/{part}"), f"{name}/{part}", 1, problems, DEPTH)
        for part in (PACKAGE, CONTENT)
    )
    if problems:
        raise BrokenSetError(problems)
    library = _text(package, "mainLibrary")
    if library != LIBRARY:
        found = f"the content type {quote(library)}" if library else "no content type"
        raise BrokenSetError([Problem(name, 0, "mainLibrary", found, LIBRARY)])
    paragraphs = plain(_text(content, "textField")).paragraphs
    check_paragraphs(paragraphs, name)
    if found := unshowable("".join(paragraphs)):
        # an entity of HTML can stand for a character that the file itself does not have
        raise BrokenSetError([Problem(name, 0, "textField", found, PRINTABLE)])
    head, groups = _remarks(_text(package, "authorComments"), name)
    if groups and len(groups) != len(paragraphs):
        found = f"groups of `// …`: {len(groups)}, paragraphs of the text: {len(paragraphs)}"
        allowed = "one for each paragraph, blank lines between, or none"
        problems.append(Problem(name, 0, "authorComments", found, allowed))
        raise BrokenSetError(problems)
    own = groups or [()] * len(paragraphs)
    pieces = [Block(0, tuple(head), "")]
    pieces += [Block(0, said, text) for said, text in zip(own, paragraphs, strict=True)]
    notes = _dropped(content, _text(package, "title"))
    return marked.assemble(pieces, _given(package), name, problems, notes)


def write(quiz_set: QuizSet) -> tuple[bytes, Notes]:
    """Return an H5P archive of the questions that ask for loaded words, without its libraries.

    Notes say what it leaves out.
    """
    questions, notes = marked.selected(quiz_set, marked.refusal)
    if not questions:
        return b"", notes
    groups = [list(head_remarks(header(quiz_set))), *map(marked.own_remarks, questions)]
    paragraphs = map(marked.marked_text, questions)
    package: dict[str, Any] = {
        "title": quiz_set.title,
        "language": quiz_set.language,
        "mainLibrary": LIBRARY,
        "embedTypes": ["iframe"],
        "license": "U",
        "authors": [{"name": quiz_set.source.author, "role": "Author"}],
        "authorComments": "\n\n".join("\n".join(group) for group in groups),
        "preloadedDependencies": [{"machineName": LIBRARY, **VERSION}],
    }
    content = {
        "taskDescription": f"<p>{marked_up(quiz_set.title)}</p>",
        "textField": "\n".join(f"<p>{marked_up(text)}</p>" for text in paragraphs),
    }
    files = {PACKAGE: package, CONTENT: content}
    return pack({name: json.dumps(part).encode() for name, part in files.items()}), notes


def _remarks(
    comments: str, name: str
) -> tuple[list[tuple[int, str]], list[tuple[tuple[int, str], ...]]]:
    """Return the remarks on the set, and those on each question."""
    head: list[tuple[int, str]] = []
    groups: list[tuple[tuple[int, str], ...]] = []
    for block in bounded_blocks(comments, name):
        said = [(0, line) for _, line in block.comments]
        own: list[tuple[int, str]] = []
        for remark in said:
            field, _ = remarked(remark[1]) or ("", "")
            (head if field in HEAD else own).append(remark)
        if any(remarked(line) for _, line in own):
            groups.append(tuple(own))
    return head, groups


def _given(package: Fields) -> dict[str, Node]:
    """Return what an archive says of its set in fields of its own."""
    authors = package.fields.get("authors")
    first = authors.items[0] if isinstance(authors, Items) and authors.items else None
    language = _text(package, "language")
    given = {
        "title": _text(package, "title"),
        "language": "" if language == UNKNOWN_LANGUAGE else language[:2],
        "source.author": _text(first, "name"),
        "source.url": _text(package, "source"),
    }
    return {path: Text(0, text) for path, text in given.items() if text}


def _dropped(content: Fields, title: str) -> list[Note]:
    notes = []
    task = plain(_text(content, "taskDescription")).paragraphs
    if task and task != (title,):
        notes.append(Note("`taskDescription`", "left out, as the bot asks in its own words"))
    media = content.fields.get("media")
    if isinstance(media, Fields) and isinstance(media.fields.get("type"), Fields):
        notes.append(Note("`media`", "left out, as a quiz set holds text only"))
    return notes


def _text(node: Node | None, field: str) -> str:
    value = node.fields.get(field) if isinstance(node, Fields) else None
    return (value.text or "").strip() if isinstance(value, Text) else ""

"""Quiz sets as Moodle's GIFT: the questions that ask for the kind, as multiple choice.

What the set has stands in comments above (`remarks`), tags in Moodle's own `[tag:…]` comments, the
explanation in the general feedback, and a target is underlined. Syntax: `gift_syntax`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Question, QuizSet
from bot.sets.decoding import PRINTABLE, check_shown, decode, unshowable
from bot.sets.document import header
from bot.sets.fields import SLUG
from bot.sets.formats.blocks import Block, bounded_blocks
from bot.sets.formats.gift_syntax import Answer, GiftError, Item, Marked, escaped, item
from bot.sets.formats.markup import marked_up, plain
from bot.sets.formats.remarks import HEAD, completed, head_remarks, remarked, slug
from bot.sets.limits import ID
from bot.sets.notes import Note, Notes, gathered, held, lost
from bot.sets.problems import BrokenSetError, Problem, quote
from bot.sets.reading import build
from bot.sets.shape import LABELS
from bot.sets.tree import Node, Text, grow, grow_fields

TARGET = "u"
"""The tag around a target: underlined, which every Moodle shows."""

CALLED = {
    "question.key.kind": "kind",
    "question.passage": "question text",
    "question.explain": "general feedback",
}
"""Fields of a question as Moodle calls them."""

LOST = {
    "ask": lambda question: question.ask != (Ask.KIND,),
    "key.loaded": lambda question: question.key.loaded,
    "key.reason": lambda question: question.key.reason,
    "invented": lambda question: question.invented,
}
"""Fields for which GIFT has no place, and whether a question fills them."""

KINDS = tuple(Kind)
ONE_RIGHT = "one right choice, as `=kind`"

_SPECIAL, _ESCAPE = re.compile(r"[\]\\]"), r"\\\g<0>"
_ESCAPED = re.compile(r"\\(.)")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])+)\]")


def read(data: bytes, name: str) -> tuple[QuizSet, Notes]:
    """Return the set of the multiple-choice questions in a GIFT file.

    Questions of other types are noted and left out; of those read, one choice must be right, and
    every choice a kind.
    """
    text = decode(data, name)
    check_shown(text, name)
    reader = _Reader(name)
    for block in bounded_blocks(text, name):
        reader.take(block)
    if not reader.questions:
        allowed = "at least one, as multiple choice with kinds to choose from"
        nothing = Problem(name, 0, "", "no question that asks for a kind", allowed)
        raise BrokenSetError(reader.problems or [nothing])
    fields = completed(reader.given, name, reader.notes)
    fields.setdefault("kinds", list(reader.offered))
    root = grow_fields({**fields, "questions": reader.questions}, 1)
    return build(root, name, reader.problems, CALLED), gathered(reader.notes)


def write(quiz_set: QuizSet) -> tuple[bytes, Notes]:
    """Return a GIFT file of the questions that ask for the kind; notes say what it leaves out."""
    questions, notes = held(quiz_set.questions, _refusal)
    if not questions:
        return b"", gathered(notes)
    why = "left out, as GIFT has no place for it"
    notes += lost(questions, LOST, why)
    notes += lost(questions, {"source": lambda one: one.source != quiz_set.source}, why)
    text = [*head_remarks(header(quiz_set)), ""]
    for question in questions:
        text += _lines(question, quiz_set.kinds)
    return "\n".join(text).encode(), gathered(notes)


def _refusal(question: Question) -> str:
    if Ask.KIND not in question.ask:
        return "it does not ask for the kind"
    if not question.key:
        return "it has no key"
    return "GIFT cannot accept any answer to a borderline question" if question.borderline else ""


def _lines(question: Question, kinds: Sequence[Kind]) -> list[str]:
    tags = [f"[tag:{_SPECIAL.sub(_ESCAPE, tag)}]" for tag in question.tags]
    right = question.key.kind if question.key else None
    return [
        *(["// " + " ".join(tags)] if tags else []),
        f"::{question.id}::{_passage(question)}{{",
        *(f"{'=' if kind is right else '~'}{kind.replace('_', ' ')}" for kind in kinds),
        f"####[plain]{escaped(question.explain)}",
        "}",
        "",
    ]


def _passage(question: Question) -> str:
    passage = question.passage
    if passage.target == passage.text:
        return f"[plain]{escaped(passage.text)}"
    before, after = passage.text[: passage.start], passage.text[passage.end :]
    target = f"<{TARGET}>{marked_up(passage.target)}</{TARGET}>"
    return f"[html]{escaped(marked_up(before) + target + marked_up(after))}"


@dataclass(slots=True)
class _Reader:
    """Takes the blocks of a file; `offered` are the kinds to choose from, in their order."""

    name: str
    ids: set[str] = field(default_factory=set)
    given: dict[str, Any] = field(default_factory=dict)
    questions: list[Node] = field(default_factory=list)
    offered: dict[Kind, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """Add what a block holds: what the set has, a question, or a note or problem on it."""
        if not self.questions:
            for line, comment in block.comments:
                self.head(line, comment)
        try:
            one = item(block) if block.text else None
        except GiftError as error:
            self.problems.append(Problem(self.name, block.line, "", str(error), error.allowed))
            return
        if one and (why := _other(one)):
            title = one.title or f"line {block.line}"
            self.notes.append(Note("all", f"left out, as {why}", (title,)))
        elif one:
            self.questions.append(self.question(block, one))

    def head(self, line: int, comment: str) -> None:
        """Take a comment that carries a field of the set; others are none of the quiz's."""
        name, text = remarked(comment) or ("", "")
        if name in HEAD:
            self.given[name] = grow(text.split() if name == "kinds" else text, line)

    def question(self, block: Block, one: Item) -> Node:
        """Return the fields of a question."""
        identifier = self.identifier(one.title)
        self.ids.add(identifier)
        kind, right = self.kind(block, one.answers or (), identifier)
        explain = one.feedback
        if right and not explain.text:
            explain = right.feedback
        if any(answer.feedback.text for answer in one.answers or () if answer is not right) or (
            right and right.feedback.text and explain is not right.feedback
        ):
            self.notes.append(Note("feedback to a choice", "left out", (identifier,)))
        passage, marked = _shown(one.text, one.text.format)
        if len(marked) > 1:
            self.notes.append(
                Note("`target`", "left out, as several parts are underlined", (identifier,))
            )
        # an entity of HTML can stand for a character that the file itself does not have
        if found := unshowable(passage + _shown(explain, one.text.format)[0]):
            self.problems.append(Problem(self.name, block.line, "", found, PRINTABLE, identifier))
        said = "".join(comment for _, comment in block.comments)
        fields = {
            "id": identifier,
            "passage": passage,
            "target": marked[0] if len(marked) == 1 else None,
            "ask": [str(Ask.KIND)],
            "key": {"kind": kind},
            "explain": _shown(explain, one.text.format)[0],
            "tags": [_ESCAPED.sub(r"\1", tag) for tag in _TAG.findall(said)],
        }
        return grow_fields(fields, block.line)

    def identifier(self, title: str) -> str:
        """Return the title where it can be an id, or what comes nearest to it."""
        nearest = slug(title)
        number = len(self.questions) + 1
        if re.fullmatch(SLUG, title) and len(title) <= ID:
            return title
        identifier = f"q{number}" if not nearest or nearest in self.ids else nearest
        self.notes.append(Note("title", "turned into an id of a-z, 0-9 and -", (identifier,)))
        return identifier

    def kind(
        self, block: Block, answers: Sequence[Answer], identifier: str
    ) -> tuple[Text, Answer | None]:
        """Return the kind that is right, in its line, and its choice."""

        def add(line: int, found: str, allowed: str) -> None:
            self.problems.append(Problem(self.name, line, "kind", found, allowed, identifier))

        right = [answer for answer in answers if answer.right]
        if len(right) > 1:
            add(right[1].line, f"{len(right)} right choices", ONE_RIGHT)
        for answer in answers:
            label = _label(answer.text)
            if label in KINDS:
                self.offered[Kind(label)] = None
            elif answer not in right[:1]:
                add(answer.line, quote(answer.text) if answer.text else "nothing", LABELS["kind"])
        if not right:
            return Text(block.line, None), None
        label = _label(right[0].text)
        return Text(right[0].line, label if label in KINDS else right[0].text), right[0]


def _label(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().lower())


def _shown(said: Marked, usual: str) -> tuple[str, tuple[str, ...]]:
    """Return a text as it is shown, and its underlined parts; `usual` is the question's format."""
    if (said.format or usual) != "html":
        return said.text, ()
    text = plain(said.text, TARGET)
    return "\n".join(text.paragraphs), text.marked


def _other(one: Item) -> str:
    """Return why an item is no question that asks for one of several choices, "" when it is."""
    if one.text.text.startswith("$CATEGORY"):
        return "a set has no categories"
    if one.answers is None:
        return "it is no multiple choice"
    return "its text goes on after the choices" if one.after else ""

"""Quiz sets as bare Mark the Words: the questions that ask for loaded words, as `asterisks`.

A blank line stands between passages. What the set and a question have besides stands in lines that
begin with `//` (`remarks`); what such a line means is the same inside an H5P archive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.quiz.labels import Ask
from bot.quiz.values import Question, QuizSet
from bot.sets.decoding import check_shown, decode
from bot.sets.document import header, loaded_parts
from bot.sets.formats.asterisks import Unmarked, holds, mark, unmark
from bot.sets.formats.blocks import Block, blocks, bounded_blocks
from bot.sets.formats.cells import cell_list, list_cell
from bot.sets.formats.remarks import HEAD, completed, head_remarks, remark, remarked
from bot.sets.notes import Note, Notes, gathered, held, lost
from bot.sets.problems import BrokenSetError, Problem, fit
from bot.sets.reading import build
from bot.sets.spans import mark_parts
from bot.sets.tree import Node, Text, grow, grow_fields

OWN = ("id", "kind", "explain", "tags", "invented", "loaded")
"""Fields of a question that remarks may carry; `loaded` only where marks do not tell the parts."""

LISTS = ("kinds", "tags")
CALLED = {"question.key.kind": "kind", "question.key.loaded": "loaded"}

LOST = {
    "ask": lambda question: question.ask != (Ask.LOADED,),
    "key.reason": lambda question: question.key.reason,
    "text around the target": lambda question: question.passage.target != question.passage.text,
}
"""Fields for which Mark the Words has no place, and whether a question fills them."""


def read(data: bytes, name: str) -> tuple[QuizSet, Notes]:
    """Return the set in a text with marked words, and notes on what had to be assumed."""
    text = decode(data, name)
    check_shown(text, name)
    return assemble(list(map(_closed, bounded_blocks(text, name))), {}, name, [], [])


def write(quiz_set: QuizSet) -> tuple[bytes, Notes]:
    """Return a text of the questions that ask for loaded words; notes say what it leaves out."""
    questions, notes = selected(quiz_set, _refusal)
    text = [*head_remarks(header(quiz_set)), ""]
    for question in questions:
        text += [*own_remarks(question), marked_text(question), ""]
    return "\n".join(text).encode() if questions else b"", notes


def assemble(
    given_blocks: Sequence[Block],
    stated: Mapping[str, Node],
    name: str,
    problems: list[Problem],
    notes: list[Note],
) -> tuple[QuizSet, Notes]:
    """Return the set in blocks; `stated` are fields of the set that no remark needs to carry."""
    given = dict(stated)
    own: dict[str, Node] = {}
    seen: set[str] = set()
    questions: list[Node] = []
    for block in given_blocks:
        for line, comment in block.comments:
            field, text = remarked(comment) or ("", "")
            value = grow(text.split() if field in LISTS else text, line)
            if field in HEAD and field not in seen:
                given[field] = value
                seen.add(field)
            elif field in OWN and field not in own:
                own[field] = value
            elif field:
                problems.append(_remark_problem(name, line, field))
        if block.text:
            questions.append(_question(block, own, len(questions) + 1, name, problems, notes))
            own = {}
    if not questions:
        found = "no passage"
        problems.append(Problem(name, 0, "", found, "passages with `*` around each loaded word"))
        raise BrokenSetError(problems)
    fields = completed(given, name, notes)
    root = grow_fields({**fields, "questions": questions}, 1)
    return build(root, name, problems, CALLED), gathered(notes)


def selected(
    quiz_set: QuizSet, refusal: Callable[[Question], str]
) -> tuple[tuple[Question, ...], Notes]:
    """Return the questions that can be held, and notes on all that is left out."""
    questions, notes = held(quiz_set.questions, refusal)
    why = "left out, as Mark the Words has no place for it"
    notes += lost(questions, LOST, why)
    notes += lost(questions, {"source": lambda one: one.source != quiz_set.source}, why)
    return questions, gathered(notes)


def refusal(question: Question) -> str:
    """Return why no Mark the Words can hold a question, "" when it can."""
    if Ask.LOADED not in question.ask:
        return "it does not ask for loaded words"
    if not question.key:
        return "it has no key"
    if question.borderline:
        return "Mark the Words cannot accept any answer to a borderline question"
    if not holds(question.passage.target, question.key.loaded):
        return "`*` cannot mark a part of a word, nor stand in the text itself"
    return ""


def own_remarks(question: Question) -> list[str]:
    """Return the lines that carry what a question has besides its marked text."""
    parts = loaded_parts(question)
    told = list(unmark(marked_text(question)).parts) == parts
    fields = {
        "id": question.id,
        "kind": question.key.kind if question.key else "",
        "loaded": "" if told else list_cell(parts),
        "explain": question.explain,
        "tags": list(question.tags),
        "invented": question.invented,
    }
    return [remark(name, value) for name, value in fields.items() if value]


def _closed(block: Block) -> Block:
    """Return a block without the empty lines that comments left in its text."""
    return replace(block, text="\n".join(filter(str.strip, block.text.split("\n"))))


def _refusal(question: Question) -> str:
    if why := refusal(question):
        return why
    text = marked_text(question)
    alone = [block.text for block in blocks(text)] == [text]
    return "" if alone else "a blank line or `//` in its text would end it"


def marked_text(question: Question) -> str:
    """Return the target of a question with its loaded words marked."""
    return mark(question.passage.target, question.key.loaded if question.key else ())


def _remark_problem(name: str, line: int, field: str) -> Problem:
    if field in (*HEAD, *OWN):
        return Problem(name, line, field, "it a second time", "once")
    allowed = ", ".join((*HEAD, *OWN)) + "; a note to yourself needs no `:`"
    return Problem(name, line, fit(field), "an unknown field", allowed)


def _question(
    block: Block,
    own: dict[str, Node],
    number: int,
    name: str,
    problems: list[Problem],
    notes: list[Note],
) -> Node:
    found = unmark(block.text)
    parts, wrong = _parts(found, block.text.strip(), own.pop("loaded", None))
    said = own.get("id")
    called = said.text if isinstance(said, Text) and said.text else number
    for amiss in wrong:
        allowed = "one `*` before and one after each loaded word, wherever it stands"
        problems.append(Problem(name, block.line, "loaded", amiss, allowed, called))
    if "id" not in own:
        notes.append(Note("`id`", "not stated in the file, taken from its place", (f"q{number}",)))
    key = {"kind": own["kind"]} if "kind" in own else {}
    rest = {field: value for field, value in own.items() if field != "kind"}
    fields = {
        "id": f"q{number}",
        **rest,
        "passage": found.text,
        "ask": [str(Ask.LOADED)],
        "key": {**key, "loaded": parts},
    }
    return grow_fields(fields, block.line)


def _parts(found: Unmarked, marked: str, said: Node | None) -> tuple[list[str], tuple[str, ...]]:
    """Return the loaded parts, and what is wrong with how they are marked.

    A remark may say which marked words belong together; it must agree with the marks.
    """
    if not isinstance(said, Text):
        return list(found.parts), found.wrong
    parts = cell_list(said.text or "")
    spans, _ = mark_parts(found.text, parts)
    same = mark(found.text, spans) == marked
    return parts, () if same else ("other words in `// loaded` than between `*`",)

"""A quiz set that somebody is still looking at: what is to be decided, and what each press changes.

Pure: a draft is a frozen value, and every change returns another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.errors import SetError
from bot.quiz.labels import Kind
from bot.quiz.values import UNSTATED, Key, Question, QuizSet, Span
from bot.sets import checked
from bot.sets.record import from_record, to_record

SOURCE_LINES = ("title", "author", "publisher", "date")
"""What is asked of where an article is from, a line each."""

UNKNOWN = "-"
"""What somebody types for what the page does not state."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a machine proposes for a question, and a person has to look at.

    `p` is the probability (0…1) of the kind, `why` a machine word for a doubt, empty without one.
    `words` are the spans that may be loaded, `words_sure` whether the machine is sure of them;
    which of them are is in the question's key.
    """

    p: float = 0.0
    why: str = ""
    words: tuple[Span, ...] = ()
    words_sure: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A set with the ids of the questions that are still to be looked at, in order.

    `notes` are lines on what a file held that the set does not.
    """

    quiz_set: QuizSet
    notes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    proposals: Mapping[str, Proposal] = field(default_factory=dict)

    @property
    def current(self) -> Question | None:
        """The question to be looked at next."""
        return self.quiz_set.question(self.open[0]) if self.open else None


@dataclass(frozen=True, slots=True)
class Difference:
    """Ids of the questions that are new, changed and gone, against the version before."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def difference(before: QuizSet, after: QuizSet) -> Difference:
    """Compare two versions of a set, question by question."""
    old = {question.id: question for question in before.questions}
    now = {question.id: question for question in after.questions}
    return Difference(
        new=tuple(id_ for id_ in now if id_ not in old),
        changed=tuple(id_ for id_ in now if id_ in old and now[id_] != old[id_]),
        removed=tuple(id_ for id_ in old if id_ not in now),
    )


def kept(draft: Draft, question_id: str) -> Draft:
    """Keep a question as it is, and go on to the next."""
    return replace(draft, open=tuple(id_ for id_ in draft.open if id_ != question_id))


def dropped(draft: Draft, question_id: str) -> Draft:
    """Take a question out."""
    rest = tuple(one for one in draft.quiz_set.questions if one.id != question_id)
    return kept(replace(draft, quiz_set=replace(draft.quiz_set, questions=rest)), question_id)


def with_kind(draft: Draft, question_id: str, kind: Kind) -> Draft:
    """Give a question a kind; without a key it gets one.

    The explanation was for another kind, and what the machine read counts no longer.
    """
    question = draft.quiz_set.question(question_id)
    if question.key and question.key.kind is kind:
        return draft
    key = replace(question.key, kind=kind, reason=()) if question.key else Key(kind)
    changed = _with(draft, replace(question, key=key, explain=""))
    decided = replace(draft.proposals.get(question_id, Proposal()), p=0.0, why="")
    return replace(changed, proposals={**draft.proposals, question_id: decided})


def with_word(draft: Draft, question_id: str, span: Span, *, loaded: bool) -> Draft:
    """Call words loaded, or not loaded any more."""
    question = draft.quiz_set.question(question_id)
    if question.key is None:
        return draft
    marked = set(question.key.loaded) - {span} | ({span} if loaded else set())
    proposal = draft.proposals.get(question_id, Proposal())
    words = tuple(sorted({*proposal.words, span}))
    changed = _with(draft, replace(question, key=replace(question.key, loaded=_sorted(marked))))
    return replace(
        changed, proposals={**draft.proposals, question_id: replace(proposal, words=words)}
    )


def with_explanation(draft: Draft, question_id: str, text: str) -> Draft:
    """Give a question another explanation."""
    return _with(draft, replace(draft.quiz_set.question(question_id), explain=text))


def with_source(draft: Draft, text: str) -> Draft:
    """Say where the passages are from, in lines: title, author, publisher, date.

    A dash is what the page does not state. SetError for other lines, or one that is too long.
    """
    lines = [line.strip() for line in text.strip().split("\n")]
    if len(lines) != len(SOURCE_LINES) or lines[0] == UNKNOWN or not all(lines):
        raise SetError(f"a source is {len(SOURCE_LINES)} lines: {', '.join(SOURCE_LINES)}")
    stated = [UNSTATED if line == UNKNOWN else line for line in lines]
    source = replace(draft.quiz_set.source, **dict(zip(SOURCE_LINES, stated, strict=True)))
    questions = tuple(replace(one, source=source) for one in draft.quiz_set.questions)
    titled = replace(draft.quiz_set, title=source.title, source=source, questions=questions)
    if questions:
        checked(titled)
    return replace(draft, quiz_set=titled)


def to_json(draft: Draft) -> str:
    """Return a draft as the store keeps it."""
    proposals = {
        id_: {"p": one.p, "why": one.why, "words": one.words, "words_sure": one.words_sure}
        for id_, one in draft.proposals.items()
    }
    record = {
        "set": to_record(draft.quiz_set),
        "notes": draft.notes,
        "open": draft.open,
        "proposals": proposals,
    }
    return json.dumps(record, ensure_ascii=False)


def from_json(text: str) -> Draft:
    """Return the draft that `to_json` wrote."""
    record = json.loads(text)
    return Draft(
        quiz_set=from_record(record["set"]),
        notes=tuple(record["notes"]),
        open=tuple(record["open"]),
        proposals={
            id_: Proposal(
                one["p"], one["why"], tuple((a, b) for a, b in one["words"]), one["words_sure"]
            )
            for id_, one in record["proposals"].items()
        },
    )


def _with(draft: Draft, changed: Question) -> Draft:
    questions = tuple(changed if one.id == changed.id else one for one in draft.quiz_set.questions)
    return replace(draft, quiz_set=replace(draft.quiz_set, questions=questions))


def _sorted(spans: set[Span]) -> tuple[Span, ...]:
    """Return spans in order, those inside others left out."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return tuple(found)

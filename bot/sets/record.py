"""`QuizSet` ↔ a dict of JSON's own types, compact and lossless, for the store and for comparing.

What is empty or as usual is left out, and a question's source holds only what differs from the
set's. Nothing is checked here: a record is what `to_record` made.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from bot.errors import SetError
from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Key, Passage, Question, QuizSet, Source

Record = dict[str, Any]


def to_record(quiz_set: QuizSet) -> Record:
    """Return the set as a dict that `json.dumps` takes and `from_record` turns back."""
    record = {
        "set": quiz_set.slug,
        "title": quiz_set.title,
        "language": quiz_set.language,
        "source": asdict(quiz_set.source),
        "questions": [_from_question(q, quiz_set.source) for q in quiz_set.questions],
        "version": quiz_set.version,
    }
    if quiz_set.kinds != tuple(Kind):
        record["kinds"] = list(quiz_set.kinds)
    return record


def from_record(record: Record) -> QuizSet:
    """Return the set of a record; SetError when the record is not one of `to_record`'s."""
    try:
        source = Source(**record["source"])
        return QuizSet(
            slug=record["set"],
            title=record["title"],
            language=record["language"],
            source=source,
            questions=tuple(_to_question(question, source) for question in record["questions"]),
            kinds=tuple(Kind(kind) for kind in record.get("kinds", Kind)),
            version=record["version"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SetError(f"a stored quiz set is damaged: {error!r}") from error


def fingerprint(quiz_set: QuizSet) -> str:
    """Return a hash of the content (64 hex digits): the same for every version of equal content."""
    content = to_record(replace(quiz_set, version=0))
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _from_question(question: Question, usual: Source) -> Record:
    record: Record = {
        "id": question.id,
        "passage": question.passage.text,
        "ask": list(question.ask),
    }
    passage, own = question.passage, asdict(question.source)
    rest: Record = {
        "target": [passage.start, passage.end] if _is_part(passage) else None,
        "source": {name: text for name, text in own.items() if text != getattr(usual, name)},
        "key": _from_key(question.key) if question.key else None,
        "explain": question.explain,
        "borderline": question.borderline,
        "invented": question.invented,
        "tags": list(question.tags),
    }
    return record | {name: value for name, value in rest.items() if value}


def _to_question(record: Record, usual: Source) -> Question:
    text = record["passage"]
    start, end = record.get("target", (0, len(text)))
    return Question(
        id=record["id"],
        passage=Passage(text, start, end),
        ask=tuple(Ask(ask) for ask in record["ask"]),
        source=replace(usual, **record.get("source", {})),
        key=_to_key(record["key"]) if "key" in record else None,
        explain=record.get("explain", ""),
        borderline=record.get("borderline", False),
        invented=record.get("invented", False),
        tags=tuple(record.get("tags", ())),
    )


def _is_part(passage: Passage) -> bool:
    return (passage.start, passage.end) != (0, len(passage.text))


def _from_key(key: Key) -> Record:
    record: Record = {"kind": key.kind}
    if key.loaded:
        record["loaded"] = [list(span) for span in key.loaded]
    if key.reason:
        record["reason"] = list(key.reason)
    return record


def _to_key(record: Record) -> Key:
    spans = tuple((start, end) for start, end in record.get("loaded", ()))
    return Key(Kind(record["kind"]), spans, tuple(record.get("reason", ())))

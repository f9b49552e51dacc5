"""`QuizSet` → the fields of a file, as dicts, lists, texts and truths: where every writer starts.

The names are those of `shape`. How a format writes them down is decided in `formats`.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Key, Question, QuizSet, Source

Document = dict[str, Any]


def document(quiz_set: QuizSet) -> Document:
    """Return the fields of a set as a reader returned it; what is empty or usual is left out.

    The version counts publications in a store and is no part of a file.
    """
    return header(quiz_set) | {
        "questions": [question_fields(one, quiz_set.source) for one in quiz_set.questions]
    }


def header(quiz_set: QuizSet) -> Document:
    """Return the fields of a set without its questions."""
    fields: Document = {
        "set": quiz_set.slug,
        "title": quiz_set.title,
        "language": quiz_set.language,
    }
    if quiz_set.kinds != tuple(Kind):
        fields["kinds"] = [str(kind) for kind in quiz_set.kinds]
    source = {name: text for name, text in asdict(quiz_set.source).items() if text}
    return fields | {"source": source}


def question_fields(question: Question, usual: Source) -> Document:
    """Return the fields of a question; its source holds what differs from the set's."""
    own = {
        name: text for name, text in asdict(question.source).items() if text != getattr(usual, name)
    }
    target = question.passage.target
    fields: Document = {
        "id": question.id,
        "invented": question.invented,
        "borderline": question.borderline,
        "passage": question.passage.text,
        "target": target if target != question.passage.text else "",
        "ask": [str(ask) for ask in question.ask],
        "key": _key(question, question.key) if question.key else None,
        "explain": question.explain,
        "source": own,
        "tags": list(question.tags),
    }
    return {name: value for name, value in fields.items() if value}


def loaded_parts(question: Question) -> list[str]:
    """Return the loaded parts of the target, each once, in the order of their places."""
    spans = question.key.loaded if question.key else ()
    return list(dict.fromkeys(question.passage.target[start:end] for start, end in spans))


def _key(question: Question, key: Key) -> Document:
    fields: Document = {"kind": str(key.kind)}
    parts = loaded_parts(question)
    if parts or Ask.LOADED in question.ask:
        fields["loaded"] = parts
    if key.reason:
        fields["reason"] = list(key.reason)
    return fields

"""Small quiz sets for dialogues: say what the test is about, the rest is plain."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Fields = dict[str, object]

SOURCE = {
    "title": "A little article",
    "author": "Ann Author",
    "publisher": "The Paper",
    "date": "2026-01-01",
}
SLUG = "little"
BUDGET = "The circus act of a budget will ruin a generation."
RAIN = "Rain fell on Monday, the weather office said."
WHY = "The lesson of it."


def asks(
    ask: str | Sequence[str] = "kind",
    passage: str = RAIN,
    *,
    kind: str | None = "sourced_fact",
    loaded: Sequence[str] = (),
    reason: Sequence[str] = ("the weather office said it",),
    **fields: object,
) -> Fields:
    """Return a question; without a kind it has no key. `fields` are further fields of the file."""
    key = {"kind": kind, "loaded": [*loaded], "reason": [*reason]}
    return {
        "id": "one",
        "passage": passage,
        "ask": [ask] if isinstance(ask, str) else [*ask],
        "explain": WHY,
        **({"key": key} if kind else {}),
        **fields,
    }


def asks_loaded(**fields: object) -> Fields:
    """Return a question about loaded words, of which there are two."""
    given: Fields = {
        "ask": "loaded",
        "loaded": ["circus act", "ruin a generation"],
        "kind": "opinion",
        **fields,
    }
    return asks(passage=BUDGET, **given)  # type: ignore[arg-type] # fields of the file, as they are


def quiz_set(*questions: Fields, slug: str = SLUG, **header: object) -> Fields:
    """Return a set; where there are several questions they get ids in their order."""
    several = len(questions) > 1
    named = [{**each, "id": f"q{n}"} if several else each for n, each in enumerate(questions)]
    fields = {"set": slug, "title": f"A {slug} set", "language": "en", "source": SOURCE}
    return {**fields, **header, "questions": named}


def files(*sets: Fields) -> Mapping[str, bytes]:
    """Return sets as the files of a bot; JSON is YAML."""
    return {f"{each['set']}.yaml": json.dumps(each, ensure_ascii=False).encode() for each in sets}


def seeds(*questions: Fields, **header: object) -> Mapping[str, bytes]:
    """Return the files of a bot that has one set."""
    return files(quiz_set(*questions) | header)

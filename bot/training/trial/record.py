"""One line of labels → a labelled sentence or reason, or everything that is wrong with the line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from bot.quiz.labels import Attribution, Kind, ReasonLabel, Stance, kind_of
from bot.quiz.values import Span
from bot.reader.judge import Answer
from bot.sets.problems import quote
from bot.sets.spans import mark_parts

TEXT = 4_000
"""Characters of a sentence, a target or an answer: as long as a message."""
CONTEXT = 40_000
"""Characters of a context: the longest article's worth."""
SPANS = 200
"""Loaded parts of one sentence."""

SENTENCE = ("text", "context", "stance", "source", "kind", "loaded")
REASON = ("context", "target", "kind", "answer", "label")
LABELS = ("stance", "source", "kind", "loaded")

Fault = tuple[str, str, str]
"""A field, what was found and what is allowed."""
Label = TypeVar("Label", bound=StrEnum)
_LIKE = 0.8  # how like a field's name another must be to be taken for a slip of the pen


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and those of its labels that were given, or that others say: None for no label."""

    line: int
    text: str
    context: str | None
    stance: Stance | None
    source: Attribution | None
    kind: Kind | None
    loaded: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for a kind, and how good it is."""

    line: int
    answer: Answer
    label: ReasonLabel


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a line holds; `value` is None where there are faults."""

    value: Sentence | Reason | None
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = ()


def parse(line: str, number: int) -> Parsed:
    """Read a line; any string gives an answer."""
    faults: list[Fault] = []
    try:
        pairs = json.loads(line, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, ValueError) else "too many brackets"
        return Parsed(None, (("", f"no JSON ({said})", "a JSON object on one line"),))
    if not isinstance(pairs, _Pairs):
        return Parsed(None, (("", quote(line), "a JSON object"),))
    counts = Counter(name for name, _ in pairs)
    faults += [(name, "it twice", "once") for name, times in counts.items() if times > 1]
    found = {name: value for name, value in pairs if value is not None}
    known = REASON if "answer" in found or "label" in found else SENTENCE
    ignored = []
    for name in counts:
        near = get_close_matches(name.lower(), known, 1, _LIKE)
        if name in known:
            continue
        if near:
            faults.append((name, "a field that is none", f"`{near[0]}`"))
        else:
            ignored.append(name)
    value = (_reason if known is REASON else _sentence)(found, number, faults)
    return Parsed(None if faults else value, tuple(faults), tuple(ignored))


class _Pairs(list[tuple[str, Any]]):
    """The fields of an object, those that are given twice too."""


def _sentence(found: dict[str, Any], number: int, faults: list[Fault]) -> Sentence:
    text = _text(found, "text", TEXT, faults)
    context = _text(found, "context", CONTEXT, faults, needed=False) or None
    stance = _label(found, "stance", Stance, faults)
    source = _label(found, "source", Attribution, faults)
    kind = _label(found, "kind", Kind, faults)
    loaded = _loaded(found, text, faults)
    if not any(name in found for name in LABELS):
        faults.append(("", "no label", f"one or more of {', '.join(LABELS)}"))
    if kind is not None and stance not in (None, kind.stance):
        faults.append(("stance", quote(str(stance)), f"`{kind.stance}`, as `kind` is `{kind}`"))
    if kind is not None and source is not None and kind.sourced != (source is Attribution.NAMED):
        wanted = "`named`" if kind.sourced else "`vague` or `none`"
        faults.append(("source", quote(str(source)), f"{wanted}, as `kind` is `{kind}`"))
    if kind is not None:
        stance = kind.stance
    elif stance is not None and source is not None:
        kind = kind_of(stance, source)
    return Sentence(number, text, context, stance, source, kind, loaded)


def _reason(found: dict[str, Any], number: int, faults: list[Fault]) -> Reason:
    context = _text(found, "context", CONTEXT, faults, needed=False)
    target = _text(found, "target", TEXT, faults)
    answer = _text(found, "answer", TEXT, faults, empty=True)
    kind = _label(found, "kind", Kind, faults, needed=True) or Kind.OPINION
    label = _label(found, "label", ReasonLabel, faults, needed=True) or ReasonLabel.OFF
    return Reason(number, Answer(context, target, kind, answer), label)


def _text(
    found: dict[str, Any],
    name: str,
    longest: int,
    faults: list[Fault],
    *,
    needed: bool = True,
    empty: bool = False,
) -> str:
    """Take a text; a learner's answer may be `empty`."""
    value = found.get(name, None if needed else "")
    if not isinstance(value, str):
        faults.append((name, "none" if value is None else quote(json.dumps(value)), "a text"))
        return ""
    if needed and not empty and not value.strip():
        faults.append((name, "an empty text", "a text"))
    if len(value) > longest:
        faults.append((name, f"{len(value):,} characters", f"at most {longest:,}"))
    return value


def _label(
    found: dict[str, Any],
    name: str,
    labels: type[Label],
    faults: list[Fault],
    *,
    needed: bool = False,
) -> Label | None:
    value = found.get(name)
    if isinstance(value, str) and value in list(labels):
        return labels(value)
    if value is not None or needed:
        shown = "none" if value is None else quote(json.dumps(value, ensure_ascii=False))
        faults.append((name, shown, ", ".join(labels)))
    return None


def _loaded(found: dict[str, Any], text: str, faults: list[Fault]) -> tuple[Span, ...] | None:
    """Take loaded words as they stand in the text, or as [start, end] pairs of characters."""
    value = found.get("loaded")
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > SPANS:
        shown = f"{len(value)} parts" if isinstance(value, list) else quote(json.dumps(value))
        faults.append(("loaded", shown, f"a list of words or of [start, end], {SPANS} at the most"))
        return None
    words = [part for part in value if isinstance(part, str) and part.strip()]
    spans = [(part[0], part[1]) for part in value if _is_span(part, text)]
    for part in value:
        if part not in words and not _is_span(part, text):
            shown = quote(json.dumps(part, ensure_ascii=False))
            allowed = f"words of the text, or [start, end] within 0 and {len(text)}"
            faults.append(("loaded", shown, allowed))
    marked, wrong = mark_parts(text, list(dict.fromkeys(words)))
    allowed = "words of `text`, as they stand in it"
    faults += [
        ("loaded", f"{quote(part)}, {why.replace('target', 'text')}", allowed)
        for part, why in wrong.items()
    ]
    return tuple(sorted([*marked, *spans]))


def _is_span(part: Any, text: str) -> bool:
    numbers: Sequence[Any] = part if isinstance(part, list) else ()
    whole = len(numbers) == 2 and all(type(number) is int for number in numbers)
    return whole and 0 <= numbers[0] < numbers[1] <= len(text)

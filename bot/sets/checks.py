"""What must hold between the fields of a question that has its shape, and among questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Source
from bot.sets.limits import SHOWN
from bot.sets.problems import Problem, quote
from bot.sets.shape import KeyShape, Place, QuestionShape
from bot.sets.spans import mark_parts, missing


def check(
    question: QuestionShape, source: Source | None, kinds: Sequence[Kind], place: Place
) -> Iterator[Problem]:
    """Yield every problem between the fields of a question.

    `source` is the one that will be shown with it, None while the set's is broken.
    """
    yield from _target(question, place)
    if question.borderline and Ask.REASON in question.ask:
        yield place.problem(
            ("ask",), "`reason` in a borderline question", "kind, loaded (nobody could grade it)"
        )
    if question.key:
        yield from _key(question, question.key, kinds, place)
    shown = _shown(question, source)
    if shown > SHOWN:
        yield place.problem(
            (),
            f"{shown:,} characters to show, counted as Telegram is sent them",
            f"at most {SHOWN:,} in passage, explain, source and cues together",
        )


def _target(question: QuestionShape, place: Place) -> Iterator[Problem]:
    target, passage = question.target, question.passage
    if target is None:
        return
    first = passage.find(target)
    if first < 0:
        found = f"{quote(target)}, {missing(target, passage, 'passage')}"
        yield place.problem(("target",), found, "a verbatim part of the passage")
    elif passage.find(target, first + 1) >= 0:
        found = f"{quote(target)}, which stands in the passage more than once"
        yield place.problem(("target",), found, "a part that stands in it only once")


def _key(
    question: QuestionShape, key: KeyShape, kinds: Sequence[Kind], place: Place
) -> Iterator[Problem]:
    if key.kind not in kinds:
        yield place.problem(("key", "kind"), quote(key.kind), f"{', '.join(kinds)} (see `kinds`)")
    if key.loaded is None and Ask.LOADED in question.ask:
        yield place.problem(
            ("key", "loaded"), "nothing", "a list of parts of the target, [] when nothing pushes"
        )
    if not key.reason and Ask.REASON in question.ask:
        yield place.problem(("key", "reason"), "nothing", "cues of a good reason, as it is asked")
    if not question.explain:
        yield place.problem(("explain",), "nothing", "an explanation, as there is a key")
    parts = key.loaded or ()
    target = question.target or question.passage
    # a target that is not in the passage is told already; what it should have been is in there
    _, wrong = mark_parts(target if target in question.passage else question.passage, parts)
    for number, part in enumerate(parts):
        if part in wrong:
            yield place.problem(
                ("key", "loaded", number),
                f"{quote(part)}, {wrong[part]}",
                "whole words, verbatim, each marked by one part",
            )


def _shown(question: QuestionShape, source: Source | None) -> int:
    """Return the length of all that may be shown together, escaped, in UTF-16 units."""
    texts = [question.passage, question.explain]
    texts += question.key.reason if question.key else ()
    if source:
        texts += [source.title, source.author, source.publisher, source.date]
        texts += [source.text_type, source.url, source.note]
    return sum(len(escape(text, quote=False).encode("utf-16-le")) // 2 for text in texts)

"""A regrade that waits for a yes: who would change, from what to what."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.buttons import Press, Regrade, UndoRegrade
from bot.chat.says import Keyboard
from bot.chat.views.labels import VERDICT_WORD_TEXT
from bot.quiz.values import Grade, QuizSet
from bot.store.regrades import Before
from bot.teaching.regrades import Change, Plan
from bot.texts import Markup, Texts, joined

CHANGES = 15
"""Changes of a regrade that are listed; more are counted."""


def plan(
    texts: Texts, quiz_set: QuizSet, found: Plan, undoable: Sequence[Before], *, lower: bool
) -> tuple[Markup, Keyboard]:
    """Return what a regrade would change, and the buttons that do it, or undo the last one.

    `undoable` is what of the last regrade still stands.
    """
    lines = [_change(texts, one) for one in found.felt[:CHANGES]]
    more = len(found.felt) - CHANGES
    parts = [
        texts.say("regrade-head", title=quiz_set.title, count=len(found.felt)),
        joined(lines, "\n"),
        texts.say("regrade-more", count=more) if more > 0 else Markup(),
        texts.say("regrade-unfelt", count=found.unfelt) if found.unfelt else Markup(),
        texts.say("regrade-spared", count=found.spared) if found.spared else Markup(),
    ]
    return joined(parts, "\n\n"), _choices(texts, quiz_set.slug, found, undoable, lower=lower)


def _choices(
    texts: Texts, slug: str, found: Plan, undoable: Sequence[Before], *, lower: bool
) -> Keyboard:
    rows: list[list[tuple[str, Press]]] = []
    if found.changes:
        rows.append([(texts.plain("button-regrade"), Regrade(slug, lower=lower, apply=True))])
    if found.spared or lower:
        key = "button-regrade-spare" if lower else "button-regrade-lower"
        rows.append([(texts.plain(key), Regrade(slug, lower=not lower, apply=False))])
    if undoable:
        undo = UndoRegrade(slug, max(each.regrade for each in undoable))
        rows.append([(texts.plain("button-regrade-undo", count=len(undoable)), undo)])
    return rows


def _change(texts: Texts, one: Change) -> Markup:
    return texts.say(
        "regrade-change",
        learner=one.result.learner,
        question=one.result.question,
        before=_worth(texts, one.result.grade),
        after=_worth(texts, one.grade),
    )


def _worth(texts: Texts, grade: Grade) -> Markup:
    word = texts.say(VERDICT_WORD_TEXT[grade.verdict])
    return texts.say("regrade-worth", verdict=word, score=f"{grade.score:.2f}")

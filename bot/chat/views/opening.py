"""What is said before the first question of a round."""

from __future__ import annotations

from bot.chat.views.labels import KINDS_TEXT
from bot.quiz.labels import Kind
from bot.quiz.rounds import Composition
from bot.texts import Markup, Texts, joined


def opening(texts: Texts, plan: Composition, note: str, *, only_due: bool = False) -> Markup:
    """Return how many questions there are, and what cannot be balanced."""
    key = "round-begins-review" if only_due else "round-begins"
    lines = [texts.say(key, count=len(plan.items))]
    if note:
        lines.append(texts.say("source-note", note=note))
    if plan.scarce and not only_due:
        lines.append(texts.say("round-scarce", kinds=_kinds(texts, plan.scarce)))
    if plan.only_loaded:
        lines.append(texts.say("round-only-loaded"))
    if plan.only_clean:
        lines.append(texts.say("round-only-clean"))
    return joined(lines, "\n")


def _kinds(texts: Texts, kinds: tuple[Kind, ...]) -> Markup:
    named = [texts.say(KINDS_TEXT[kind]) for kind in kinds]
    if len(named) == 1:
        return named[0]
    return texts.say("list-and", first=joined(named[:-1], ", "), last=named[-1])

"""What typed words say to a question, or what is missing in them; nothing is graded here."""

from __future__ import annotations

from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.turns import Turn, reply
from bot.chat.views.labels import A_KIND_TEXT, KIND_TEXT
from bot.quiz.answers import Chosen, Marked, Passed, Reasoned, Said, place, words
from bot.quiz.labels import Ask, Kind
from bot.quiz.rounds import Item

LONGEST_REASON = 500
"""Characters of a typed answer that are read: one sentence, with room to spare."""

LONGEST_STRAY = 200
"""Characters of words that stand nowhere in the passage that are said back."""


def read_typed(desk: Desk, event: Event, item: Item, kinds: tuple[Kind, ...]) -> Said | Turn:
    """Return what typed words say to a question, or a turn that asks for better ones.

    `kinds` are those that the question offers.
    """
    texts, text = desk.texts, (event.text or "").strip()
    if len(text) > LONGEST_REASON:
        return reply(event, texts.say("type-too-long", length=len(text), limit=LONGEST_REASON))
    if _one_of(text, texts.plain("words-not-sure")):
        return Passed()
    match item.ask:
        case Ask.KIND:
            return _typed_kind(desk, event, kinds, text)
        case Ask.LOADED:
            return _typed_words(desk, event, item, text)
        case Ask.REASON:
            return _typed_reason(desk, event, text)


def _typed_kind(desk: Desk, event: Event, choice: tuple[Kind, ...], text: str) -> Said | Turn:
    texts = desk.texts
    for kind in choice:
        names = (texts.plain(KIND_TEXT[kind]), texts.plain(A_KIND_TEXT[kind]))
        if any(_same_label(text, name) for name in names):
            return Chosen(kind)
    kinds = ", ".join(texts.plain(KIND_TEXT[kind]) for kind in choice)
    return reply(event, texts.say("type-a-kind", kinds=kinds))


def _typed_reason(desk: Desk, event: Event, text: str) -> Said | Turn:
    """Return a reason with the words that it quotes; emoji and dots alone are none."""
    reason = text if event.quote in (None, text) else f"“{event.quote}” {text}"
    if words(reason):
        return Reasoned(reason)
    button = desk.texts.plain("button-not-sure")
    return reply(event, desk.texts.say("type-a-reason", button=button))


def _typed_words(desk: Desk, event: Event, item: Item, text: str) -> Said | Turn:
    texts = desk.texts
    nothing = texts.plain("button-nothing-loaded")
    if event.quote is None and _one_of(text, texts.plain("words-nothing-loaded")):
        return Marked(())
    target = item.question.passage.target
    placed = place(target, event.quote or text)
    strays = tuple(stray[:LONGEST_STRAY] for stray in placed.strays if words(stray))
    if placed.spans:
        return Marked(placed.spans, strays)
    if not strays:
        return reply(event, texts.say("type-nothing", button=nothing))
    missing = ", ".join(strays)[:LONGEST_STRAY]
    return reply(event, texts.say("type-not-in-passage", words=missing, button=nothing))


def _one_of(text: str, phrases: str) -> bool:
    """Whether a text is one of the phrases between bars."""
    return any(_same_label(text, phrase) for phrase in phrases.split("|"))


def _same_label(text: str, label: str) -> bool:
    return text.casefold().replace("’", "'").rstrip(".!") == label.casefold()

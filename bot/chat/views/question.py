"""A question as one message, and its keyboard."""

from __future__ import annotations

from bot.chat.buttons import Choose, NothingLoaded, NotSure
from bot.chat.says import Keyboard
from bot.chat.views.labels import A_KIND_TEXT, KIND_TEXT
from bot.chat.views.passage import blockquote, source_line
from bot.quiz.labels import Ask, Kind
from bot.quiz.rounds import Item, Round
from bot.quiz.values import Span
from bot.texts import Markup, Texts, joined

PARAGRAPH = "\n\n"


def question(texts: Texts, round_: Round, kinds: tuple[Kind, ...]) -> tuple[Markup, Keyboard]:
    """Return the open question of a round and the buttons that answer it."""
    item, position = round_.current, round_.position
    lesson = texts.say("taught-kind") if item.taught and item.ask is Ask.KIND else Markup()
    html = joined(
        [head(texts, round_, position), lesson, _asked(texts, item), shown(texts, item)], PARAGRAPH
    )
    return html, _keyboard(texts, round_, item.ask, kinds)


def head(texts: Texts, round_: Round, position: int) -> Markup:
    """Return "3 of 8", and whether the passage is invented."""
    invented = round_.items[position].question.invented
    return texts.say(
        "question-head",
        number=position + 1,
        total=len(round_.items),
        invented=texts.say("question-invented") if invented else Markup(),
        seconds=_limit(texts, round_),
    )


def shown(texts: Texts, item: Item, underlined: tuple[Span, ...] = ()) -> Markup:
    """Return the passage with its source line."""
    passage = item.question.passage
    lines = [blockquote(passage, underlined), source_line(texts, item.question.source)]
    return joined(lines, "\n")


def _limit(texts: Texts, round_: Round) -> Markup:
    seconds = round_.options.seconds
    return texts.say("question-seconds", seconds=seconds) if seconds else Markup()


def _asked(texts: Texts, item: Item) -> Markup:
    match item.ask:
        case Ask.KIND:
            return texts.say("ask-kind")
        case Ask.LOADED:
            return texts.say("ask-loaded")
        case Ask.REASON:
            key = item.question.key
            if key is None:
                return texts.say("ask-reason-open")
            return texts.say("ask-reason", kind=texts.say(A_KIND_TEXT[key.kind]))


def _keyboard(texts: Texts, round_: Round, ask: Ask, kinds: tuple[Kind, ...]) -> Keyboard:
    at = round_.id, round_.position
    not_sure = (texts.plain("button-not-sure"), NotSure(*at))
    match ask:
        case Ask.KIND:
            buttons = [(texts.plain(KIND_TEXT[kind]), Choose(*at, kind)) for kind in kinds]
            pairs = [buttons[n : n + 2] for n in range(0, len(buttons), 2)]
            return [*pairs, [not_sure]]
        case Ask.LOADED:
            return [[(texts.plain("button-nothing-loaded"), NothingLoaded(*at)), not_sure]]
        case Ask.REASON:
            return [[not_sure]]

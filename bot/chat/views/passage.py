"""A passage as HTML: the target in bold, loaded words underlined, the source line below."""

from __future__ import annotations

from bot.quiz.values import UNSTATED, Passage, Source, Span
from bot.texts import Markup, Texts, escaped, joined


def blockquote(passage: Passage, underlined: tuple[Span, ...] = ()) -> Markup:
    """Return the passage as a quotation; `underlined` are spans in the target."""
    target = passage.target
    parts, at = [], 0
    for start, end in sorted(underlined):
        parts += [escaped(target[at:start]), f"<u>{escaped(target[start:end])}</u>"]
        at = end
    bold = "".join([*parts, escaped(target[at:])])
    before = escaped(passage.text[: passage.start])
    after = escaped(passage.text[passage.end :])
    return Markup(f"<blockquote>{before}<b>{bold}</b>{after}</blockquote>")


def source_line(texts: Texts, source: Source) -> Markup:
    """Return who published a passage, and what is not stated about it."""
    details = [
        _detail(texts, "source-author-unstated", source.author),
        _detail(texts, "source-publisher-unstated", source.publisher),
        _detail(texts, "source-date-unstated", source.date),
        escaped(source.text_type),
    ]
    # An outlet that is its own author need not be named twice.
    distinct = list(dict.fromkeys(details))
    return texts.say("source-line", title=source.title, details=joined(distinct, " · "))


def _detail(texts: Texts, unstated_key: str, value: str) -> Markup:
    return texts.say(unstated_key, value=value) if value.startswith(UNSTATED) else escaped(value)

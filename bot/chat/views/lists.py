"""Parts in a line, as they stand in a verdict."""

from __future__ import annotations

from bot.texts import Markup, Texts, escaped

LISTED = 12
"""Parts of a list that are written out: more are noise, and Telegram's message has an end."""


def listed(texts: Texts, parts: tuple[str, ...]) -> Markup:
    """Return parts in a line; of very many, as when a whole sentence is marked, the first."""
    first = "; ".join(parts[:LISTED])
    if len(parts) <= LISTED:
        return escaped(first)
    return texts.say("list-more", words=first, count=len(parts) - LISTED)

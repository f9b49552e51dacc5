"""A long list of buttons, page by page."""

from __future__ import annotations

from bot.chat.buttons.lists import Listing, ShowPage
from bot.chat.buttons.press import Press
from bot.chat.says import Keyboard
from bot.texts import Texts

ROWS = 20
"""Rows of a page: what a thumb goes through in two strokes. Telegram takes 100 buttons in all."""


def paged(
    texts: Texts, rows: Keyboard, listing: Listing, page: int = 0, about: int = 0
) -> Keyboard:
    """Return one page of a list with buttons to its neighbours; the last for one beyond it."""
    last = max(0, (len(rows) - 1) // ROWS)
    page = min(page, last)
    turn: list[tuple[str, Press]] = []
    if page > 0:
        turn.append((texts.plain("button-page-back"), ShowPage(listing, page - 1, about)))
    if page < last:
        turn.append((texts.plain("button-page-on"), ShowPage(listing, page + 1, about)))
    return [*rows[page * ROWS : (page + 1) * ROWS], *([turn] if turn else [])]

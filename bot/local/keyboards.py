"""Buttons as a bot asks for them: read from reply_markup, refused as Telegram refuses them.

Limits: callback_data 1-64 bytes of UTF-8 (Bot API, InlineKeyboardButton). 100 buttons to a message
and 8 to a row are not in the documentation but are what the server keeps; a longer row loses
buttons without a word. Losing an answer is worse than failing, so here that is refused.
Only inline keyboards are known: the bot has no other.
"""

from __future__ import annotations

from bot.local.faults import bad_request
from bot.local.links import checked_link
from bot.local.params import Params
from bot.local.values import Button, Rows

MOST_BUTTONS = 100
MOST_IN_ROW = 8
MOST_DATA_BYTES = 64


def read_rows(params: Params) -> Rows:
    """Return the rows of inline buttons of a call; () where it asks for none."""
    if params.values.get("reply_markup") in (None, ""):
        return ()
    markup = params.json("reply_markup", "reply keyboard markup")
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    given = markup["inline_keyboard"]
    if not isinstance(given, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    rows = tuple(_row(row) for row in given)
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return tuple(row for row in rows if row)


def _row(given: object) -> tuple[Button, ...]:
    if not isinstance(given, list):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    return tuple(_button(each) for each in given)


def _button(given: object) -> Button:
    if not isinstance(given, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    for name in ("text", "url", "callback_data"):
        if not isinstance(given.get(name, ""), str):
            raise _unreadable(f'Field "{name}" must be of type String')
    if "text" not in given:
        raise _unreadable('Can\'t find field "text"')
    text = str(given["text"]).strip()
    if not text:
        raise bad_request("inline keyboard button text must be non-empty")
    if "url" in given:
        url = checked_link(given["url"])
        if not url:
            raise bad_request(f"inline keyboard button URL '{given['url']}' is invalid: Wrong URL")
        return Button(text, url=url)
    if "callback_data" not in given:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    data = given["callback_data"]
    if not 1 <= len(data.encode(errors="replace")) <= MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(text, data=data)


def _unreadable(why: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {why}")

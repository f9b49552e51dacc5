"""Buttons are read, and refused, as Telegram does it."""

import json

import pytest

from bot.local.faults import ApiError
from bot.local.telegram import Telegram
from bot.local.values import Account

from .conftest import button, keyboard, send

CANNOT = "can't parse inline keyboard button: "

# The reply_markup, and why it is refused.
REFUSED: list[tuple[object, str]] = [
    ("{", "can't parse reply keyboard markup JSON object"),
    ("null", "object expected as reply markup"),
    ([], "object expected as reply markup"),
    ({}, "inline keyboard expected"),
    ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
    (keyboard(button()), 'field "inline_keyboard" must be an Array of Arrays'),
    (keyboard(["x"]), CANNOT + "InlineKeyboardButton must be an Object"),
    (keyboard([{"callback_data": "d"}]), CANNOT + 'Can\'t find field "text"'),
    (keyboard([button(1)]), CANNOT + 'Field "text" must be of type String'),
    (
        keyboard([{"text": "x"}]),
        CANNOT + "Text buttons are unallowed in the inline keyboard",
    ),
    (keyboard([button(" ")]), "inline keyboard button text must be non-empty"),
    (keyboard([button(callback_data="")]), "BUTTON_DATA_INVALID"),
    (keyboard([button(callback_data="é" * 32 + "x")]), "BUTTON_DATA_INVALID"),
    (
        keyboard([button(url="nowhere")]),
        "inline keyboard button URL 'nowhere' is invalid: Wrong URL",
    ),
    (
        keyboard([button(url="http://[x")]),
        "inline keyboard button URL 'http://[x' is invalid: Wrong URL",
    ),
    (keyboard([button()] * 9), "reply markup is too long"),
    (keyboard(*[[button()] * 4] * 25, [button()]), "reply markup is too long"),
]

# The reply_markup, and how many buttons there are.
ACCEPTED: list[tuple[object, int]] = [
    (keyboard(*[[button()] * 8] * 12, [button()] * 4), 100),
    (keyboard([button(callback_data="é" * 32)]), 1),
    (json.dumps(keyboard([button()], [button(url="example.org")])), 2),
    (keyboard([], []), 0),
    ("", 0),
    (None, 0),
]


@pytest.mark.parametrize(("markup", "why"), REFUSED)
def test_refused(telegram: Telegram, ada: Account, markup: object, why: str) -> None:
    """A keyboard that Telegram would refuse is refused, and nothing is sent."""
    with pytest.raises(ApiError) as caught:
        send(telegram, ada, "x", reply_markup=markup)
    assert (caught.value.code, caught.value.description) == (400, f"Bad Request: {why}")
    assert telegram.chat(ada).sent == ()


@pytest.mark.parametrize(("markup", "count"), ACCEPTED)
def test_accepted(telegram: Telegram, ada: Account, markup: object, count: int) -> None:
    """A keyboard up to the limits is shown."""
    send(telegram, ada, "x", reply_markup=markup)
    assert len(telegram.chat(ada).last.buttons) == count

"""Raw updates in which any field may be absent, of another type, huge or hostile.

The fields are those of python-telegram-bot's own classes: those of a new version come along.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from telegram import CallbackQuery, Chat, Document, Message, TextQuote, User

Raw = dict[str, Any]

SPELLED = {"from_user": "from"}
"""What the library calls otherwise than the Bot API does."""

HOSTILE: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    -(2**70),
    1.5,
    1e308,
    "",
    "\0",
    "\ud800",
    "5",
    "<b>",
    "/start",
    "/start c-' OR 1=1 --",
    "{ $name } %s ${7*7} {{7*7}}",
    "x" * 5_000,
    "e" + "\u0301" * 2_000,
    "\u202e\u2066" * 200,
    [],
    [None],
    [[[[[[[[[]]]]]]]]],
    [{"type": "bold", "offset": -5, "length": 2**40}],
    {},
    {"id": 5},
    {"id": "5", "type": "private"},
    {"message_id": [], "date": {}, "chat": 1},
)
"""Values that do not belong where they are put."""

values = st.sampled_from(HOSTILE) | st.recursive(
    st.none() | st.booleans() | st.integers(-(2**65), 2**65) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


def fields(of: type) -> tuple[str, ...]:
    """Return the names of a class's fields as the Bot API spells them."""
    taken = inspect.signature(of).parameters
    names = [name for name in taken if name not in ("self", "api_kwargs")]
    return tuple(SPELLED.get(name, name) for name in names)


CLASSES: Mapping[str, type] = {
    "": Message,
    "from": User,
    "chat": Chat,
    "document": Document,
    "quote": TextQuote,
    "reply_to_message": Message,
    "message": Message,
}
"""Whose fields stand under a name of an update's content."""


@st.composite
def damaged(draw: st.DrawFn, whole: Raw, top: type, most: int = 4) -> Raw:
    """Return content in which up to so many fields, here or one level down, are what they are not.

    `top` is the class of the content itself.
    """
    found = {name: dict(one) if isinstance(one, dict) else one for name, one in whole.items()}
    for _ in range(draw(st.integers(1, most))):
        inner = [name for name, one in found.items() if isinstance(one, dict)]
        part = draw(st.sampled_from(["", "", *inner]))
        place = found[part] if part else found
        of = CLASSES[part] if part in CLASSES and part else top
        name = draw(st.sampled_from(fields(of)))
        if draw(st.booleans()):
            place[name] = draw(values)
        else:
            place.pop(name, None)
        if part and not isinstance(found.get(part), dict):
            continue
    return found


def message(person: int, text: str = "/help") -> Raw:
    """Return a whole message of a person, with all that the bot looks at."""
    stamp = 1_772_000_000
    chat = {"id": person, "type": "private", "first_name": "Mallory"}
    sender = {"id": person, "is_bot": False, "first_name": "Mallory", "language_code": "en"}
    return {
        "message_id": 700_000,
        "date": stamp,
        "chat": chat,
        "from": sender,
        "text": text,
        "quote": {"text": "rain", "position": 0, "is_manual": True},
        "document": {"file_id": "f", "file_unique_id": "u", "file_name": "a.yaml", "file_size": 9},
        "reply_to_message": {"message_id": 1, "date": stamp, "chat": chat, "text": "asked"},
    }


def press(person: int, data: str = "h") -> Raw:
    """Return a whole press of a person."""
    whole = message(person)
    under = {"message_id": 1, "date": 1, "chat": whole["chat"], "text": "asked"}
    return {
        "id": "77",
        "from": whole["from"],
        "message": under,
        "chat_instance": "1",
        "data": data,
    }


TEXTS = ("/help", "/quiz", "/start", "/join ABCDEFG", "/score", "/claim x", "sourced fact", "\0")
DATA = ("h", "s", "b:", "b:\ud800", "k:1:0:opinion", "f:n", "ls:1", "\ud800", "tr:d.1:0")


def updates(person: int) -> st.SearchStrategy[tuple[str, Raw]]:
    """Return updates of a person, each with its kind: a message, or a press."""
    said = st.sampled_from(TEXTS).flatmap(lambda text: damaged(message(person, text), Message))
    pressed = st.sampled_from(DATA).flatmap(
        lambda data: damaged(press(person, data), CallbackQuery)
    )
    return st.tuples(st.just("message"), said) | st.tuples(st.just("callback_query"), pressed)

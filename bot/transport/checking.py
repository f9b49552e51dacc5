"""Parsed updates checked where they are looked at: the library takes any value for a field.

What an update means does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterator

from telegram import CallbackQuery, Message, Update

LARGEST_ID = 2**63 - 1
"""What SQLite's integers hold; Telegram's ids have 52 bits at most (Bot API, User and Chat)."""

Looked = tuple[str, object, type, bool]
"""A field: its name, its value, its type, and whether it has to be there."""


def checked(update: Update) -> Update:
    """Return an update whose fields, as far as the bot looks at them, are of their types.

    Raises ValueError that names the field, and not what stands in it.
    """
    for name, value, kind, needed in _looked_at(update):
        if value is None and not needed:
            continue
        # True is an int too.
        if type(value) is not kind or (isinstance(value, int) and abs(value) > LARGEST_ID):
            raise ValueError(f"{name} of an update is not what it should be")
    return update


def _looked_at(update: Update) -> Iterator[Looked]:
    chat, user = update.effective_chat, update.effective_user
    if chat is not None:
        yield "chat.id", chat.id, int, True
    if user is not None:
        yield "from.id", user.id, int, True
    if update.message is not None:
        yield from _of_message(update.message)
    if update.callback_query is not None:
        yield from _of_press(update.callback_query)


def _of_message(message: Message) -> Iterator[Looked]:
    yield "message_id", message.message_id, int, True
    yield "text", message.text, str, False
    if message.quote is not None:
        yield "quote.text", message.quote.text, str, False
    if (document := message.document) is not None:
        yield "document.file_id", document.file_id, str, True
        yield "document.file_name", document.file_name, str, False
        yield "document.file_size", document.file_size, int, False


def _of_press(query: CallbackQuery) -> Iterator[Looked]:
    yield "callback_query.id", query.id, str, True
    yield "data", query.data, str, False
    if query.message is not None:
        yield "message.message_id", query.message.message_id, int, True

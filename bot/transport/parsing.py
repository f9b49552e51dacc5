"""Raw updates → the library's objects, without the parts that nobody looks at.

A press brings along the whole message that it was made under, and a reply the whole message that
it answers: our own words, with every entity and button. Parsing them took most of the time of
handling an update, and all that is needed of them is which message it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User

from bot.transport.checking import checked

_WHICH = ("message_id", "date", "chat")


def parse(raw: Mapping[str, Any], bot: Bot) -> Update:
    """Return a raw update as an object; raises whatever the library does for one it cannot read.

    ValueError for one that it reads and that is of no use all the same.
    """
    return checked(_parsed(raw, bot))


def _parsed(raw: Mapping[str, Any], bot: Bot) -> Update:
    query, message = raw.get("callback_query"), raw.get("message")
    if isinstance(query, Mapping) and isinstance(query.get("message"), Mapping):
        return Update(raw["update_id"], callback_query=_press(query, query["message"], bot))
    update = dict(raw)
    if isinstance(message, Mapping) and isinstance(message.get("reply_to_message"), Mapping):
        replied = message["reply_to_message"]
        which = {name: replied[name] for name in _WHICH if name in replied}
        update["message"] = {**message, "reply_to_message": which}
    return Update.de_json(update, bot)


def _press(query: Mapping[str, Any], under: Mapping[str, Any], bot: Bot) -> CallbackQuery:
    """Return a press under a message; of the message, which is ours, its chat and its id."""
    return CallbackQuery(
        id=query["id"],
        from_user=User.de_json(query["from"], bot),
        chat_instance=query["chat_instance"],
        message=InaccessibleMessage(Chat.de_json(under["chat"], bot), under["message_id"]),
        data=query.get("data"),
    )

"""Raw updates → the library's objects, without the parts that nobody looks at.

A press brings along the whole message that it was made under, and a reply the whole message that
it answers: our own words, with every entity and button. Parsing them took most of the time of
handling an update, and all that is needed of them is which message it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update

from bot.transport.checking import checked

_WHICH = ("message_id", "date", "chat")


def parse(raw: Mapping[str, Any], bot: Bot) -> Update:
    """Return a raw update as an object; raises whatever the library does for one it cannot read.

    ValueError for one that it reads and that is of no use all the same.
    """
    update = dict(raw)
    query, message = update.get("callback_query"), update.get("message")
    if isinstance(query, Mapping) and isinstance(query.get("message"), Mapping):
        update["callback_query"] = {**query, "message": _which(query["message"])}
    if isinstance(message, Mapping) and isinstance(message.get("reply_to_message"), Mapping):
        replied = _which(message["reply_to_message"])
        update["message"] = {**message, "reply_to_message": replied}
    return checked(Update.de_json(update, bot))


def _which(message: Mapping[str, Any]) -> dict[str, Any]:
    return {name: message[name] for name in _WHICH if name in message}

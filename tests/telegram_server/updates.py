"""Updates as Telegram words them: what somebody says in a private chat, and presses."""

from __future__ import annotations

from typing import Any

WHEN = 1_770_000_000


def said(update_id: int, text: str, person: int = 77) -> dict[str, Any]:
    """Return the update of a message."""
    message = {
        "message_id": update_id,
        "date": WHEN,
        "chat": _chat(person),
        "from": _user(person),
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": update_id, "message": message}


def pressed(update_id: int, data: str, message_id: int, person: int = 77) -> dict[str, Any]:
    """Return the update of a press under a message of the bot's."""
    under = {"message_id": message_id, "date": WHEN, "chat": _chat(person), "text": "…"}
    query = {
        "id": str(update_id),
        "from": _user(person),
        "chat_instance": str(person),
        "message": under,
        "data": data,
    }
    return {"update_id": update_id, "callback_query": query}


def _chat(person: int) -> dict[str, Any]:
    return {"id": person, "type": "private", "first_name": "Ann"}


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "Ann", "language_code": "en"}

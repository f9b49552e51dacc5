"""What came in, as a frozen value: a Telegram update reduced to what the journeys need."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import Message, Update
from telegram.constants import ChatType

_ADDRESSED = re.compile(r"/\w+(?:@(\w+))?")
LONGEST_FILE_NAME = 80
"""Characters of a file's name that are kept, from its end: errors name the file line by line."""

_COMMAND = re.compile(r"/(\w+)(?:@\w+)?(?:[\s.,;:!?-]+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """A file that came with a message; `size` in bytes, 0 where Telegram does not say."""

    file_id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Event:
    """One update of a private chat, from a learner whose number is known.

    `data` and `callback_id` belong to a pressed button, `message_id` to the message it stood
    under or to the message written. `text` is None for a picture, a sticker and the like.
    """

    update_id: int
    chat_id: int
    telegram_id: int
    learner: int
    now: datetime
    message_id: int | None = None
    text: str | None = None
    quote: str | None = None
    callback_id: str | None = None
    data: str | None = None
    document: Document | None = None

    @property
    def command(self) -> tuple[str, str] | None:
        """The command written and what stands after it."""
        return command_of(self.text or "")


def command_of(text: str) -> tuple[str, str] | None:
    """Return the command that a text is and what stands after it."""
    match = _COMMAND.fullmatch(text)
    return (match[1].lower(), (match[2] or "").strip()) if match else None


def sender_of(update: Update) -> int | None:
    """Return who wrote or pressed; None for updates that no person of a private chat sent."""
    chat, user = update.effective_chat, update.effective_user
    if user is None or user.is_bot or not (update.message or update.callback_query):
        return None
    return user.id if chat is not None and chat.type == ChatType.PRIVATE else None


def addressed(message: Message) -> bool:
    """Whether a message of a group is a command, and not one for another bot."""
    match = _ADDRESSED.match(message.text or "")
    me = message.get_bot().username
    return match is not None and (match[1] or me).lower() == me.lower()


def read(update: Update, learner: int, now: datetime) -> Event:
    """Return an update of a private chat (`sender_of`) as an event."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None:
        raise ValueError("an update without a person and a chat is no event")
    event = Event(update.update_id, chat.id, user.id, learner, now)
    if (query := update.callback_query) is not None:
        return replace(
            event,
            message_id=query.message.message_id if query.message else None,
            callback_id=query.id,
            data=_writable(query.data) or "",
        )
    message = update.message
    if message is None:
        return event
    return replace(
        event,
        message_id=message.message_id,
        text=_writable(message.text),
        quote=_writable(message.quote.text) if message.quote else None,
        document=_document(message),
    )


def _document(message: Message) -> Document | None:
    found = message.document
    if found is None:
        return None
    return Document(
        found.file_id, (_writable(found.file_name) or "")[-LONGEST_FILE_NAME:], found.file_size or 0
    )


def _writable(text: str | None) -> str | None:
    """Return a text that can be stored and sent: half a character pair can be neither."""
    return None if text is None else text.encode(errors="replace").decode()

"""What the stand-in keeps: people, files, buttons and messages, all frozen, and their Bot API JSON.

An edit replaces a message by a new value. What may be done to them is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.local.entities import Entity, Formatted, to_html


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on Telegram: a person or the bot itself."""

    id: int
    name: str
    language: str = ""
    username: str = ""
    is_bot: bool = False

    def json(self) -> dict[str, object]:
        """Return the Bot API's User."""
        user: dict[str, object] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.name,
        }
        if self.username:
            user["username"] = self.username
        if self.language:
            user["language_code"] = self.language
        return user

    def chat_json(self) -> dict[str, object]:
        """Return the private chat with this person."""
        return {"id": self.id, "type": "private", "first_name": self.name}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as the server holds it; `path` is what getFile names and the download asks for."""

    id: str
    name: str
    path: str
    mime: str
    content: bytes

    def json(self) -> dict[str, object]:
        """Return the fields that every kind of file has."""
        return {
            "file_id": self.id,
            "file_unique_id": self.id[::-1],
            "file_size": len(self.content),
        }


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it sends `data` back, or opens `url`."""

    text: str
    data: str = ""
    url: str = ""

    def json(self) -> dict[str, object]:
        """Return the Bot API's InlineKeyboardButton."""
        action = {"url": self.url} if self.url else {"callback_data": self.data}
        return {"text": self.text, **action}


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of another message that a reply points at; position in UTF-16 code units."""

    text: str
    position: int

    def json(self) -> dict[str, object]:
        """Return the Bot API's TextQuote."""
        return {"text": self.text, "position": self.position, "is_manual": True}


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a private chat; `formatted` is the caption where there is a file."""

    id: int
    sender: Account
    chat: Account
    date: datetime
    formatted: Formatted
    rows: Rows = ()
    photo: StoredFile | None = None
    document: StoredFile | None = None
    reply_to: Message | None = None
    quote: Quote | None = None
    edited: datetime | None = None

    @property
    def text(self) -> str:
        """The words, or the caption."""
        return self.formatted.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What is formatted in them."""
        return self.formatted.entities

    @property
    def html(self) -> str:
        """The words as HTML that would produce them."""
        return to_html(self.formatted)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons in reading order."""
        return tuple(button for row in self.rows for button in row)

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return self.sender.is_bot

    def json(self, *, reply: bool = True) -> dict[str, object]:
        """Return the Bot API's Message; a message replied to comes without its own reply."""
        found: dict[str, object] = {
            "message_id": self.id,
            "from": self.sender.json(),
            "chat": self.chat.chat_json(),
            "date": int(self.date.timestamp()),
        }
        if self.edited:
            found["edit_date"] = int(self.edited.timestamp())
        found |= self._content()
        if self.rows:
            rows = [[button.json() for button in row] for row in self.rows]
            found["reply_markup"] = {"inline_keyboard": rows}
        if reply and self.reply_to:
            found["reply_to_message"] = self.reply_to.json(reply=False)
        if reply and self.quote:
            found["quote"] = self.quote.json()
        return found

    def _content(self) -> dict[str, object]:
        found: dict[str, object] = {}
        if self.photo:
            width, height = image_size(self.photo.content) or (0, 0)
            found["photo"] = [{**self.photo.json(), "width": width, "height": height}]
        if self.document:
            naming = {"file_name": self.document.name, "mime_type": self.document.mime}
            found["document"] = {**self.document.json(), **naming}
        words, marks = (
            ("caption", "caption_entities") if self.photo or self.document else ("text", "entities")
        )
        if self.text:
            found[words] = self.text
        if self.entities:
            found[marks] = [entity.json() for entity in self.entities]
        return found


def image_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or JPEG picture; None where it is neither.

    The size of a JPEG is not read: its numbers would need the whole file parsed, and nobody who
    asks needs them. It counts as a square of Telegram's largest side.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    return (1280, 1280) if content.startswith(b"\xff\xd8\xff") else None

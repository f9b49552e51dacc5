"""Everything that the stand-in remembers: accounts, chats, files, presses, commands.

The one mutable thing of this room. It finds and stores; the rules of each method are in `methods`
and `service`, what people do is in `telegram`.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.local.faults import QUERY_TOO_OLD, ApiError, bad_request, blocked
from bot.local.params import Params
from bot.local.updates import Updates
from bot.local.values import Account, Message, StoredFile

# The documentation gives no number; bots are seen refused from about a quarter of a minute on.
QUERY_LIFETIME = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Toast:
    """What answerCallbackQuery showed a person; an alert waits for "OK"."""

    text: str
    alert: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat: what is in it, and whether the bot may write."""

    person: Account
    messages: dict[int, Message] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    opened: bool = False
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A press that has not been answered."""

    chat: Chat
    when: datetime


@dataclass(slots=True)
class World:
    """The server's memory; `clock` gives the time, with a time zone."""

    clock: Callable[[], datetime]
    bot: Account
    updates: Updates
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[object]] = field(default_factory=dict)
    message_ids: count[int] = field(default_factory=lambda: count(1))
    press_ids: count[int] = field(default_factory=lambda: count(4_000_000_001))

    def chat(self, params: Params) -> Chat:
        """Find the chat that a call names; one where nobody ever wrote is not known to the bot."""
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(params.integer("chat_id") or 0)
        if chat is None or not chat.opened:
            raise bad_request("chat not found")
        return chat

    def writable(self, params: Params) -> Chat:
        """Find a chat to write to."""
        chat = self.chat(params)
        if chat.blocked:
            raise blocked()
        return chat

    def message(self, chat: Chat, params: Params, missing: str) -> Message:
        """Find the message that a call names; `missing` is the refusal where there is none."""
        number = params.integer("message_id") or 0
        if number <= 0:
            raise bad_request("message identifier is not specified")
        found = chat.messages.get(number)
        if found is None:
            raise bad_request(missing)
        return found

    def keep(self, folder: str, name: str, content: bytes) -> StoredFile:
        """Store a file under a new identifier."""
        number = len(self.files)
        ending = name.rpartition(".")[2]
        suffix = f".{ending}" if "." in name and ending.isalnum() else ""
        stored = StoredFile(
            id=f"local-{folder}-{number}",
            name=name,
            path=f"{folder}/file_{number}{suffix}",
            mime=mimetypes.guess_type(name)[0] or "application/octet-stream",
            content=content,
        )
        self.files[stored.id] = stored
        return stored

    def answer(self, press_id: str) -> Chat:
        """Take a press that may still be answered; the next answer finds it gone."""
        press = self.presses.pop(press_id, None)
        if press is None or self.clock() - press.when > QUERY_LIFETIME:
            raise bad_request(QUERY_TOO_OLD)
        return press.chat

    def download(self, path: str) -> bytes:
        """Return the content behind a path that getFile named."""
        for stored in self.files.values():
            if stored.path == path:
                return stored.content
        raise ApiError(404, "Not Found")

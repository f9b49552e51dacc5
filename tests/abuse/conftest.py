"""What the dialogues have too: plain logs, a chat, a class."""

from tests.chat.conftest import _plain_logs, chat, room

__all__ = ["_plain_logs", "chat", "room"]

"""Lines to stand in, one for each chat; what is done there does not belong here."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Lines:
    """Gives each chat a line. It lives as long as somebody stands in it: quiet chats take none."""

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._lines)

    def of(self, chat_id: int) -> asyncio.Lock:
        """Return the line of a chat, which serves who came first."""
        return self._lines.setdefault(chat_id, asyncio.Lock())

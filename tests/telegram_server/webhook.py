"""The side of a Bot API that calls: updates are brought to a webhook until they are taken.

As Telegram does it: the secret in a header, of one chat one update at a time, any status but a
2xx one repeated, and what went wrong told by getWebhookInfo.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from tests.telegram_server.changes import Changes
from tests.telegram_server.queue import Queue, RawUpdate, chat_of
from tests.telegram_server.wire import Params, ok, refused

PAUSE = 0.02
"""Seconds before a refused update is brought again; Telegram takes longer ones."""

MOST_CONNECTIONS = 40
"""Requests at once where a bot names no number (setWebhook in the Bot API)."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


class Push:
    """Brings the updates of a queue while a webhook is set; `statuses` are the answers so far.

    `proxied` is the plain address behind the TLS proxy that is not here.
    """

    def __init__(self, queue: Queue, changes: Changes) -> None:
        self._queue = queue
        self._changes = changes
        self._set: Params = {}
        self._failures = 0
        self._failure = ""
        self._bringing: asyncio.Task[None] | None = None
        self._under_way: dict[object, asyncio.Task[None]] = {}
        self.statuses: list[tuple[int, int]] = []
        self.proxied = ""

    @property
    def url(self) -> str:
        """The webhook's address, empty where none is set."""
        return str(self._set.get("url", ""))

    @property
    def secret(self) -> str:
        """What comes in the header."""
        return str(self._set.get("secret_token", ""))

    async def end(self) -> None:
        """Bring nothing more."""
        tasks = [*self._under_way.values()]
        if self._bringing is not None:
            tasks.append(self._bringing)
            self._bringing = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._under_way.clear()

    async def answer(self, method: str, params: Params) -> web.Response:
        """Answer one of the three methods about webhooks."""
        method = method.lower()
        if method == "getwebhookinfo":
            return ok(self._info())
        url = str(params.get("url", "")) if method == "setwebhook" else ""
        if url and not url.startswith("https://"):
            return refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
        if not _SECRET.fullmatch(str(params.get("secret_token", ""))):
            words = "secret token contains unallowed characters"
            return refused(400, f"Bad Request: {words}")
        await self.end()
        if str(params.get("drop_pending_updates")).lower() in {"true", "1"}:
            self._queue.forget()
        if url and isinstance(allowed := params.get("allowed_updates"), list):
            self._queue.allow([str(kind) for kind in allowed])
        self._set = params if url else {}
        if url:
            self._bringing = asyncio.create_task(self._bring())
        self._changes.tell()
        return ok(result=True)

    def fail(self, words: str) -> None:
        """Note that an update could not be brought; each time is another date."""
        self._failures += 1
        self._failure = words

    def _info(self) -> dict[str, Any]:
        info = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
        }
        if self._failure:
            info |= {"last_error_date": self._failures, "last_error_message": self._failure}
        return info

    async def _bring(self) -> None:
        address = self.proxied + (urlsplit(self.url).path or "/")
        most = int(self._set.get("max_connections", MOST_CONNECTIONS))
        async with aiohttp.ClientSession() as session:
            while True:
                await self._changes.until(lambda: bool(self._due(most)))
                for line, updates in self._due(most).items():
                    bringing = self._post(session, address, line, self._queue.first(updates))
                    self._under_way[line] = asyncio.create_task(bringing)

    def _due(self, most: int) -> dict[object, list[RawUpdate]]:
        """Return whose updates can be brought now: of a chat one at a time, so many in all."""
        lines: dict[object, list[RawUpdate]] = defaultdict(list)
        for update in self._queue.waiting:
            if (line := _line(update)) not in self._under_way:
                lines[line].append(update)
        room = most - len(self._under_way)
        return dict([*lines.items()][:room])

    async def _post(
        self, session: aiohttp.ClientSession, address: str, line: object, update: RawUpdate
    ) -> None:
        """Bring an update once; another try comes after a pause."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret}
        try:
            async with session.post(address, json=update, headers=headers) as response:
                self.statuses.append((update["update_id"], response.status))
                if response.status // 100 == 2:
                    self._queue.taken(update)
                    return
                reason = f"{response.status} {response.reason}"
                self.fail(f"Wrong response from the webhook: {reason}")
            self._changes.tell()
            await asyncio.sleep(PAUSE)
        except aiohttp.ClientError:
            self.fail("Connection refused")
            await asyncio.sleep(PAUSE)
        finally:
            self._under_way.pop(line, None)
            self._changes.tell()


def _line(update: RawUpdate) -> object:
    """Return what an update waits in line with: its chat, or itself."""
    chat = chat_of(update)
    return (update["update_id"],) if chat is None else chat

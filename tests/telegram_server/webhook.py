"""The side of a Bot API that calls: updates are brought to a webhook until they are taken.

As Telegram does it: the secret in a header, of one chat one update at a time, any status but a
2xx one repeated, and what went wrong told by getWebhookInfo.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from tests.telegram_server.wire import Params, ok, refused

PAUSE = 0.02
"""Seconds before a refused update is brought again; Telegram takes longer ones."""


class Holder(Protocol):
    """Who holds the updates."""

    updates: list[dict[str, Any]]
    proxied: str


class Push:
    """Brings the updates of a server while a webhook is set; `statuses` are the answers so far."""

    def __init__(self, holder: Holder, changed: asyncio.Condition) -> None:
        self._holder = holder
        self._changed = changed
        self._set: Params = {}
        self._failures = 0
        self._failure = ""
        self._bringing: asyncio.Task[None] | None = None
        self.statuses: list[tuple[int, int]] = []

    @property
    def url(self) -> str:
        """The webhook's address, empty where none is set."""
        return str(self._set.get("url", ""))

    @property
    def secret(self) -> str:
        """What comes in the header."""
        return str(self._set["secret_token"])

    async def end(self) -> None:
        """Bring nothing more."""
        if self._bringing is not None:
            self._bringing.cancel()
            await asyncio.gather(self._bringing, return_exceptions=True)
            self._bringing = None

    async def answer(self, method: str, params: Params) -> web.Response:
        """Answer one of the three methods about webhooks."""
        if method == "getWebhookInfo":
            return ok(self._info())
        if method == "setWebhook" and not params["url"].startswith("https://"):
            return refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
        await self.end()
        self._set = params if method == "setWebhook" else {}
        if self.url:
            self._bringing = asyncio.create_task(self._bring())
        return ok(result=True)

    def fail(self, words: str) -> None:
        """Note that an update could not be brought; each time is another date."""
        self._failures += 1
        self._failure = words

    def _info(self) -> dict[str, Any]:
        info = {"url": self.url, "pending_update_count": len(self._holder.updates)}
        if self._failure:
            info |= {"last_error_date": self._failures, "last_error_message": self._failure}
        return info

    async def _bring(self) -> None:
        path = urlsplit(self.url).path or "/"
        async with aiohttp.ClientSession() as session:
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: bool(self._holder.updates))
                firsts = {_chat(update): update for update in reversed(self._holder.updates)}
                taken = await asyncio.gather(
                    *(
                        self._post(session, self._holder.proxied + path, update)
                        for update in firsts.values()
                    )
                )
                async with self._changed:
                    self._changed.notify_all()
                if not all(taken):
                    await asyncio.sleep(PAUSE)

    async def _post(
        self, session: aiohttp.ClientSession, address: str, update: dict[str, Any]
    ) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret}
        try:
            async with session.post(address, json=update, headers=headers) as response:
                self.statuses.append((update["update_id"], response.status))
                if not response.ok:
                    reason = f"{response.status} {response.reason}"
                    self.fail(f"Wrong response from the webhook: {reason}")
                    return False
        except aiohttp.ClientError:
            self.fail("Connection refused")
            return False
        self._holder.updates = [u for u in self._holder.updates if u is not update]
        return True


def _chat(update: dict[str, Any]) -> object:
    """Return what an update waits in line with: its chat, or itself."""
    press = update.get("callback_query", update)
    message = press.get("message") or {}
    return message.get("chat", {}).get("id") or (update["update_id"],)

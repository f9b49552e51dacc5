"""One question to Telegram outside of a running bot, for the self-check: no retry, no library."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from aiohttp import ClientError, ClientSession, ClientTimeout

TIMEOUT = 10.0
"""Seconds that a person waits for the self-check to hear from Telegram."""


class Heard(NamedTuple):
    """An answer: HTTP status (0 when none came), the result, why there is none, and its moment."""

    status: int
    result: Mapping[str, Any]
    description: str
    date: datetime | None


async def ask(api_url: str, token: str, methods: tuple[str, ...]) -> list[Heard]:
    """Call methods without parameters, side by side; nothing that is returned holds the token."""
    async with ClientSession(timeout=ClientTimeout(total=TIMEOUT)) as session:
        return list(
            await asyncio.gather(
                *(_ask(session, f"{api_url}{token}/{method}") for method in methods)
            )
        )


async def _ask(session: ClientSession, url: str) -> Heard:
    try:
        async with session.get(url, allow_redirects=False) as response:
            payload = await response.read()
            date = _date(response.headers.get("Date", ""))
            status = response.status
    except (ClientError, TimeoutError, OSError, ValueError) as error:
        return Heard(0, {}, type(error).__name__, None)
    try:
        body = json.loads(payload)
    except ValueError:
        return Heard(0, {}, f"no answer of Telegram's, but HTTP {status}", date)
    result = body.get("result") if isinstance(body, Mapping) else None
    if status == 200 and not isinstance(result, Mapping):
        return Heard(0, {}, "an answer that is not Telegram's", date)
    return Heard(status, result if isinstance(result, Mapping) else {}, f"HTTP {status}", date)


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None

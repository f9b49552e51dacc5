"""How files come down the line: as they are, or otherwise than they were said to be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import StrEnum

from aiohttp import web

HUNDRED_MEGABYTES = 100_000_000
_PIECE = b"# a comment that is well-formed in any quiz set\n" * 1_000
_BREATH = 0.05
"""Seconds between two bytes of what never ends."""


class FileHarm(StrEnum):
    """What is wrong with a file that comes."""

    LARGER = "a hundred megabytes come, whatever was said"
    ENDLESS = "a byte comes now and then, and there is no end"
    CUT = "the line ends before what the headers promise"
    SHORT = "less comes than was said, and ends well"
    MISSING = "it is not there any more"


class Downloads:
    """Serves files; `sent` counts the bytes that were given to the line, `tell` hears of them."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._harms: list[FileHarm] = []
        self.sent = 0

    def harm(self, *harms: FileHarm) -> None:
        """Have harms befall the next downloads, one each."""
        self._harms += harms

    async def serve(self, request: web.BaseRequest, content: bytes) -> web.StreamResponse:
        """Answer a download."""
        harm = self._harms.pop(0) if self._harms else None
        match harm:
            case None:
                return web.Response(body=content)
            case FileHarm.MISSING:
                return web.Response(status=404)
            case FileHarm.SHORT:
                return web.Response(body=content[: len(content) // 2])
        answer = web.StreamResponse()
        if harm is FileHarm.CUT:
            answer.content_length = len(content)
        await answer.prepare(request)
        if harm is FileHarm.CUT:
            await answer.write(content[: len(content) // 2])
        else:
            await self._pour(answer, endless=harm is FileHarm.ENDLESS)
        if request.transport is not None:
            request.transport.close()
        return answer

    async def _pour(self, answer: web.StreamResponse, *, endless: bool) -> None:
        """Send until there is enough, or nobody listens any more."""
        try:
            while endless or self.sent < HUNDRED_MEGABYTES:
                piece = b"#" if endless else _PIECE
                await answer.write(piece)
                self.sent += len(piece)
                self._tell()
                await asyncio.sleep(_BREATH if endless else 0)
        except ConnectionError:
            return

"""The small server that Prometheus asks: one page, `/metrics`, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable

from aiohttp import web

from bot.errors import SettingsError
from bot.operate.metrics import CONTENT_TYPE

_GRACE = 1.0
"""Seconds that a scrape under way has when the bot ends."""


class Scrape:
    """Serves what `text` returns, from `open` to `close`."""

    def __init__(self, host: str, port: int, text: Callable[[], bytes]) -> None:
        """Keep where to listen; nothing is served before `open`."""
        self._host = host
        self._port = port
        self._text = text
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Begin to listen, where that was not begun; SettingsError where it cannot be."""
        if self._runner is not None:
            return
        application = web.Application()
        application.router.add_get("/metrics", self._answer)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=_GRACE)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            # The event loop says the address again; the system's own words are enough.
            why = os.strerror(error.errno) if error.errno and error.errno > 0 else error
            where = f"{self._host}:{self._port}"
            raise SettingsError(f"WHOSAYS_METRICS_PORT: cannot listen on {where}: {why}") from error
        self._runner = runner

    async def close(self) -> None:
        """Listen no longer."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _answer(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._text(), headers={"Content-Type": CONTENT_TYPE})

"""Serving the snapshot to a browser, and keeping it fresh meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

from bot.errors import ReviewError
from bot.operate.review.guard import LOOPBACK, App, Guard
from bot.operate.review.site import HOME, site
from bot.operate.review.snapshot import Built

FRESH_S = 300.0
"""Seconds between two looks for new answers: each reads all rows that may have changed."""

Refresh = Callable[[], Built]
Say = Callable[[str], None]


def check(host: str, password: str) -> None:
    """Raise ReviewError for an address that others reach while there is no password."""
    if host not in LOOPBACK and not password:
        raise ReviewError(
            f"{host} can be reached from elsewhere: set WHOSAYS_REVIEW_PASSWORD or give --password,"
            " and put a proxy with TLS in front"
        )


def application(snapshot: Path, password: str, *, with_text: bool, answers: int) -> App:
    """Return the guarded site; ReviewError where Datasette is not installed."""
    return Guard(site(snapshot, with_text=with_text, answers=answers).app(), password)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; ReviewError where it cannot. Port 0 takes a free one."""
    try:
        return socket.create_server((host, port), family=_family(host))
    except OSError as error:
        raise ReviewError(
            f"cannot listen on {host}, port {port}: {error.strerror or error}; --port takes another"
        ) from error


def address(listening: socket.socket) -> str:
    """Return the address of the page to begin at."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{HOME}"


def serve(app: App, listening: socket.socket, refresh: Refresh, say: Say) -> None:
    """Serve until interrupted; `say` is told of snapshots that could not be brought up to date."""
    import uvicorn  # noqa: PLC0415 - comes with Datasette, which not everybody installs

    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))

    async def both() -> None:
        fresh = asyncio.create_task(keep_fresh(refresh, say, FRESH_S))
        try:
            await server.serve(sockets=[listening])
        finally:
            fresh.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await fresh

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(both())


async def keep_fresh(refresh: Refresh, say: Say, every: float) -> None:
    """Bring the snapshot up to date again and again; one that fails is told of and tried again."""
    while True:
        await asyncio.sleep(every)
        try:
            await asyncio.to_thread(refresh)
        except ReviewError as error:
            say(str(error))


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET

"""`whosays run` as a process of its own, started and ended as an operator does."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.app.processes import PATIENCE, WHOSAYS, environment
from tests.telegram_server.server import TOKEN

SECRET = TOKEN.partition(":")[2]


@dataclass
class Ended:
    """How a process ended."""

    status: int
    words: str


@dataclass
class Serving:
    """A running `whosays run`."""

    process: asyncio.subprocess.Process

    async def end(self) -> Ended:
        """Ask it to end as an operator does, and return how it ended."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> Ended:
        """Wait for its end."""
        async with asyncio.timeout(PATIENCE):
            out, err = await self.process.communicate()
        assert self.process.returncode is not None
        return Ended(self.process.returncode, (out + err).decode())


@asynccontextmanager
async def running(
    data: Path, *, through: Sequence[str] = (), **settings: str
) -> AsyncIterator[Serving]:
    """Run the bot for the length of a block, where wanted through another program."""
    process = await asyncio.create_subprocess_exec(
        *through,
        WHOSAYS,
        "run",
        env=environment(data, TOKEN=TOKEN, **settings),
        cwd=data.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Serving(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def files_with(folder: Path, secret: str) -> list[str]:
    """Return the files below a folder that hold a secret."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return [file.name for file in files if secret.encode() in file.read_bytes()]

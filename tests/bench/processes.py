"""Processes of the bench: started with their words kept, ended for certain, their memory read."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
WHOSAYS = str(Path(sys.executable).with_name("whosays"))
PATIENCE = 10.0


class BenchError(Exception):
    """The bench cannot go on; the text says why, with the last words of the process."""


class Running:
    """A process that was started."""

    def __init__(self, process: asyncio.subprocess.Process, words: IO[bytes]) -> None:
        self.process = process
        self._words = words

    def check(self) -> None:
        """Raise BenchError when the process has ended by itself."""
        if self.process.returncode is not None:
            raise BenchError(f"ended with {self.process.returncode}: {self.last_words()}")

    def last_words(self) -> str:
        """Return the end of what the process wrote to its standard error."""
        self._words.seek(0)
        return self._words.read()[-2000:].decode(errors="replace")

    def peak_memory(self) -> float | None:
        """Return the most resident memory so far in MB (10⁶ bytes), None where /proc is missing."""
        return self._memory("VmHWM")

    def memory(self) -> float | None:
        """Return the resident memory now in MB (10⁶ bytes), None where /proc is missing."""
        return self._memory("VmRSS")

    def lines(self) -> list[str]:
        """Return all that the process wrote to its standard error."""
        self._words.seek(0)
        return self._words.read().decode(errors="replace").splitlines()

    def _memory(self, what: str) -> float | None:
        status = Path(f"/proc/{self.process.pid}/status")
        found = re.search(rf"{what}:\s+(\d+) kB", status.read_text()) if status.exists() else None
        return int(found[1]) * 1024 / 1e6 if found else None

    def cpu_seconds(self) -> float | None:
        """Return the processor time used so far, None where /proc is missing."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return None
        # The name in parentheses may hold spaces; user and system time are the 12th and 13th after.
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def end(self) -> None:
        """Ask the process to end; make it end when it does not."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.process.wait(), PATIENCE)
            except TimeoutError:
                self.process.kill()
                await self.process.wait()


@asynccontextmanager
async def running(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> AsyncIterator[Running]:
    """Run a command for the length of a block, its standard input and output as pipes."""
    with tempfile.TemporaryFile() as words:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=words,
        )
        found = Running(process, words)
        try:
            yield found
        finally:
            await found.end()

"""Lines of an input stream, read while the event loop goes on running.

A terminal or a pipe is watched by the event loop itself: a thread that sits in `readline` could not
be stopped when the program ends. Files and in-memory streams never wait long; a thread reads them.
"""

from __future__ import annotations

import asyncio
import codecs
import os
from types import TracebackType
from typing import Self, TextIO


class Lines:
    """The lines of a stream, as an asynchronous context."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._partial = ""
        self._watched: int | None = None
        self._pump: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            number = self._stream.fileno()
            asyncio.get_running_loop().add_reader(number, self._readable, number)
        except (OSError, ValueError, NotImplementedError):
            self._pump = asyncio.create_task(self._read_all())
        else:
            self._watched = number
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._unwatch()
        if self._pump is not None:
            self._pump.cancel()

    async def next(self) -> str | None:
        """Return the next line without its end; None once the input has ended."""
        line = await self._queue.get()
        if line is None:
            self.end()
        return line

    def end(self) -> None:
        """End the input now, after the lines that were read already."""
        self._queue.put_nowait(None)

    def _readable(self, number: int) -> None:
        data = os.read(number, 65536)
        *whole, self._partial = (self._partial + self._decoder.decode(data)).split("\n")
        for line in whole:
            self._queue.put_nowait(line.removesuffix("\r"))
        if not data:
            self._unwatch()
            if self._partial:
                self._queue.put_nowait(self._partial)
            self.end()

    async def _read_all(self) -> None:
        while line := await asyncio.to_thread(self._stream.readline):
            self._queue.put_nowait(line.rstrip("\r\n"))
        self.end()

    def _unwatch(self) -> None:
        if self._watched is not None:
            asyncio.get_running_loop().remove_reader(self._watched)
            self._watched = None

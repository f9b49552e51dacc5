"""Lines are read from whatever the input is, without stopping the event loop."""

import asyncio
import io
import os
from pathlib import Path
from typing import TextIO

import pytest

from bot.local.lines import Lines

# What is written, and the lines that are read.
WRITTEN = [
    ("a\nb\n", ["a", "b"]),
    ("a\r\n\r\nb", ["a", "", "b"]),
    ("“é” 😀", ["“é” 😀"]),
    ("", []),
]


async def read_all(stream: TextIO) -> list[str]:
    """Read to the end, and once more beyond it."""
    found = []
    async with Lines(stream) as lines:
        while (text := await lines.next()) is not None:
            found.append(text)
        assert await lines.next() is None
    return found


@pytest.mark.parametrize(("written", "found"), WRITTEN)
async def test_every_kind_of_stream(written: str, found: list[str], tmp_path: Path) -> None:
    """A pipe, a file and a stream in memory give the same lines."""
    file = tmp_path / "input"
    file.write_bytes(written.encode())
    reading, writing = os.pipe()
    os.write(writing, written.encode())
    os.close(writing)
    with os.fdopen(reading) as pipe, file.open(encoding="utf-8") as opened:
        assert await read_all(pipe) == found
        assert await read_all(opened) == found
    assert await read_all(io.StringIO(written)) == found


async def test_waiting_stops_nobody() -> None:
    """While nothing is typed the loop goes on, and the wait can be ended from outside."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as pipe:
        async with Lines(pipe) as lines:
            waiting = asyncio.create_task(lines.next())
            await asyncio.sleep(0.01)
            assert not waiting.done()
            os.write(writing, b"half a ")
            await asyncio.sleep(0.01)
            assert not waiting.done()
            os.write(writing, b"line\n")
            assert await waiting == "half a line"
            lines.end()
            assert await lines.next() is None
    os.close(writing)

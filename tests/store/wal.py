"""SQLite's write-ahead log as bytes: its frames, and where commits end.

Format: https://sqlite.org/fileformat2.html#walformat. A header of 32 bytes (magic, version, page
size, checkpoint number, two salts, two checksums), then frames of 24 bytes (page number, size of
the database in pages after a commit or 0, the salts again, two checksums) and a page.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

HEADER, FRAME = 32, 24


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: where it begins and ends, the page in it, and whether it ends a commit."""

    start: int
    end: int
    page: int
    commits: bool


def page_size(log: bytes) -> int:
    """Return the bytes of a page, from the header of a log."""
    return int(struct.unpack_from(">I", log, 8)[0])


def frames(log: bytes) -> list[Frame]:
    """Return the frames of a log that was begun last: those with the salts of its header."""
    salts, page = log[16:24], page_size(log)
    found: list[Frame] = []
    start = HEADER
    while start + FRAME + page <= len(log):
        number, commits = struct.unpack_from(">II", log, start)
        if log[start + 8 : start + 16] != salts:
            break
        end = start + FRAME + page
        found.append(Frame(start, end, number, bool(commits)))
        start = end
    return found


def commits(log: bytes) -> list[int]:
    """Return where each commit of a log ends."""
    return [frame.end for frame in frames(log) if frame.commits]

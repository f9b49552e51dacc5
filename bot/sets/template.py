"""The small CSV set that authors start from; what is in it stands in `template.csv`."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("template.csv")


def template() -> bytes:
    """Return the file: UTF-8 with the mark that spreadsheets look for."""
    return FILE.read_bytes()

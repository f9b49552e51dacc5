"""Figures of a long test, for whoever puts them together: printed, and a JSON line in a file."""

from __future__ import annotations

import json
import os
from pathlib import Path


def report(name: str, **figures: object) -> None:
    """Print figures, and append them as a JSON line to the file named in FIGURES, when set."""
    line = json.dumps({"name": name, **figures})
    if path := os.environ.get("FIGURES"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    print(line)  # noqa: T201 (the report)

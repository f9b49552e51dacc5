"""Figures of long tests: printed, and added to the file that `FIGURES` names."""

from __future__ import annotations

import json
import os
from pathlib import Path


def report(name: str, **figures: object) -> None:
    """Print figures and, where `FIGURES` is set, add them to its file as a line of JSON."""
    line = json.dumps({"name": name, **figures})
    print(line)  # noqa: T201 - what a long test is run for
    if path := os.environ.get("FIGURES"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
